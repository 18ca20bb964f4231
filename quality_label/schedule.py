"""What the clock does for the label."""

from datetime import date, timedelta

from portal import clock
from portal.schedule import every
from portal.workdays import working_days_after
from portal.workflow import StepRefused
from quality_label.actions.application import lapse_draft, remind_of_draft, touch
from quality_label.actions.decision import invite_panel
from quality_label.actions.evidence import erase_evidence
from quality_label.actions.label import expire_label
from quality_label.actions.promise import own_up, remind
from quality_label.actions.replies import close_questions, remind_of_questions
from quality_label.actions.submission import close_return, remind_of_return
from quality_label.actions.suspension import follow_suspension
from quality_label.actions.team import close_silent_place, remind_of_place
from quality_label.models import Application, Assignment, Label
from quality_label.workflow.application import (
    ANSWER_DAYS,
    REMIND_ANSWER_AFTER,
    REMIND_DRAFT_AFTER,
    REMIND_RETURN_AFTER,
    RETURN_DAYS,
)
from quality_label.workflow.assignment import REMIND_INVITATION_AFTER


@every(seconds=3600)
def keep_promises():
    """Remind of what is due, and own up to promised days that passed; late or twice, with the same result."""
    for application in Application.objects.under_way():
        own_up(application)
        remind(application)


@every(seconds=3600)
def keep_invitation_days():
    """Take back what nobody answered, and remind once before; late or twice, with the same result."""
    for place in Assignment.objects.unanswered().with_words():
        close_silent_place(place)
    for place in Assignment.objects.silent().with_words():
        if clock.today() >= working_days_after(clock.day_of(place.invited_at), REMIND_INVITATION_AFTER):
            remind_of_place(place)


@every(seconds=3600)
def keep_applicants_days():
    """End what applicants left lying and remind them of what waits; late or twice, with the same result.

    While an organiser is suspended nothing of it ends: its days stand still, and its draft counts as touched.
    """
    for application in Application.objects.following_suspensions():
        follow_suspension(application)
    for application in Application.objects.drafts().suspended():
        touch(application)
    for application in Application.objects.untouched():
        lapse_draft(application)
    for application in Application.objects.overdue_returns():
        close_return(application)
    for application in Application.objects.overdue_answers():
        close_questions(application)
    for application in Application.objects.untouched(REMIND_DRAFT_AFTER[0]):
        untouched = clock.now() - application.edited_at
        remind_of_draft(application, len([days for days in REMIND_DRAFT_AFTER if timedelta(days=days) <= untouched]))
    for application in Application.objects.returned().not_standing_still():
        remind_of_return(application, due_before(application.answer_by, RETURN_DAYS, REMIND_RETURN_AFTER))
    for application in Application.objects.questioned().not_standing_still():
        remind_of_questions(application, due_before(application.answer_by, ANSWER_DAYS, REMIND_ANSWER_AFTER))
    for application in Application.objects.with_evidence_to_erase():
        erase_evidence(application)


def due_before(answer_by: date, days: int, after: list[int]) -> int:
    """Return how many reminders should have left by today, counted back from the last day: more time moves them."""
    return len([day for day in after if answer_by - timedelta(days=days - day) <= clock.today()])


@every(seconds=600)
def invite_panels():
    """Invite the panel of what has become ready to be decided."""
    for application in Application.objects.without_panel():
        invite_panel(application)


@every(seconds=3600)
def expire_labels():
    """End the labels whose last day has passed."""
    for label in Label.objects.over():
        try:
            expire_label(label)
        except StepRefused:
            continue  # it ended in another way meanwhile
