"""Under which identity an organiser issues: its did:web, its keys, its status lists."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from badges.openbadges.keys import did_web, verification_method
from badges.openbadges.status import MINIMUM_SIZE
from badges.openbadges.tokens import ED25519, RS256
from portal import clock

LIST_VALIDITY = timedelta(hours=24)


class Installation(models.Model):
    """The address under which this portal issued its first badge; another one would break every badge."""

    base_url = models.URLField()
    since = models.DateTimeField(default=clock.now)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_installation")]


class IssuerQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what the documents say of an issuer."""
        return self.select_related("organiser").prefetch_related("organiser__texts")

    def with_keys(self):
        """Fetch along the keys that may sign now, as `keys_in_use`."""
        return self.prefetch_related(models.Prefetch("keys", IssuerKey.objects.in_use(), to_attr="keys_in_use"))

    def named(self, text):
        """Return the issuers whose organiser has a text in its name, by name; all for an empty one."""
        found = self.filter(organiser__texts__name__icontains=text).distinct() if text else self
        return found.order_by("organiser__slug")


class Issuer(models.Model):
    """The identity behind an organiser's badges: it stays when name and slug change."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.OneToOneField("organisers.Organiser", on_delete=models.PROTECT, related_name="+")

    objects = IssuerQuerySet.as_manager()

    def get_absolute_url(self):
        return reverse("badges:issuer", args=[self.key])

    @property
    def did(self):
        return did_web(settings.BASE_URL, ["issuers", str(self.key)])


class IssuerKeyQuerySet(models.QuerySet):
    def in_use(self):
        """Return the keys that may sign now."""
        return self.filter(valid_to=None, compromised_at=None)

    def counted(self):
        """Add how many documents each signed, as `signed`, and how many wait to be signed anew, as `waiting`."""
        return self.annotate(
            signed=Count("documents"), waiting=Count("documents", filter=Q(documents__replaced_by=None))
        )

    def signing(self, algorithm):
        """Return the keys of a kind that may sign now, the newest first."""
        return self.in_use().filter(algorithm=algorithm).order_by("-number")


class IssuerKey(models.Model):
    """A key of an issuer; never deleted, its private part only ever stored encrypted.

    Proofs inside badges are made with Ed25519 alone; tokens with what the installation chose.
    """

    class Algorithm(models.TextChoices):
        ED25519 = ED25519, "Ed25519"
        RS256 = RS256, "RS256"

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="keys")
    number = models.PositiveSmallIntegerField()
    algorithm = models.CharField(max_length=5, choices=Algorithm, default=Algorithm.ED25519)
    public = models.BinaryField()
    encrypted = models.BinaryField()
    valid_from = models.DateTimeField(default=clock.now)
    valid_to = models.DateTimeField(null=True)
    compromised_at = models.DateTimeField(null=True)

    objects = IssuerKeyQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["issuer", "number"], name="key_number_once")]

    def __repr__(self):
        return f"<IssuerKey {self.method}>"

    @property
    def method(self):
        """The address of the key in the issuer's DID document."""
        return verification_method(self.issuer.did, self.number)


class StatusListQuerySet(models.QuerySet):
    def stale(self):
        """Return the lists to be signed anew: never signed, changed since, or half their validity used up."""
        half = clock.now() - LIST_VALIDITY / 2
        return self.filter(Q(signed_changes__lt=F("changes")) | Q(signed_at__lt=half))

    def up_to_date(self):
        """Return the lists whose signed form holds every change."""
        return self.filter(signed_changes=F("changes"))


class StatusList(models.Model):
    """A list with one bit for each of an issuer's badges; the rows are the truth, the signed list follows them.

    Changes are counted, not timed: a change that commits late, or by another clock, is never taken for a signed one.
    """

    class Purpose(models.TextChoices):
        REVOCATION = "revocation"
        SUSPENSION = "suspension"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="status_lists")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.REVOCATION)
    size = models.PositiveIntegerField(default=MINIMUM_SIZE)
    used = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=1)
    signed_changes = models.PositiveIntegerField(default=0)
    signed_at = models.DateTimeField(null=True)
    body = models.TextField(blank=True)

    objects = StatusListQuerySet.as_manager()

    @property
    def url(self):
        return settings.BASE_URL + reverse("badges:status-list", args=[self.key])

    def taken(self, places) -> set[int]:
        """Return which of some places an award, a statement or a document has."""
        held = (entries.filter(status_index__in=places) for entries in [self.rows, self.attestations, self.supplements])
        return {place for found in held for place in found.values_list("status_index", flat=True)}

    def marked(self) -> list[int]:
        """Return the places that are to be set."""
        found = (self.rows.revoked(), self.attestations.suspended(), self.supplements.withdrawn())
        return [place for entries in found for place in entries.values_list("status_index", flat=True)]
