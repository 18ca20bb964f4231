"""What becomes of a label when its application was judged again while it stood."""

from datetime import timedelta

from organisers.actions.members import owners_to_tell
from portal.notifications.actions import notify
from portal.workflow import take, unmet
from quality_label.actions.conditions import make_whole
from quality_label.actions.label import sign_anew
from quality_label.actions.label_end import withdraw_all
from quality_label.actions.label_suspension import lift_cured
from quality_label.models import Decision, Label
from quality_label.workflow.label import CONDITION_DAYS


def follow_reexamination(decision: Decision) -> None:
    """Let a label that stood meanwhile follow: whole, on conditions from now on, or revoked."""
    label = (
        Label.objects.with_words().select_for_update(no_key=True, of=("self",)).get(application=decision.application)
    )
    if not decision.is_award:
        label = take(label.revoke_after_reexamination, by=None)
        withdraw_all(label, by=None)
        notify(owners_to_tell(label.organiser), "quality_label/label_revoked", about=label)
    elif decision.has_conditions:
        label = lift_cured(label)
        if not unmet(label.become_conditional):
            label = take(label.become_conditional, by=None)
        if label.has_conditions:
            last = max(one.due_on for one in decision.application.conditions.unmet())
            sign_anew(label, until=last + timedelta(days=CONDITION_DAYS))
    else:
        make_whole(label)
