"""Training badges that the network doubts, and what their holders say to that."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal import clock
from quality_label.permissions import may_begin_framework
from quality_label.workflow import hearing as steps
from quality_label.workflow.hearing import HearingWorkflow


class HearingQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a page names."""
        return self.select_related("assertion__badge_class__organiser", "assertion__badge_version", "person")

    def running(self):
        """Return the hearings that nobody closed."""
        return self.filter(state__in=steps.RUNNING)

    def visible_to(self, user):
        """Return the hearings that a person may read: their own, and all of them at the network."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if may_begin_framework(user) else self.filter(person=user)


class Hearing(HearingWorkflow):
    """What the network holds against a training badge, and what its holder answers."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assertion = models.ForeignKey("badges.Assertion", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    words = models.TextField(max_length=2000, blank=True)  # what is held against it; nothing once its holder is erased
    answer_by = models.DateField()
    answer = models.TextField(max_length=3000, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=500, blank=True)  # why it was closed as it was
    closed_at = models.DateTimeField(null=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assertion"], condition=Q(state__in=steps.RUNNING), name="one_running_hearing"
            ),
            models.CheckConstraint(
                condition=Q(state__in=steps.RUNNING) ^ Q(closed_at__isnull=False), name="hearing_closed_once"
            ),
        ]

    def get_absolute_url(self):
        return reverse("quality_label:hearing", args=[self.key])

    @property
    def is_running(self) -> bool:
        """Whether nobody closed it."""
        return self.state in steps.RUNNING
