"""The suspension of an organiser, with its hearing."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisers.models.followed import FollowedQuerySet
from organisers.models.organiser import Organiser
from organisers.workflow.standing import HEARING_DAYS, IN_FORCE, REVOKED, SuspensionWorkflow
from portal import clock


class SuspensionQuerySet(FollowedQuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        return self.select_related("organiser", "suspended_by").prefetch_related("organiser__texts")

    def in_force(self):
        """Return the suspensions that hold."""
        return self.filter(state=IN_FORCE)

    def revoked(self):
        """Return those that ended with the organiser being shut out."""
        return self.filter(state=REVOKED)

    def unheard(self):
        """Return those to which the organiser did not answer yet."""
        return self.in_force().filter(answered_at=None)

    def unconfirmed(self):
        """Return the urgent ones that nobody stood up for in time."""
        return self.in_force().filter(confirm_by__lt=clock.today())


class Suspension(SuspensionWorkflow):
    """A time in which an organiser may not act, for a reason on which it is heard."""

    class Reason(models.TextChoices):
        COMPLAINT = "complaint", _("A serious complaint is being looked at.")
        SAFEGUARDING = "safety", _("Learners may be in danger.")
        FALSE_DATA = "false_data", _("What it said about itself is false.")
        UNREACHABLE = "unreachable", _("It cannot be reached.")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="suspensions")
    before = models.CharField(max_length=12, choices=Organiser.Standing)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    words = models.TextField(_("what happened"), max_length=2000)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    suspended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    suspended_at = models.DateTimeField(default=clock.now, editable=False)
    confirm_by = models.DateField(null=True, editable=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answer_words = models.TextField(max_length=5000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField(max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organiser"], condition=Q(state=IN_FORCE), name="suspended_once"),
            models.CheckConstraint(
                condition=Q(state=IN_FORCE, ended_at=None) | (~Q(state=IN_FORCE) & Q(ended_at__isnull=False)),
                name="suspension_ends_once",
            ),
        ]

    def get_absolute_url(self):
        """Where both sides read it."""
        return reverse("organisers:suspension", args=[self.key])

    @property
    def is_in_force(self) -> bool:
        """Whether it holds."""
        return self.state == IN_FORCE

    @property
    def heard_until(self):
        """The last day on which the network waits for an answer."""
        return clock.day_of(self.suspended_at) + timedelta(days=HEARING_DAYS)
