"""The intent to award: a batch with its rows. What became of a row is an assertion."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from badges.models.holder import Holder
from badges.openbadges.recipients import new_salt
from badges.workflow import COLLECTED, DRAFT, HELD, OUT, READING, REVOKED, UNDONE, WITHDRAWN, AwardBatchWorkflow
from organisers.models import Organiser
from portal import clock

DRAFTS_KEPT = timedelta(days=30)


class AwardBatchQuerySet(models.QuerySet):
    def due_for_release(self):
        """Return the batches whose time to be undone has passed."""
        return self.filter(state=HELD, release_at__lte=clock.now())

    def held(self):
        """Return the batches that can still be undone."""
        return self.filter(state=HELD).select_related("badge_version", "badge_class__organiser")

    def drafts(self):
        """Return the lists that are being prepared."""
        return self.filter(state__in=[READING, DRAFT])

    def forgotten(self):
        """Return the lists that were begun a month ago and never awarded."""
        return self.drafts().filter(created_at__lt=clock.now() - DRAFTS_KEPT)

    def awarded(self):
        """Return the batches that were awarded, the undone ones included."""
        return self.filter(state__in=[HELD, OUT, UNDONE])

    def to_read(self):
        """Return the lists whose file, or change of columns, waits to be read by nobody yet."""
        return self.filter(state=READING).filter(Q(reading_until=None) | Q(reading_until__lt=clock.now()))

    def with_counts(self):
        """Add how many people get the badge, how many collected it, and the name of the first, for a page."""
        named = AwardRow.objects.filter(batch=OuterRef("pk")).order_by("number")
        rows = named.order_by().values("batch").values(n=Count("pk"))
        people = rows.filter(state__in=[AwardRow.State.DUE, AwardRow.State.AWARDED])
        return self.annotate(
            people=Coalesce(Subquery(people), 0),
            collected=Coalesce(Subquery(rows.filter(assertion__state=COLLECTED)), 0),
            first_name=Subquery(named.values("name")[:1]),
        )

    def of(self, organiser):
        """Return the batches of an organiser, the newest first."""
        return self.filter(badge_class__organiser=organiser).order_by("-pk")


class AwardBatch(AwardBatchWorkflow):
    """One act of awarding a badge, to one person or to many."""

    class Source(models.TextChoices):
        SINGLE = "single", _("by hand")
        LIST = "list", _("by list")
        CODE = "code", _("by code")
        CORRECTION = "correction", _("correction")
        PLAYLIST = "playlist", _("by playlist")
        ACTIVITY = "activity", _("by activity")

    LEARNT = [Source.PLAYLIST, Source.ACTIVITY]
    EARNED = [*LEARNT, Source.CODE]

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    once_key = models.CharField(max_length=150, unique=True)
    badge_class = models.ForeignKey("badges.BadgeClass", on_delete=models.PROTECT, related_name="batches")
    badge_version = models.ForeignKey("badges.BadgeClassVersion", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    language = models.CharField(max_length=10)
    awarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    notify = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    release_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")
    list_name = models.CharField(max_length=150, blank=True)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    reading_until = models.DateTimeField(null=True)

    objects = AwardBatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["release_at"], condition=Q(state="held"), name="batch_held")]

    def get_absolute_url(self):
        return reverse("badges:batch", args=[self.badge_class.organiser.slug, self.key])

    @property
    def is_earned(self):
        """Whether the badge was earned by learning or with a code, not given by hand."""
        return self.source in self.EARNED

    @property
    def hold(self):
        """The name under which the mails of the batch wait until it is out."""
        return f"badges.batch:{self.pk}"

    @property
    def is_reading(self):
        return self.state == READING

    @property
    def is_draft(self):
        return self.state == DRAFT

    @property
    def is_held(self):
        return self.state == HELD

    @property
    def is_out(self):
        return self.state == OUT

    @property
    def is_undone(self):
        return self.state == UNDONE

    def counts(self) -> dict[str, int]:
        """Return how many rows are in each state."""
        found = dict(self.rows.order_by().values_list("state").annotate(Count("pk")))
        return {state.value: found.get(state.value, 0) for state in AwardRow.State}


class AwardRowQuerySet(models.QuerySet):
    def due(self):
        """Return the rows that can be worked on: not leased, not paused, what was earned not suspended."""
        free = Q(leased_until=None) | Q(leased_until__lt=clock.now())
        by_hand = ~Q(batch__source__in=AwardBatch.EARNED)
        issuing = Q(batch__badge_class__organiser__standing__in=Organiser.OPERATING)
        return self.filter(free, by_hand | issuing, state=AwardRow.State.DUE, batch__paused_at=None)

    def leased_by(self, lease):
        """Return the rows that this lease still holds."""
        return self.filter(state=AwardRow.State.DUE, lease=lease)

    def with_words(self, words):
        """Return the rows whose address or name holds these words."""
        return self.filter(Q(email__icontains=words) | Q(name__icontains=words))

    def ready(self):
        """Return the rows of a draft that can be awarded."""
        return self.filter(state=AwardRow.State.READY)

    def repeated(self):
        """Return the ready rows whose address stands in an earlier ready row of the same list."""
        place = Window(RowNumber(), partition_by=["batch", "email"], order_by="number")
        later = self.ready().annotate(place=place).filter(place__gt=1)
        return AwardRow.objects.filter(pk__in=later.values("pk"))

    def held_already(self, badge_class):
        """Return the ready rows whose recipient holds the badge."""
        held = apps.get_model("badges.Assertion").objects.blocking().lasting().filter(badge_class=badge_class)
        return self.ready().filter(email__in=held.values("email"))

    def moves_among(self, keys):
        """Return the corrections among some rows that were to give a badge to another address."""
        rows = self.filter(pk__in=list(keys), supersedes__isnull=False).exclude(email=F("supersedes__email"))
        return rows.select_related("supersedes__badge_version__badge_class", "batch__badge_class")

    def revoked(self):
        """Return the rows whose badge is to be marked in the status list."""
        return self.filter(assertion__state__in=[REVOKED, WITHDRAWN])


@dataclass(frozen=True)
class Shown:
    """What everybody may see of what an organiser wrote down of the holder of a badge."""

    narrative: str = ""
    evidence: tuple[str, ...] = ()
    result: str = ""


class AwardRow(Holder, models.Model):
    """One recipient of a batch; ends as awarded, refused with a reason, cancelled or left out.

    Everything that the signed badge contains is settled here before it is signed, so that signing again gives the
    same bytes. Its holder may change later which evidence is public, and whether the result is; then it is signed anew.
    """

    class State(models.TextChoices):
        FAULTY = "faulty", _("to be mended")
        READY = "ready", _("OK")
        LEFT_OUT = "left out", _("left out")
        DUE = "due", _("being awarded")
        AWARDED = "awarded", _("awarded")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")

    class Absence(models.TextChoices):
        REMOVED = "removed", _("Removed by hand.")
        REPEATED = "repeated", _("The same address stands in an earlier row.")
        HELD = "held", _("This person holds the badge already.")

    class Refusal(models.TextChoices):
        HELD_ALREADY = "held already", _("This person holds the badge already.")
        FORBIDDEN = "forbidden", _("The right to award ended before this row was reached.")
        GONE = "gone", _("The badge to be corrected is not valid any more.")
        INTERNAL = "internal", _("The badge could not be made; the portal's keepers can see why.")

    batch = models.ForeignKey(AwardBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(default=1)
    cells = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=150, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    valid_until = models.DateField(null=True)
    narrative = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    result = models.CharField(max_length=60, blank=True)
    public_evidence = models.JSONField(default=list)
    result_is_public = models.BooleanField(default=False)
    narrative_is_public = models.BooleanField(default=False)
    activity_on = models.DateField(null=True)
    supersedes = models.ForeignKey("badges.Assertion", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    absence = models.CharField(max_length=10, choices=Absence, blank=True)
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
            models.CheckConstraint(condition=Q(state="left out") ^ Q(absence=""), name="left_out_for_a_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["faulty", "left out"]) | ~Q(email=""), name="award_row_has_a_recipient"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="due"), name="award_row_due"),
            models.Index(fields=["batch", "state"], name="award_row_states"),
            models.Index(fields=["batch", "email"], name="award_row_email"),
        ]

    def cell(self, field, columns):
        """Return what stands in the list's column for a field."""
        place = columns.get(field, len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""

    @property
    def stays_in_place(self):
        """Whether it corrects a badge of the same address."""
        return self.supersedes_id is not None and self.supersedes.email == self.email

    @property
    def has_something_ticked(self):
        """Whether its holder lets others see anything of it while the badge is published."""
        return self.shown(is_published=True) != Shown()

    def shown(self, *, is_published: bool) -> Shown:
        """Return what everybody may see of it: what its holder ticked, while the badge is published; else nothing."""
        if not is_published:
            return Shown()
        return Shown(
            narrative=self.narrative if self.narrative_is_public else "",
            evidence=tuple(self.public_evidence),
            result=self.result if self.result_is_public else "",
        )

    @property
    def badge_language(self):
        """The language in which the badge is written."""
        return self.language or self.batch.language
