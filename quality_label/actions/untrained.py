"""A label wants somebody trained: who has nobody any more is told, and after 90 days the label is suspended."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import take, unmet
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.label import show_lifted, show_suspended
from quality_label.models import Label, TrainingBadge


@transaction.atomic
def follow_training(label: Label) -> None:
    """Note whether a member still holds a valid training badge, with what follows for the label.

    The owners and the coordinator are told on the first day; after 90 days the clock suspends the label, and lifts
    that at once when somebody is trained again.
    """
    label = Label.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=label.pk)
    if not label.is_live:
        return
    today = clock.today()
    if TrainingBadge.objects.held_in(label.organiser, today).exists():
        find_trained(label)
    elif label.untrained_since is None:
        label.untrained_since = today
        label.save(update_fields=["untrained_since"])
        record("quality_label.miss_training", about=label)
        told = {one.pk: one for one in [*owners_to_tell(label.organiser), *coordinators_to_tell(label.application)]}
        notify(told.values(), "quality_label/nobody_trained", about=label)
    elif not unmet(label.suspend_untrained):
        with translation.override(label.application.language):
            words = _("For 90 days no member has held a valid training badge.")
        show_suspended(take(label.suspend_untrained, by=None, words=words), by=None)


def find_trained(label: Label) -> None:
    """Forget that nobody was trained, and lift the suspension that came of it."""
    if label.untrained_since is None:
        return
    label.untrained_since = None
    label.save(update_fields=["untrained_since"])
    record("quality_label.find_training", about=label)
    if label.is_suspended and label.suspended_untrained:
        with translation.override(label.application.language):
            words = _("A member holds a valid training badge again.")
        show_lifted(take(label.lift_trained, by=None, words=words), by=None)
