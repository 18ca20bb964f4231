"""The intent to award: a batch with its rows. What became of a row is an assertion."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from badges.openbadges.recipients import new_salt
from badges.workflow import HELD, OUT, REVOKED, UNDONE, WITHDRAWN, AwardBatchWorkflow
from organisers.models import Organiser
from portal import clock


class AwardBatchQuerySet(models.QuerySet):
    def due_for_release(self):
        """Return the batches whose time to be undone has passed."""
        return self.filter(state=HELD, release_at__lte=clock.now())

    def held(self):
        """Return the batches that can still be undone."""
        return self.filter(state=HELD).select_related("badge_version", "badge_class__organiser")

    def of(self, organiser):
        """Return the batches of an organiser, the newest first."""
        return self.filter(badge_class__organiser=organiser).order_by("-pk")


class AwardBatch(AwardBatchWorkflow):
    """One act of awarding a badge, to one person or to many."""

    class Source(models.TextChoices):
        SINGLE = "single", _("by hand")
        PLAYLIST = "playlist", _("by playlist")
        ACTIVITY = "activity", _("by activity")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    once_key = models.CharField(max_length=150, unique=True)
    badge_class = models.ForeignKey("badges.BadgeClass", on_delete=models.PROTECT, related_name="batches")
    badge_version = models.ForeignKey("badges.BadgeClassVersion", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    language = models.CharField(max_length=10)
    awarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    release_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = AwardBatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["release_at"], condition=Q(state="held"), name="batch_held")]

    @property
    def is_earned(self):
        """Whether the badge was earned by learning, not given by hand."""
        return self.source in {self.Source.PLAYLIST, self.Source.ACTIVITY}

    @property
    def hold(self):
        """The name under which the mails of the batch wait until it is out."""
        return f"badges.batch:{self.pk}"

    @property
    def is_held(self):
        return self.state == HELD

    @property
    def is_out(self):
        return self.state == OUT

    @property
    def is_undone(self):
        return self.state == UNDONE


class AwardRowQuerySet(models.QuerySet):
    def due(self):
        """Return the rows that can be worked on: not leased, and not earned at an organiser that may not issue."""
        free = Q(leased_until=None) | Q(leased_until__lt=clock.now())
        by_hand = Q(batch__source=AwardBatch.Source.SINGLE)
        issuing = Q(batch__badge_class__organiser__standing__in=Organiser.OPERATING)
        return self.filter(free, by_hand | issuing, state=AwardRow.State.DUE)

    def leased_by(self, lease):
        """Return the rows that this lease still holds."""
        return self.filter(state=AwardRow.State.DUE, lease=lease)

    def revoked(self):
        """Return the rows whose badge is to be marked in the status list."""
        return self.filter(assertion__state__in=[REVOKED, WITHDRAWN])


class AwardRow(models.Model):
    """One recipient of a batch; ends as awarded, refused with a reason, or cancelled.

    Everything that the signed badge contains is settled here before it is signed, so that signing again gives the
    same bytes.
    """

    class State(models.TextChoices):
        DUE = "due", _("being awarded")
        AWARDED = "awarded", _("awarded")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")

    class Refusal(models.TextChoices):
        HELD_ALREADY = "held already", _("This person holds the badge already.")
        FORBIDDEN = "forbidden", _("The right to award ended before this row was reached.")
        INTERNAL = "internal", _("The badge could not be made; the portal's keepers can see why.")

    batch = models.ForeignKey(AwardBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(default=1)
    email = models.EmailField()
    name = models.CharField(max_length=150)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    narrative = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    refusal = models.CharField(max_length=20, choices=Refusal, blank=True)

    assertion_key = models.UUIDField(default=uuid.uuid4, unique=True)
    salt = models.CharField(max_length=40, default=new_salt)
    nonce = models.CharField(max_length=43, default=secrets.token_urlsafe)
    issued_at = models.DateTimeField(null=True)
    signing_key = models.ForeignKey("badges.IssuerKey", null=True, on_delete=models.PROTECT, related_name="+")
    status_list = models.ForeignKey("badges.StatusList", null=True, on_delete=models.PROTECT, related_name="rows")
    status_index = models.PositiveIntegerField(null=True)

    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = AwardRowQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="award_row_once"),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="status_index_once"),
            models.CheckConstraint(condition=Q(state="refused") ^ Q(refusal=""), name="refusal_has_a_reason"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="due"), name="award_row_due")]
