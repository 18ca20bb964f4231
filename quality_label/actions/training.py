"""Choosing the badges that count as the training."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from badges.models import BadgeClass
from portal.audit.log import record
from portal.workflow import StepRefused
from quality_label.models import TrainingBadge
from quality_label.permissions import may_edit_framework


@transaction.atomic
def choose_training_badges(badge_classes: list[BadgeClass], *, by) -> list[TrainingBadge]:
    """Let these badges of the network, and no others, show that somebody was trained."""
    if not may_edit_framework(None, by):
        raise PermissionDenied
    if any(not badge_class.organiser.is_network or badge_class.is_draft for badge_class in badge_classes):
        raise StepRefused([_("Training badges are published badges of the network itself.")])
    TrainingBadge.objects.exclude(badge_class__in=badge_classes).delete()
    chosen = [TrainingBadge.objects.get_or_create(badge_class=badge_class)[0] for badge_class in badge_classes]
    record("quality_label.choose_training", by=by, facts={"badges": [str(badge.key) for badge in badge_classes]})
    return chosen
