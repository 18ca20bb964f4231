"""Letting an organiser see how far one is in the training, and taking that back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from organisers.models import Organiser
from portal.accounts.models import Person
from portal.audit.log import record
from quality_label.models import TrainingShare
from quality_label.permissions import may_share_training


@transaction.atomic
def share_training(organiser: Organiser, *, by: Person) -> TrainingShare:
    """Let the owners of an organiser that one belongs to see how far one is."""
    if not may_share_training(organiser, by):
        raise PermissionDenied
    share, is_new = TrainingShare.objects.get_or_create(person=by, organiser=organiser)
    if is_new:
        record("quality_label.share_training", about=organiser, by=by)
    return share


@transaction.atomic
def stop_sharing_training(organiser: Organiser, *, by: Person) -> None:
    """Take it back; also after one left the organiser."""
    gone, _rows = TrainingShare.objects.of(by).filter(organiser=organiser).delete()
    if gone:
        record("quality_label.stop_sharing_training", about=organiser, by=by)
