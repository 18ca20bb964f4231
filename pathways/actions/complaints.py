"""What learners complain of, and the answer of those who own the organiser."""

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.actions.attempts import due_day, reviewers_of, tell_reviewers
from pathways.actions.enrolments import title_to_each
from pathways.actions.peers import tell_learner
from pathways.actions.reviews import LEAST_FEEDBACK
from pathways.models import ActivityPage, Attempt, Complaint
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take


@transaction.atomic
def complain(activity: ActivityPage, *, by: Person, text: str) -> Complaint:
    """Put a judgement that a learner finds wrong before the organiser's owners."""
    text = text.strip()
    check_words(text)
    attempt = Attempt.objects.of(by).on([activity]).select_for_update(no_key=True).first()
    if attempt is None or not attempt.may_be_complained_of:
        raise StepRefused([_("There is nothing here to complain about now, or you have complained about it already.")])
    complaint = Complaint.objects.create(
        attempt=attempt, round=attempt.round - 1, text=text, answer_due=due_day(activity)
    )
    record("pathways.complaint.file", about=complaint, by=by)
    notify(complaint.hearers(), "pathways/complaint_filed", about=complaint, facts=title_to_each(activity))
    return complaint


def check_words(text: str) -> None:
    """Refuse a complaint of a word or two."""
    if len(text) < LEAST_FEEDBACK:
        raise StepRefused([_("Say in a sentence or two what is wrong.")])


@transaction.atomic
def answer_complaint(
    complaint: Complaint, *, by: Person, is_upheld: bool, answer: str, seen: int | None = None
) -> Complaint:
    """Tell a learner whether they are right; then somebody who has not judged their work looks at it once more."""
    answer = answer.strip()
    if not answer:
        raise StepRefused([_("Say why; the learner reads it.")])
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=complaint.attempt_id)
    step = complaint.uphold if is_upheld else complaint.reject
    complaint = take(step, by=by, seen=seen, answer=answer, owner=by)
    activity = ActivityPage.objects.as_written(attempt.activity_key)
    if activity is None:
        return complaint
    if is_upheld and attempt.is_returned and attempt.round == complaint.round + 1:
        others = reviewers_of(attempt).exclude(pk__in=complaint.judges())
        doubt = complaint.text if others.exists() else ""  # with a doubt, who judged before does not judge again
        attempt = take(attempt.reopen, by=None, answer_due=due_day(activity), doubt=doubt)
        tell_reviewers(attempt.evidence.get(round=attempt.round), activity)
    tell_learner(attempt, "pathways/complaint_answered", activity)
    return complaint
