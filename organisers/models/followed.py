"""What both sides follow about an organiser: its own people, and those of the network who have no part in it."""

from django.db import models
from django.db.models import Q

from organisers.models.organiser import Organiser
from organisers.permissions import may_see_verifications


class FollowedQuerySet(models.QuerySet):
    """Rows with an `organiser` that its members and the network read."""

    def visible_to(self, user):
        """Return what a person may follow: of their own organisers, or of others for the network."""
        if not user.is_authenticated:
            return self.none()
        own = Q(organiser__in=Organiser.objects.held_by(user))
        if not may_see_verifications(user):
            return self.filter(own)
        return self.filter(own | ~Q(organiser__in=Organiser.objects.joined_by(user)))

    def overseen_by(self, user):
        """Return what a person of the network works on: never what is about their own organisers."""
        return self.visible_to(user).exclude(organiser__in=Organiser.objects.joined_by(user))
