"""Judging what learners hand in."""

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.actions.enrolments import reward, title_to_each
from pathways.models import ActivityPage, Attempt, Judgement
from pathways.workflow.attempt import FEEDBACK_WANTED, LINES_WANTED
from portal.accounts.models import Person
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take

LEAST_FEEDBACK = 30  # letters, at the network's training (K5)


@transaction.atomic
def judge_attempt(
    attempt: Attempt, *, by: Person, accept: bool, feedback: str = "", checklist=(), seen: int | None = None
) -> Attempt:
    """Accept what was handed in, or return it with feedback; the learner is told either way.

    `checklist` names the lines that were met, by id; only work that meets them all can be accepted. The judgement
    keeps the words of the lines, since the page may change.
    """
    feedback = feedback.strip()
    if not accept and not feedback:
        raise StepRefused([FEEDBACK_WANTED])
    activity = ActivityPage.objects.as_written(attempt.activity_key)
    lines = activity.lines()
    is_after_complaint = attempt.complaints.upheld().filter(round=attempt.round).exists()
    is_second = bool(attempt.doubt) or is_after_complaint
    if attempt.organiser.is_network and len(feedback) < LEAST_FEEDBACK:
        raise StepRefused([_("At the training, feedback has %(count)d letters at least.") % {"count": LEAST_FEEDBACK}])
    if accept:
        attempt = take(attempt.accept, by=by, seen=seen, badge_class=activity.badge_class)
        if not lines.keys() <= set(checklist):
            raise StepRefused([LINES_WANTED])
    else:
        attempt = take(attempt.give_back, by=by, seen=seen)
    Judgement.objects.create(
        attempt=attempt,
        round=attempt.round if accept else attempt.round - 1,
        by=by,
        is_second=is_second,
        is_after_complaint=is_after_complaint,
        outcome=Judgement.Outcome.ACCEPTED if accept else Judgement.Outcome.RETURNED,
        feedback=feedback,
        checklist=checked(lines, checklist),
    )
    event = "pathways/accepted" if accept else "pathways/returned"
    notify([attempt.person], event, about=attempt, facts=title_to_each(activity))
    if accept:
        reward(attempt)
    return attempt


def checked(lines: dict[str, str], met) -> list[dict]:
    """Return the lines of a checklist in words, with whether each was met, as a judgement keeps them."""
    return [{"line": words, "met": key in met} for key, words in lines.items()]
