"""Asking the applicant: questions are gathered among the team, and sent in one message, twice at most."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workdays import working_days_after
from portal.workflow import StepRefused, take, unmet
from quality_label.actions.application import refuse_unless_operating
from quality_label.actions.days import deadline, stop_days
from quality_label.actions.limits import refuse_overlong
from quality_label.models import Application, ApplicationPause, Assignment, Clarification, ClarificationQuestion
from quality_label.permissions import is_free, may_lead, may_write_review
from quality_label.workflow.application import ANSWER_DAYS

GATHERING_DAYS = 3  # working days in which the assessors add theirs
SHORTEST_QUESTION = 20  # characters
MOST_QUESTIONS = 30  # in a round: the applicant answers all of them in 14 days


@transaction.atomic
def gather_questions(application: Application, *, by) -> Clarification:
    """Ask the assessors for their questions; they have three working days."""
    application = _locked(application)
    if not may_lead(application, by):
        raise PermissionDenied
    if reasons := unmet(application.ask):
        raise StepRefused(reasons)
    if gathered(application):
        raise StepRefused([_("Questions are being gathered already.")])
    round_ = Clarification.objects.create(application=application, round=application.rounds_asked() + 1)
    reviews = application.assignments.reviews().select_related("person")
    reviews.update(has_no_more_questions=False)
    record("quality_label.gather_questions", about=application, by=by)
    for place in reviews:
        if is_free(application, place.person):
            notify([place.person], "quality_label/questions_gathered", about=place)
    return round_


def gathered(application: Application) -> Clarification | None:
    """Return the round whose questions are being gathered."""
    return application.clarifications.being_gathered().first()


def gathering_ends_on(round_: Clarification):
    """Return the last day on which the assessors are waited for."""
    return working_days_after(round_.gathered_from, GATHERING_DAYS)


@transaction.atomic
def add_question(application: Application, *, code: str, words: str, evidence=None, by) -> ClarificationQuestion:
    """Add a question on a criterion, and on a piece of evidence where it is about one."""
    application = _locked(application)
    round_ = _asked_to_gather(application, by=by)
    if code not in application.rules.criteria:
        raise StepRefused([_("Name the criterion that the question is about.")])
    if len(words.strip()) < SHORTEST_QUESTION:
        raise StepRefused([_("Write the question out: at least 20 characters.")])
    refuse_overlong(ClarificationQuestion, words=words)
    if round_.questions.count() >= MOST_QUESTIONS:
        raise StepRefused([_("A round holds %(count)d questions at most.") % {"count": MOST_QUESTIONS}])
    return round_.questions.create(code=code, words=words.strip(), evidence=evidence, proposed_by=by)


@transaction.atomic
def word_question(question: ClarificationQuestion, *, words: str, by, seen: int) -> None:
    """Let the lead put a question into neutral words; without words it is taken out."""
    application = _locked(question.clarification.application)
    if not may_lead(application, by):
        raise PermissionDenied
    _asked_to_gather(application, by=by)
    if words.strip() and len(words.strip()) < SHORTEST_QUESTION:
        raise StepRefused([_("Write the question out: at least 20 characters.")])
    refuse_overlong(ClarificationQuestion, words=words)
    same = ClarificationQuestion.objects.filter(pk=question.pk, version=seen)
    done = same.update(words=words.strip(), version=seen + 1) if words.strip() else same.delete()[0]
    if not done:
        raise StepRefused([_("Somebody changed this question in the meantime. Look at it again.")])


@transaction.atomic
def have_no_more_questions(assignment: Assignment, *, by) -> None:
    """Say that there is nothing, or nothing more, to ask."""
    application = _locked(assignment.application)
    if not may_write_review(assignment, by):
        raise PermissionDenied
    _asked_to_gather(application, by=by)
    Assignment.objects.filter(pk=assignment.pk).update(has_no_more_questions=True)


def _locked(application) -> Application:
    return Application.objects.locked().with_words().get(pk=application.pk)


def _asked_to_gather(application, *, by) -> Clarification:
    if not application.assignments.taken().filter(person=by).exists():
        raise PermissionDenied
    round_ = gathered(application)
    if round_ is None:
        raise StepRefused([_("No questions are being gathered now.")])
    refuse_unless_operating(application)
    return round_


def reasons_against_sending(application: Application) -> list:
    """Return why the questions cannot be sent now; empty when they can."""
    if reasons := unmet(application.ask):
        return reasons
    round_ = gathered(application)
    if round_ is None:
        return [_("Ask the assessors for their questions first.")]
    reasons = []
    if not round_.questions.exists():
        reasons.append(_("There is no question to send."))
    waits = application.assignments.reviews().filter(has_no_more_questions=False).exists()
    if waits and clock.today() <= gathering_ends_on(round_):
        reasons.append(_("The assessors have three working days to add theirs, or say that they have none."))
    return reasons


@transaction.atomic
def send_questions(application: Application, *, by, seen: int | None = None) -> Application:
    """Send the applicant all questions in one message; from today its days stand still until the answer."""
    application = _locked(application)
    if not may_lead(application, by):
        raise PermissionDenied
    if reasons := reasons_against_sending(application):
        raise StepRefused(reasons)
    plain, last = deadline(ANSWER_DAYS)
    application = take(application.ask, by=by, seen=seen, answer_by=last)
    stop_days(application, ApplicationPause.Cause.CLARIFICATION, plain=plain)
    round_ = gathered(application)
    round_.sent_at, round_.sent_by = clock.now(), by
    round_.save(update_fields=["sent_at", "sent_by"])
    notify(owners_to_tell(application.organiser), "quality_label/questions_asked", about=application)
    return application


@transaction.atomic
def drop_round(application: Application, *, by) -> None:
    """Give up a round before it was sent, where nothing is left to ask; it does not count."""
    application = _locked(application)
    if not may_lead(application, by):
        raise PermissionDenied
    application.clarifications.being_gathered().delete()
