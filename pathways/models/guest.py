"""Who was invited to an activity that is not for everybody."""

from django.conf import settings
from django.db import models

from portal import clock


class GuestQuerySet(models.QuerySet):
    def of(self, person):
        """Return what a person was invited to."""
        return self.filter(person=person)


class Guest(models.Model):
    """Somebody who opened the invitation link of an activity."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    activity_key = models.UUIDField()
    invited_at = models.DateTimeField(default=clock.now)

    objects = GuestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "activity_key"], name="guest_once")]
