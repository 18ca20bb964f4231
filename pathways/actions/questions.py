"""Asking an organiser about a page, answering, and showing both to everybody."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions import people_to_tell
from organisers.models import Membership, Organiser
from pathways.actions.enrolments import check_open, lock
from pathways.models import PageRole, Question
from pathways.permissions import may_delete_question
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.audit.models import AuditEvent
from portal.notifications.actions import notify, take_back_news
from portal.workflow import StepRefused, take

REST = timedelta(hours=23)  # between two mails about questions to one organiser
TOLD = "pathways.tell_of_questions"


@transaction.atomic
def ask_question(page, *, by: Person, text: str) -> Question:
    """Ask the organiser of a published page something; it is told once a day."""
    check_open(page, by=by)
    lock(by)
    if Question.objects.by(by).at(page.organiser).open().count() >= Question.OPEN_AT_ONCE:
        raise StepRefused(
            [_("Five of your questions wait for an answer of this organiser. Wait for one, or delete one.")]
        )
    question = Question.objects.create(
        organiser=page.organiser,
        page_key=page.translation_key,
        title=page.title,
        language=page.language,
        person=by,
        text=text,
    )
    record("pathways.ask", about=question, by=by)
    return question


def held(question: Question) -> Question:
    """Return a question as it is now, locked; refuse what its asker deleted a moment ago."""
    if (found := Question.objects.select_for_update(no_key=True).filter(pk=question.pk).first()) is None:
        raise StepRefused([_("This question was deleted in the meantime.")])
    return found


@transaction.atomic
def delete_question(question: Question, *, by: Person) -> None:
    """Delete one's own question as long as nobody answered it."""
    question = held(question)
    if not may_delete_question(question, by):
        raise PermissionDenied
    if not question.is_open:
        raise StepRefused([_("This question was answered in the meantime, so it stays.")])
    record("pathways.delete_question", about=question, by=by)
    take_back_news(question)
    question.delete()


@transaction.atomic
def answer_question(question: Question, *, by: Person, answer: str, seen: int | None = None) -> Question:
    """Answer who asked, and tell them."""
    question = take(held(question).give_answer, by=by, seen=seen, person=by, words=answer)
    take_back_news(question, events=["pathways/asked"])
    facts = {"title": question.title, "link": question.get_absolute_url()}
    notify([question.person], "pathways/answered", about=question, facts=facts)
    return question


def publish_question(question: Question, *, by: Person, text: str, answer: str, seen: int | None = None) -> Question:
    """Show a question and its answer on the page in these words, without who asked."""
    return take(question.publish, by=by, seen=seen, question=text, answer=answer)


@transaction.atomic
def take_question_off(question: Question, *, by: Person) -> Question:
    """Take a question off the page; where its asker was erased, nothing is left to keep."""
    question = take(question.take_off, by=by)
    if question.person_id is None:
        question.delete()
    return question


@transaction.atomic
def tell_of_questions(organiser: Organiser) -> None:
    """Tell those who may answer how many questions are open, once a day and only if there is a new one."""
    organiser = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    questions = Question.objects.at(organiser)
    untold = questions.untold().first()
    lately = AuditEvent.objects.about(organiser).filter(verb=TOLD, at__gt=clock.now() - REST)
    if untold is None or lately.exists():
        return
    told = people_to_tell(organiser, Membership.Role.AUTHOR, Membership.Role.REVIEWER)
    tell(told, organiser, questions, untold)
    for author in PageRole.objects.people_at(organiser, PageRole.Role.AUTHOR).exclude(pk__in=told.values("pk")):
        own = questions.lent_to(author)
        if new := own.untold().first():
            tell([author], organiser, own, new)
    questions.untold().update(is_told=True)
    record(TOLD, about=organiser, by=None, facts={"number": questions.open().count()})


def tell(people, organiser: Organiser, questions, untold: Question) -> None:
    """Tell people how many of the questions that they may answer are open."""
    facts = {"organiser": organiser.name, "number": questions.open().count(), "link": untold.news_url("pathways/asked")}
    notify(people, "pathways/asked", about=untold, facts=facts)
