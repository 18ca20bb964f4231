"""What an owner offers to an address: roles, for whoever proves that they read it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisers.models.membership import Membership
from organisers.models.organiser import Organiser
from organisers.workflow.joining import ACCEPTED, OPEN, REVOKED, InvitationWorkflow
from portal import clock


class InvitationQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        return self.select_related("organiser", "invited_by", "accepted_by").prefetch_related("organiser__texts")

    def open(self):
        """Return what is neither accepted nor taken back, run out or not."""
        return self.filter(state=OPEN)

    def in_time(self):
        """Return what has not run out."""
        return self.filter(expires_at__gt=clock.now())

    def of(self, organiser):
        """Return the invitations to an organiser."""
        return self.filter(organiser=organiser)

    def for_person(self, person):
        """Return what waits for an address that a person proved."""
        return self.open().in_time().filter(email__in=person.verified_addresses())

    def since(self, moment):
        """Return what was sent first after a moment."""
        return self.filter(created_at__gt=moment)

    def lately_mailed(self):
        """Return what was mailed too short a while ago to mail the same address again, whatever became of it."""
        return self.filter(sent_at__gt=clock.now() - Invitation.REST)


def end_of_life():
    """Return when an invitation of this moment runs out."""
    return clock.now() + Invitation.LIFE


class Invitation(InvitationWorkflow):
    """Roles in an organiser, offered to whoever proves an address."""

    LIFE = timedelta(days=14)
    REST = timedelta(days=1)  # before the same invitation is mailed again
    OWN_LETTERS = 2  # of one organiser to an address in that time: the second once the first is taken back
    LETTERS = 5  # that a mailbox gets in that time, from all organisers together

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    roles = models.JSONField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    sent_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(default=end_of_life)
    accepted_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "email"], condition=Q(state=OPEN), name="invitation_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state=OPEN, accepted_at=None, revoked_at=None)
                | Q(state=ACCEPTED, accepted_at__isnull=False, revoked_at=None)
                | Q(state=REVOKED, accepted_at=None, revoked_at__isnull=False),
                name="invitation_dates_fit",
            ),
            models.CheckConstraint(condition=~Q(roles=[]), name="invitation_offers_a_role"),
        ]

    def get_absolute_url(self):
        """Where an owner finds it."""
        return self.organiser.people_url

    @property
    def role_names(self):
        """The roles in words."""
        return [str(Membership.Role(role).label) for role in self.roles]

    @property
    def has_run_out(self):
        return self.expires_at <= clock.now()
