"""What the clock does for the label."""

from datetime import date, timedelta

from portal import clock
from portal.schedule import every
from portal.workdays import working_days_after
from portal.workflow import do_all
from quality_label.actions.appeal import remind_of_appeal
from quality_label.actions.application import lapse_draft, remind_of_draft, touch
from quality_label.actions.check_in import open_check_ins, remind_of_check_in
from quality_label.actions.conditions import make_whole, remind_of_condition, wait_for_check
from quality_label.actions.decision import invite_panel
from quality_label.actions.evidence import erase_evidence
from quality_label.actions.label import follow_standing
from quality_label.actions.label_suspension import follow_duties, lift_unconfirmed
from quality_label.actions.names import forget_names, forget_writers
from quality_label.actions.promise import own_up, remind
from quality_label.actions.renewal import close_grace, end_or_wait, open_renewal, remind_of_renewal
from quality_label.actions.replies import close_questions, remind_of_questions
from quality_label.actions.submission import close_return, remind_of_return
from quality_label.actions.suspension import follow_suspension
from quality_label.actions.team import close_silent_place, remind_of_place
from quality_label.actions.untrained import follow_training
from quality_label.models import (
    Appeal,
    Application,
    Assignment,
    CheckIn,
    Condition,
    Label,
    LabelSuspension,
    TrainingBadge,
)
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
    do_all((Application.objects.under_way(), own_up), (Application.objects.under_way(), remind))


@every(seconds=3600)
def keep_invitation_days():
    """Take back what nobody answered, and remind once before; late or twice, with the same result."""
    silent = (place for place in Assignment.objects.silent().with_words() if is_to_be_reminded(place))
    do_all((Assignment.objects.unanswered().with_words(), close_silent_place), (silent, remind_of_place))


def is_to_be_reminded(place: Assignment) -> bool:
    """Say whether an unanswered invitation has waited for long enough to be reminded of."""
    return clock.today() >= working_days_after(clock.day_of(place.invited_at), REMIND_INVITATION_AFTER)


@every(seconds=3600)
def keep_applicants_days():
    """End what applicants left lying and remind them of what waits; late or twice, with the same result.

    While an organiser is suspended nothing of it ends: its days stand still, and its draft counts as touched.
    """
    rows = Application.objects
    do_all(
        (rows.following_suspensions(), follow_suspension),
        (rows.drafts().suspended(), touch),
        (rows.untouched(), lapse_draft),
        (rows.overdue_returns(), close_return),
        (rows.overdue_answers(), close_questions),
        (rows.untouched(REMIND_DRAFT_AFTER[0]), remind_of_untouched),
        (rows.returned().not_standing_still(), remind_of_open_return),
        (rows.questioned().not_standing_still(), remind_of_open_questions),
        (rows.with_evidence_to_erase(), erase_evidence),
    )


def remind_of_untouched(application):
    """Remind of a draft as often as it was left alone for long enough."""
    untouched = clock.now() - application.edited_at
    remind_of_draft(application, len([days for days in REMIND_DRAFT_AFTER if timedelta(days=days) <= untouched]))


def remind_of_open_return(application):
    """Remind of what was returned as often as its last day asks for."""
    remind_of_return(application, due_before(application.answer_by, RETURN_DAYS, REMIND_RETURN_AFTER))


def remind_of_open_questions(application):
    """Remind of questions as often as their last day asks for."""
    remind_of_questions(application, due_before(application.answer_by, ANSWER_DAYS, REMIND_ANSWER_AFTER))


def due_before(answer_by: date, days: int, after: list[int]) -> int:
    """Return how many reminders should have left by today, counted back from the last day: more time moves them."""
    return len([day for day in after if answer_by - timedelta(days=days - day) <= clock.today()])


@every(seconds=86400)
def forget_people_of_old_cases():
    """Forget who wrote the answers of cases without a label, and three years after a case who did what in it."""
    forget_writers()
    forget_names()


@every(seconds=3600)
def keep_appeals():
    """Remind those who look after appeals of the days by which they are admitted and decided."""
    do_all((Appeal.objects.to_remind_of(), remind_of_appeal))


@every(seconds=600)
def invite_panels():
    """Invite the panel of what has become ready to be decided."""
    do_all((Application.objects.without_panel(), invite_panel))


@every(seconds=600)
def keep_labels_in_step():
    """Let the credentials of labels follow the standing of their organisers; late or twice, with the same result."""
    do_all((Label.objects.out_of_step(), follow_standing))


@every(seconds=3600)
def expire_labels():
    """End the labels whose last day has passed, but for those whose renewal waits for its decision."""
    do_all((Label.objects.over(), end_or_wait), (Label.objects.in_grace(), close_grace))


@every(seconds=3600)
def renew_labels():
    """Draft the renewals of labels whose last day is near, and remind their holders; late or twice, the same."""
    do_all((Label.objects.to_renew(), open_renewal), (Label.objects.to_renew(), remind_of_renewal))


@every(seconds=3600)
def keep_duties():
    """Suspend labels whose holders missed a duty for long enough, lift that when it is made good or not confirmed.

    Whether somebody is trained is asked once the network has chosen a training.
    """
    labels, unconfirmed = Label.objects, LabelSuspension.objects.overdue().select_related("label__application")
    trained = labels.live() if TrainingBadge.objects.exists() else labels.none()
    do_all(
        (unconfirmed, lift_unconfirmed),
        (trained, follow_training),
        (labels.live(), open_check_ins),
        (CheckIn.objects.awaited().with_words(), remind_of_check_in),
        (labels.live(), follow_duties),
        (labels.conditional(), make_whole),
        (labels.conditional().filter(valid_until__lt=clock.today()), wait_for_check),
        (Condition.objects.to_remind_of().with_words(), remind_of_condition),
    )
