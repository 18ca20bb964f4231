"""What one organiser states of another one, signed: an achievement, or an endorsement that the other's badges carry."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse

from badges.subjects import BADGE, ORGANISER
from organisers.models import Organiser
from portal import clock

CARRIED = 5  # endorsements of an issuer, and as many of a badge: each is larger than the badge itself


class AttestationQuerySet(models.QuerySet):
    def kept(self):
        """Leave out those that were erased with the holder of the badge that they were about."""
        return self.exclude(body="")

    def endorsements(self):
        """Return the statements that badges of the endorsed organiser carry."""
        return self.filter(kind=Attestation.Kind.ENDORSEMENT)

    def about(self, issuer):
        """Return what is stated of an issuer itself, not of something that it has."""
        return self.filter(Q(endorsement=None) | Q(endorsement__kind=ORGANISER), about=issuer)

    def about_version(self, version):
        """Return what is stated of a badge as it was frozen."""
        return self.filter(endorsement__kind=BADGE, endorsement__badge_version=version)

    def standing(self):
        """Return what holds now."""
        in_time = Q(valid_until=None) | Q(valid_until__gt=clock.now())
        return self.kept().filter(in_time, suspended_at=None, withdrawn_at=None)

    def to_carry(self):
        """Return what badges carry: what the network states, then the newest of organisers that may act, not all."""
        counts = Q(endorsement=None) | Q(endorsement__endorser__standing__in=Organiser.OPERATING)
        ours_first = Case(When(endorsement=None, then=0), default=1)
        return self.standing().filter(counts).order_by(ours_first, "-pk")[:CARRIED]

    def suspended(self):
        """Return what is to be marked in the status list; what was withdrawn stays marked for good."""
        return self.filter(Q(suspended_at__isnull=False) | Q(withdrawn_at__isnull=False))


class Attestation(models.Model):
    """A signed credential about an organiser, with the one place in a list by which it is suspended or withdrawn."""

    class Kind(models.TextChoices):
        ACHIEVEMENT = "achievement"
        ENDORSEMENT = "endorsement"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    issuer = models.ForeignKey("badges.Issuer", on_delete=models.PROTECT, related_name="attestations")
    about = models.ForeignKey("badges.Issuer", on_delete=models.PROTECT, related_name="attested")
    badge_version = models.ForeignKey(
        "badges.BadgeClassVersion", null=True, on_delete=models.PROTECT, related_name="attestations"
    )
    status_list = models.ForeignKey("badges.StatusList", on_delete=models.PROTECT, related_name="attestations")
    status_index = models.PositiveIntegerField()
    signing_key = models.ForeignKey("badges.IssuerKey", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    suspended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="attestation_index_once"),
            models.CheckConstraint(
                condition=Q(kind="achievement", badge_version__isnull=False)
                | Q(kind="endorsement", badge_version__isnull=True),
                name="attestation_of_a_badge_or_not",
            ),
        ]

    @property
    def last_day(self):
        """The last day on which it holds, as people in the network's time zone count: its end is the next midnight.

        None where it has no end.
        """
        return self.valid_until and clock.day_of(self.valid_until - timedelta(microseconds=1))

    @property
    def address(self):
        """Where software fetches it."""
        return settings.BASE_URL + reverse("badges:attestation-credential", args=[self.key])
