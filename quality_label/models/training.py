"""The badges that show that somebody was trained to issue badges, and who lets their organiser see how they learn."""

from django.conf import settings
from django.db import models

from badges.models import Assertion
from organisers.models import Organiser
from pathways.models import PlaylistPage
from portal import clock


class TrainingBadgeQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along the badges with their texts."""
        return self.select_related("badge_class").prefetch_related("badge_class__texts")

    def held_in(self, organiser, on):
        """Return the training badges that members of an organiser hold and that are valid on a day."""
        held = Assertion.objects.held_by(organiser.memberships.values("person"))
        return held.valid_on(on).filter(badge_class__in=self.values("badge_class"))

    def awarded(self):
        """Return the training badges that are out and stand, whether or not their time is over."""
        return Assertion.objects.out().live().filter(badge_class__in=self.values("badge_class"))

    def route(self) -> PlaylistPage | None:
        """Return the playlist that ends with a training badge: not one that renews it."""
        open_ones = PlaylistPage.objects.open_for_learning().filter(renews_badge=False)
        return open_ones.filter(badge_class__in=self.values("badge_class")).order_by("pk").first()


class TrainingBadge(models.Model):
    """A badge of the network that counts as the training for issuers."""

    badge_class = models.OneToOneField("badges.BadgeClass", on_delete=models.PROTECT, related_name="+")

    objects = TrainingBadgeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.badge_class.name


class TrainingShareQuerySet(models.QuerySet):
    def of(self, person):
        """Return what a person agreed to."""
        return self.filter(person=person)

    def for_owners_of(self, organiser):
        """Return who of the members of an organiser today lets it see how they learn, by name."""
        members = organiser.memberships.values("person")
        found = self.filter(organiser=organiser, person__in=members, person__closed_at=None)
        return found.select_related("person").order_by("person__name", "pk")


class TrainingShare(models.Model):
    """A member lets an organiser see how far they are in the network's training, until they take it back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)

    objects = TrainingShareQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "organiser"], name="training_shared_once")]
