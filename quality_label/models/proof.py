"""What proves an application: evidence, what was frozen when it was handed in, and the sample that was drawn."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.files.models import StoredFile

MOST_EVIDENCE = 40


class EvidenceQuerySet(models.QuerySet):
    def files(self):
        """Return what is a file of ours."""
        return self.exclude(file=None).select_related("file", "application")

    def shown(self):
        """Return what assessors may look at: neither taken away nor hidden for the personal data in it."""
        return self.filter(removed_at=None, hidden_at=None).select_related("file")

    def handed_in_by(self, snapshot):
        """Return what was attached when something was handed in; what is attached since nobody else reads yet."""
        return self.filter(added_at__lte=snapshot.made_at) if snapshot else self.none()

    def kept(self):
        """Return what the applicant did not take away."""
        return self.filter(removed_at=None).select_related("file", "added_by")

    def hidden(self):
        """Return what was hidden for the personal data in it and not replaced."""
        return self.filter(removed_at=None, hidden_at__isnull=False)

    def twin_of(self, file):
        """Return what was attached with the very same file; None where nothing was."""
        return self.filter(file__sha256=file.sha256).first()

    def serving(self, code):
        """Return what was attached to a criterion."""
        return [item for item in self if code in item.criteria]


class Evidence(models.Model):
    """A link, a file or a record of the portal that shows how a criterion is met."""

    class Kind(models.TextChoices):
        LINK = "link", _("Link")
        FILE = "file", _("File")
        RECORD = "record", _("Page of this portal")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="evidence")
    condition = models.ForeignKey(
        "quality_label.Condition", null=True, on_delete=models.CASCADE, related_name="attached"
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    title = models.CharField(_("title"), max_length=150)
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    from_minute = models.PositiveSmallIntegerField(_("from minute"), null=True, blank=True)
    dated_on = models.DateField(_("date of what it shows"))
    is_plan = models.BooleanField(_("a plan, not practice"), default=False)
    criteria = models.JSONField()
    is_asked_for = models.BooleanField(default=True, editable=False)
    is_free_of_personal_data = models.BooleanField(default=False)
    seen_on = models.DateField(null=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_words = models.TextField(max_length=1000, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="evidence_number_once"),
            models.CheckConstraint(
                condition=(Q(kind="file", file__isnull=False, url="") | (~Q(kind="file") & Q(file=None) & ~Q(url=""))),
                name="evidence_is_one_thing",
            ),
            models.CheckConstraint(condition=~Q(criteria=[]), name="evidence_serves_a_criterion"),
            models.CheckConstraint(condition=Q(is_free_of_personal_data=True), name="evidence_names_nobody"),
        ]

    def __str__(self):
        return self.title

    @property
    def opens_at(self) -> str:
        """Where it is looked at: its file, or the page that it names."""
        return reverse("quality_label:evidence", args=[self.key]) if self.file_id else self.url

    def frozen(self) -> dict | None:
        """Return what was handed in of it, by the first snapshot that names it; None where none does."""
        for snapshot in self.application.snapshots.order_by("pk"):
            for item in snapshot.document["evidence"]:
                if item["number"] == self.number:
                    return item
        return None

    def digest_handed_in(self) -> str:
        """Return the SHA-256 that its file was handed in with, or attached with where nothing was handed in yet."""
        frozen = self.frozen()
        return frozen["sha256"] if frozen else self.file.sha256

    def digest_stored(self) -> str:
        """Return the SHA-256 of its file as it is stored now."""
        with self.file.content.open("rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest()


class Snapshot(models.Model):
    """The whole application as it was handed in, for good; `sha256` is of the document as it is written out."""

    class Cause(models.TextChoices):
        SUBMITTED = "submitted", _("handed in")
        COMPLETED = "completed", _("completed")
        ANSWERED = "answered", _("questions answered")
        REPLACED = "replaced", _("hidden evidence replaced")

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="snapshots")
    cause = models.CharField(max_length=10, choices=Cause)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(cause="submitted"), name="application_submitted_once"
            )
        ]


class SampledBadgeQuerySet(models.QuerySet):
    def names(self) -> dict[str, str]:
        """Return what the badges are called in the reader's language, by the keys of the badges."""
        found = self.select_related("badge_version__badge_class")
        return {str(one.badge_version.badge_class.key): one.badge_version.words()["name"] for one in found}


class SampledBadge(models.Model):
    """A badge that the assessors look at: chosen by the applicant or drawn."""

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="sample")
    badge_version = models.ForeignKey("badges.BadgeClassVersion", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    is_chosen = models.BooleanField()

    objects = SampledBadgeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="sampled_badge_once")]


class SampledAward(models.Model):
    """An award of a sampled badge; assessors know its holder by the number alone."""

    badge = models.ForeignKey(SampledBadge, on_delete=models.CASCADE, related_name="awards")
    assertion = models.ForeignKey("badges.Assertion", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["badge", "assertion"], name="sampled_award_once")]
