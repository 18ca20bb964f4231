"""What somebody asks an organiser: to belong to it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisers.models.organiser import Organiser
from organisers.workflow.joining import OPEN, JoinRequestWorkflow
from portal import clock


class JoinRequestQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        return self.select_related("organiser", "person").prefetch_related("organiser__texts")

    def open(self):
        """Return what nobody answered yet."""
        return self.filter(state=OPEN)

    def of(self, organiser):
        """Return the requests to an organiser."""
        return self.filter(organiser=organiser)

    def by(self, person):
        """Return the requests of a person."""
        return self.filter(person=person)

    def visible_to(self, user):
        """Return the requests that a person made, and those to the organisers they own."""
        return self.filter(Q(person=user) | Q(organiser__in=Organiser.objects.held_by(user, "owner")))

    def since(self, moment):
        """Return what was asked after a moment."""
        return self.filter(created_at__gt=moment)


class JoinRequest(JoinRequestWorkflow):
    """A person's wish to belong to an organiser, with a few words why."""

    REST = timedelta(days=7)  # before the same person asks the same organiser again
    LIMIT = 10  # requests of one person in a day

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.TextField(_("message"), max_length=500)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "person"], condition=Q(state=OPEN), name="join_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state=OPEN, answered_at=None) | (~Q(state=OPEN) & Q(answered_at__isnull=False)),
                name="join_request_answer_has_a_date",
            ),
        ]

    def get_absolute_url(self):
        """Where both sides find it."""
        return reverse("organisers:join-request", args=[self.key])
