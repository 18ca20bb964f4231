"""A label wants somebody trained: who has nobody any more is told on the first day."""

from django.db import transaction

from organisers.actions.members import owners_to_tell
from portal import clock
from portal.audit.log import record
from portal.notifications.actions import notify
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.models import Label, TrainingBadge


@transaction.atomic
def follow_training(label: Label) -> None:
    """Note whether a member still holds a valid training badge; owners and coordinator are told when none does."""
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


def find_trained(label: Label) -> None:
    """Forget that nobody was trained."""
    if label.untrained_since is None:
        return
    label.untrained_since = None
    label.save(update_fields=["untrained_since"])
    record("quality_label.find_training", about=label)
