"""Answering the questions of a team, as the applicant does."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions import people_to_tell
from portal import clock
from portal.notifications.actions import notify
from portal.workflow import Stale, StepRefused, says, take
from quality_label.actions.application import refuse_unless_operating
from quality_label.actions.days import deadline, move_deadline, resume_days
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.limits import refuse_overlong
from quality_label.actions.replacement import retire_replaced
from quality_label.actions.reviews import compare_when_complete
from quality_label.actions.submission import NothingToSend, freeze
from quality_label.models import (
    Application,
    ApplicationPause,
    Assignment,
    Clarification,
    ClarificationQuestion,
    Snapshot,
)
from quality_label.permissions import may_edit_application, may_manage_application
from quality_label.workflow.application import ANSWER_DAYS, MORE_ANSWER_DAYS, answer_is_in_time

NOT_BOTH = _("Write an answer, or tick that you cannot; not both.")


@transaction.atomic
def save_reply(
    question: ClarificationQuestion, *, words: str, cannot_answer: bool, by, seen: int
) -> ClarificationQuestion:
    """Keep the draft of an answer. Raises Stale with the answer as it is now where somebody else was faster."""
    application = Application.objects.locked().get(pk=question.clarification.application_id)
    if not may_edit_application(application, by):
        raise PermissionDenied
    refuse_unless_operating(application)
    question = ClarificationQuestion.objects.select_related("clarification").get(pk=question.pk)
    if question.clarification.closed_at or not answer_is_in_time(application):
        raise StepRefused([answer_is_in_time.reason])
    if words.strip() and cannot_answer:
        raise StepRefused([NOT_BOTH])
    if says(question, {"answer": words, "cannot_answer": cannot_answer}):
        return question
    if question.version != seen:
        raise Stale(question)
    refuse_overlong(ClarificationQuestion, answer=words)
    question.answer, question.cannot_answer = words, cannot_answer
    question.version += 1
    question.save()
    return question


@transaction.atomic
def send_replies(application: Application, *, by) -> Application:
    """Send all answers: the days go on, and reviews that were handed in open for the criteria asked about."""
    application = Application.objects.locked().get(pk=application.pk)
    if not may_manage_application(application, by):
        raise PermissionDenied
    open_round = application.clarifications.unanswered().first()
    questions = list(open_round.questions.all()) if open_round else []
    if missing := [one for one in questions if not (one.answer.strip() or one.cannot_answer)]:
        said = _("%(code)s: write an answer, or tick that you cannot.")
        raise NothingToSend([said % {"code": one.code} for one in missing])
    application = take(application.answer, by=by)
    Clarification.objects.filter(pk=open_round.pk).update(closed_at=clock.now(), is_answered=True)
    retire_replaced(application, application.evidence.shown().filter(added_at__gte=open_round.sent_at))
    freeze(application, Snapshot.Cause.ANSWERED)
    resume_days(application, ApplicationPause.Cause.CLARIFICATION)
    reopen_reviews(application, sorted({one.code for one in questions}))
    compare_when_complete(application)
    notify(_team_of(application), "quality_label/questions_answered", about=application)
    return application


def reopen_reviews(application: Application, codes: list[str]) -> None:
    """Let assessors who handed in judge the criteria that were asked about anew, and no others, in a week or more."""
    for review in application.assignments.locked().with_words():
        due_on = application.days().reopened_due_on(review.review_due_on())
        review = take(review.reopen, by=None)
        facts = {"reopened_criteria": codes, "reopened_on": clock.today(), "due_on": due_on}
        Assignment.objects.filter(pk=review.pk).update(**facts)


@transaction.atomic
def take_more_time(application: Application, *, by) -> Application:
    """Take seven more days for the open questions, once."""
    application = Application.objects.locked().get(pk=application.pk)
    if not may_manage_application(application, by):
        raise PermissionDenied
    open_round = application.clarifications.unanswered().first()
    sent_on = clock.day_of(open_round.sent_at) if open_round else clock.today()
    last = sent_on + timedelta(days=ANSWER_DAYS + MORE_ANSWER_DAYS)
    plain, answer_by = deadline((last - clock.today()).days)
    application = take(application.take_more_time, by=by, answer_by=answer_by)
    Clarification.objects.filter(pk=open_round.pk).update(has_more_time=True)
    move_deadline(application, plain=plain)
    return application


@transaction.atomic
def close_questions(application: Application) -> Application:
    """Let the review go on with the file as it is: nobody answered in time. That is no refusal by itself."""
    last_day = Application.objects.locked().get(pk=application.pk).answer_by
    application = take(application.go_on_unanswered, by=None)
    resume_days(application, ApplicationPause.Cause.CLARIFICATION, on=last_day)
    application.clarifications.unanswered().update(closed_at=clock.now())
    notify(people_to_tell(application.organiser), "quality_label/questions_over", about=application)
    notify(_team_of(application), "quality_label/questions_unanswered", about=application)
    compare_when_complete(application)
    return application


@transaction.atomic
def remind_of_questions(application: Application, due: int) -> None:
    """Remind the owners of open questions; `due` reminders should have left, and one mail makes up for all."""
    if application.clarifications.unanswered().filter(reminders__lt=due).update(reminders=due):
        notify(people_to_tell(application.organiser), "quality_label/questions_waiting", about=application)


def _team_of(application) -> list:
    people = [*application.people_of_team(), *coordinators_to_tell(application)]
    return list({person.pk: person for person in people}.values())
