"""Claim codes: handed out at an event, each good for one or for many, and who used them."""

import secrets
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from badges.models.holder import Holder
from badges.workflow import AWARDED, COUNTED, DECLINED, UNPROVEN, WAITING, CodeUseWorkflow
from portal import clock

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # nothing that is read as something else, no vowels to spell a word with
LENGTH = 10
MOST_CODES = 500
MOST_USES = 10_000


def new_code() -> str:
    """Return a code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def typed_code(text: str) -> str:
    """Return a code as it is stored from what a person typed: small letters, spaces and hyphens are forgiven."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


class CodeSeriesQuerySet(models.QuerySet):
    def of(self, organiser):
        """Return the series of an organiser, the newest first."""
        return self.filter(badge_class__organiser=organiser).order_by("-pk")

    def with_words(self):
        """Fetch along what a list of series shows."""
        return self.select_related("badge_class__organiser", "created_by").prefetch_related(
            "badge_class__texts", "badge_class__organiser__texts"
        )

    def with_counts(self):
        """Add how many codes there are, how often they can be and were used, and how many people wait."""
        codes = ClaimCode.objects.filter(series=OuterRef("pk")).order_by().values("series")
        waiting = CodeUse.objects.waiting().filter(series=OuterRef("pk")).order_by().values("series")
        return self.annotate(
            code_count=Coalesce(Subquery(codes.values(n=Count("pk"))), 0),
            uses=Coalesce(Subquery(codes.values(n=Sum("uses"))), 0),
            used=Coalesce(Subquery(codes.values(n=Sum("used"))), 0),
            waiting=Coalesce(Subquery(waiting.values(n=Count("pk"))), 0),
        )


class CodeSeries(models.Model):
    """Codes for one badge, made together for one occasion."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    badge_class = models.ForeignKey("badges.BadgeClass", on_delete=models.PROTECT, related_name="code_series")
    title = models.CharField(_("occasion"), max_length=100)
    valid_from = models.DateTimeField(_("valid from"), default=clock.now)
    valid_until = models.DateTimeField(_("valid until"))
    needs_approval = models.BooleanField(_("ask us before each award"), default=False)
    language = models.CharField(_("language of the badge"), max_length=10)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = CodeSeriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="codes_end_after_they_begin")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("badges:codes", args=[self.badge_class.organiser.slug, self.key])

    @property
    def shown_from(self):
        """When it begins, in a form that can be told in every time zone."""
        return clock.in_calendar(self.valid_from)

    @property
    def shown_until(self):
        """When it ends, in a form that can be told in every time zone."""
        return clock.in_calendar(self.valid_until)

    @property
    def is_closed(self):
        return self.closed_at is not None

    @property
    def is_over(self):
        return self.valid_until < clock.now()

    @property
    def is_to_come(self):
        return self.valid_from > clock.now()


class ClaimCodeQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what the page of a code shows."""
        return self.select_related("series__badge_class__organiser__city").prefetch_related(
            "series__badge_class__texts", "series__badge_class__organiser__texts"
        )


class ClaimCode(models.Model):
    """One code, and how often it was used; only uses with a proved address count."""

    series = models.ForeignKey(CodeSeries, on_delete=models.PROTECT, related_name="codes")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=LENGTH, unique=True, default=new_code)
    uses = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_USES)])
    used = models.PositiveIntegerField(default=0)

    objects = ClaimCodeQuerySet.as_manager()

    class Meta:
        ordering = ["series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="code_number_once"),
            models.CheckConstraint(condition=Q(uses__gte=1, uses__lte=MOST_USES), name="code_has_uses"),
            models.CheckConstraint(condition=Q(used__gte=0, used__lte=F("uses")), name="code_is_not_used_too_often"),
        ]

    def __str__(self):
        return f"{self.code[:5]}-{self.code[5:]}"

    def get_absolute_url(self):
        return reverse("badges:code", args=[str(self)])

    @property
    def address(self):
        """The address to which the QR code leads."""
        return settings.BASE_URL + self.get_absolute_url()


class CodeUseQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what the pages about a use show."""
        return self.select_related("series__badge_class__organiser__city", "code", "batch").prefetch_related(
            "series__badge_class__texts", "series__badge_class__organiser__texts"
        )

    def in_state(self, state):
        """Return the uses that are in one state."""
        return self.filter(state=state)

    def proven(self):
        """Return the uses of people who proved their address."""
        return self.exclude(state=UNPROVEN)

    def counted(self):
        """Return the uses that count against their code."""
        return self.filter(state__in=COUNTED)

    def waiting(self):
        """Return the uses that wait for the organiser's answer."""
        return self.filter(state=WAITING)

    def awarded(self):
        """Return the uses that led to an award."""
        return self.filter(state=AWARDED)

    def forgotten(self, since):
        """Return the uses whose address was not proved since a moment."""
        return self.filter(state=UNPROVEN, asked_at__lt=since)


class CodeUse(Holder, CodeUseWorkflow):
    """One address that asked for a badge with a code; a series gives each address one."""

    series = models.ForeignKey(CodeSeries, on_delete=models.PROTECT, related_name="people")
    code = models.ForeignKey(ClaimCode, on_delete=models.PROTECT, related_name="people")
    email = models.EmailField()
    name = models.CharField(max_length=150)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=10)
    nonce = models.CharField(max_length=43, default=secrets.token_urlsafe)
    asked_at = models.DateTimeField(default=clock.now)
    proved_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    batch = models.OneToOneField("badges.AwardBatch", null=True, on_delete=models.PROTECT, related_name="+")

    objects = CodeUseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "email"], name="one_use_a_series"),
            models.CheckConstraint(
                condition=Q(state="unproven") ^ Q(proved_at__isnull=False), name="proven_use_has_a_date"
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="unproven"), name="code_use_unproven")]

    @property
    def is_unproven(self):
        return self.state == UNPROVEN

    @property
    def is_waiting(self):
        return self.state == WAITING

    @property
    def is_awarded(self):
        return self.state == AWARDED

    @property
    def is_declined(self):
        return self.state == DECLINED
