"""Badges of other platforms that people keep here."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock

CHECK_EVERY = timedelta(days=7)


class Finding(models.TextChoices):
    """What became of checking a badge of whatever platform."""

    GENUINE = "genuine", _("genuine")
    ISSUER_UNKNOWN = "issuer-unknown", _("unchanged, its issuer unknown")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")
    NOT_VALID = "not-valid", _("not valid")
    OPEN = "open", _("not checked to the end")

    @classmethod
    def good(cls):
        """Return those of badges that were issued as they say."""
        return (cls.GENUINE, cls.ISSUER_UNKNOWN, cls.EXPIRED)

    @property
    def is_good(self):
        """Whether the badge was issued as it says."""
        return self in Finding.good()


class ImportedBadgeQuerySet(models.QuerySet):
    def of(self, person):
        """Return what a person keeps, the newest first."""
        return self.filter(person=person).order_by("-added_at", "-pk")

    def narrowed(self, *, q="", skill="", year=None, state="", seen=""):
        """Return those that a person looks for; they name no skill, and none has a page for others."""
        if skill or seen == "public":
            return self.none()
        found = self.filter(Q(name__icontains=q) | Q(issuer_name__icontains=q)) if q else self
        if state:
            valid = [Finding.GENUINE, Finding.ISSUER_UNKNOWN]
            found = found.filter(finding__in=valid) if state == "valid" else found.exclude(finding__in=valid)
        return found.filter(issued_at__year=year) if year else found

    def due_for_check(self):
        """Return those that nobody looked at for a week, the longest waiting first."""
        return self.filter(tried_at__lte=clock.now() - CHECK_EVERY).order_by("tried_at", "pk")


class ImportedBadge(models.Model):
    """A badge of another platform, kept as it was received, with what it said when it was checked last."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imported_badges")
    address = models.EmailField(_("sent to"))
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=500)
    generation = models.CharField(max_length=3)
    name = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    issuer_name = models.CharField(max_length=500, blank=True)
    issuer_address = models.CharField(max_length=500, blank=True)
    picture = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    document = models.JSONField(default=dict)
    finding = models.CharField(max_length=20, choices=Finding)
    checked_at = models.DateTimeField(default=clock.now)
    tried_at = models.DateTimeField(default=clock.now)
    added_at = models.DateTimeField(default=clock.now)

    objects = ImportedBadgeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "identifier"], name="imported_badge_once")]
        indexes = [models.Index(fields=["tried_at"], name="imported_badge_tried")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("badges:imported", args=[self.key])

    @property
    def last_day(self):
        """The day that it names as its last, the same in every time zone; None for a badge without an end."""
        return self.expires_at and clock.day_named(self.expires_at)

    @property
    def picture_url(self):
        """The address of its picture; one that we drew where it brought none that can be shown."""
        if self.picture:
            return reverse("files:picture", args=[self.picture])
        return reverse("badges:art-badge", args=[self.key.hex])

    @property
    def is_good(self):
        """Whether the last check found that it was issued as it says."""
        return Finding(self.finding).is_good

    @property
    def is_of_known(self):
        """Whether the last check found that it was issued as it says, and did not find its issuer unknown."""
        return self.is_good and self.finding != Finding.ISSUER_UNKNOWN

    @property
    def could_not_be_read(self):
        """Whether somebody tried to check it since the last check that came to an end."""
        return self.tried_at > self.checked_at
