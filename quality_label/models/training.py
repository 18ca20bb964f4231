"""The badges that show that somebody was trained to issue badges."""

from django.db import models

from badges.models import Assertion


class TrainingBadgeQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along the badges with their texts."""
        return self.select_related("badge_class").prefetch_related("badge_class__texts")

    def held_in(self, organiser, on):
        """Return the training badges that members of an organiser hold and that are valid on a day."""
        held = Assertion.objects.held_by(organiser.memberships.values("person"))
        return held.valid_on(on).filter(badge_class__in=self.values("badge_class"))


class TrainingBadge(models.Model):
    """A badge of the network that counts as the training for issuers."""

    badge_class = models.OneToOneField("badges.BadgeClass", on_delete=models.PROTECT, related_name="+")

    objects = TrainingBadgeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.badge_class.name
