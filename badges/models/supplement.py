"""Documents that an issuer adds to a badge already issued, such as a Diploma Supplement, and parcels of many."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from badges.models.assertion import Assertion
from badges.workflow import COLLECTED
from organisers.models import Organiser
from portal import clock
from portal.files.models import StoredFile

KEPT_UNTIL_SENT = timedelta(days=7)  # of a parcel that nobody added: it holds addresses and documents


class SupplementQuerySet(models.QuerySet):
    def standing(self):
        """Return the documents that were neither taken back nor erased with the holder of their badge."""
        return self.filter(withdrawn_at=None, file__isnull=False)

    def withdrawn(self):
        """Return those that were taken back; their places in the status lists are set."""
        return self.exclude(withdrawn_at=None)

    def shown(self):
        """Return those that their holders made visible, while the badge stands."""
        return self.standing().filter(is_public=True, assertion__state=COLLECTED)

    def open_to_all(self):
        """Return what everybody may open: what is shown with a badge that everybody sees."""
        return self.shown().filter(assertion__in=Assertion.objects.visible_to(AnonymousUser()))

    def visible_to(self, user):
        """Return the documents that a person may open: what is shown, their own, and those of badges they issue."""
        public = Q(pk__in=self.open_to_all().values("pk"))
        if not user.is_authenticated:
            return self.open_to_all()
        own = Q(assertion__in=Assertion.objects.for_person(user))
        issued = Q(assertion__badge_class__organiser__in=Organiser.objects.held_by(user, "owner", "issuer"))
        return self.standing().filter(public | own | issued)


class Supplement(models.Model):
    """A document added to a badge, with the issuer's signed statement of what its bytes are; private at first."""

    MOST = 20  # that stand on one badge

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assertion = models.ForeignKey(Assertion, on_delete=models.PROTECT, related_name="supplements")
    title = models.CharField(max_length=150)
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    is_public = models.BooleanField(default=False)
    statement = models.TextField()
    signing_key = models.ForeignKey("badges.IssuerKey", on_delete=models.PROTECT, related_name="+")
    status_list = models.ForeignKey("badges.StatusList", on_delete=models.PROTECT, related_name="supplements")
    status_index = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)

    objects = SupplementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assertion", "sha256"], condition=Q(withdrawn_at=None), name="supplement_stands_once"
            ),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="supplement_index_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, file__isnull=False)
                | Q(withdrawn_at__isnull=False, file=None, is_public=False)
                | Q(statement="", title="", file=None, is_public=False),
                name="withdrawn_supplement_has_no_file",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("badges:supplement", args=[self.key])

    @property
    def address(self) -> str:
        """Where the file is fetched, by those who may see it."""
        return settings.BASE_URL + self.get_absolute_url()

    @property
    def statement_address(self) -> str:
        """Where software fetches the signed statement."""
        return settings.BASE_URL + reverse("badges:supplement-statement", args=[self.key])


class SupplementParcelQuerySet(models.QuerySet):
    def forgotten(self):
        """Return those that nobody added within a week."""
        return self.filter(sent_at=None, made_at__lt=clock.now() - KEPT_UNTIL_SENT)


class SupplementParcel(models.Model):
    """Many documents for the badges of one award, read and not added yet: a ZIP, and what becomes of each row."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    batch = models.ForeignKey("badges.AwardBatch", on_delete=models.CASCADE, related_name="+")
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    plan = models.JSONField(default=list)  # of each row: number, who, file, title, badge, fault
    unused = models.JSONField(default=list)  # names of files that no row names
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    sent_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)

    objects = SupplementParcelQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def get_absolute_url(self):
        return reverse(
            "badges:supplement-parcel", args=[self.batch.badge_class.organiser.slug, self.batch.key, self.key]
        )

    @property
    def ready(self) -> list[dict]:
        """The rows whose document can be added."""
        return [row for row in self.plan if not row["fault"]]

    @property
    def faulty(self) -> list[dict]:
        """The rows that cannot be used."""
        return [row for row in self.plan if row["fault"]]
