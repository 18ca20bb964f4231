"""When an activity takes place, and who comes."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, Concat, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, Page

from pathways.models.activity import ActivityPage
from pathways.models.times import told_span
from pathways.workflow.registration import ATTENDED, COMING, OFF, REGISTERED, TO_COME, WAITING, RegistrationWorkflow
from portal import clock

CHECK_IN_OPENS = timedelta(hours=2)  # before it begins
CHECK_IN_CLOSES = timedelta(hours=6)  # after it ends
WHEREABOUTS = Concat(
    "page__address", Value("\n"), Coalesce("page__city__name", Value("")), Value("\n"), "room",
    output_field=models.TextField(),
)  # fmt: skip


class ActivityDateQuerySet(models.QuerySet):
    def of(self, activity):
        """Return the dates on a page of an activity, the earliest first."""
        return self.with_place().filter(page=activity).order_by("begins_at", "pk")

    def with_place(self):
        """Fetch along the place, whose time the dates are told in."""
        return self.select_related("page__city", "page__organiser__city")

    def with_line(self, user) -> list:
        """Return the dates, each with how many have a place and wait, and how one stands oneself; three queries."""
        dates = list(self)
        keys = [date.key for date in dates]
        figures = Registration.objects.figures(keys)
        mine = {one.date_key: one for one in Registration.objects.filter(date_key__in=keys, person=user.pk)}
        places = {}
        if any(one.is_waiting for one in mine.values()):
            line = Registration.objects.filter(date_key__in=keys).with_place_in_line()
            places = {one.date_key: one.place for one in line if one.person_id == user.pk}
        for date in dates:
            counted = figures.get(date.key, {"coming": 0, "waiting": 0, "attended": 0})
            date.taken, date.waiting, date.attended = counted["coming"], counted["waiting"], counted["attended"]
            date.is_full = date.capacity is not None and date.taken >= date.capacity
            date.mine, date.place_in_line = mine.get(date.key), places.get(date.key)
        return dates

    def original(self, key):
        """Return the date of a key as the page that was written first has it; None when it is gone."""
        return self.filter(key=key, page__live=True).with_place().order_by("page_id").first()

    def run_by(self, organiser):
        """Return the dates of an organiser's published activities, each once, whatever the languages."""
        return self.as_written().filter(page__organiser=organiser, page__live=True).with_place()

    def as_written(self):
        """Return the dates on the pages that were written first, which those in other languages follow."""
        first = Page.objects.filter(translation_key=OuterRef("page__translation_key")).order_by("pk").values("pk")[:1]
        return self.filter(page=Subquery(first))

    def to_come(self):
        """Return the dates that are not over, the next one first."""
        return self.filter(ends_at__gt=clock.now()).order_by("begins_at", "pk")

    def past(self):
        """Return the dates that are over, the last one first."""
        return self.filter(ends_at__lte=clock.now()).order_by("-begins_at", "pk")


class ActivityDate(Orderable):
    """One date of an activity; rows of translations are made anew with each sync, so others know it by its key."""

    page = ParentalKey(ActivityPage, on_delete=models.CASCADE, related_name="dates")
    key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.CharField(_("room or link"), max_length=250, blank=True, help_text=_("Shown to who is registered."))
    capacity = models.PositiveSmallIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text=_("Leave empty when there is room for everybody. Others wait in order."),
    )
    closes_at = models.DateTimeField(
        _("registration ends"), null=True, blank=True, help_text=_("Leave empty to let people register until it ends.")
    )

    objects = ActivityDateQuerySet.as_manager()
    panels = [
        FieldRowPanel([FieldPanel("begins_at"), FieldPanel("ends_at")]),
        FieldPanel("room"),
        FieldRowPanel([FieldPanel("capacity"), FieldPanel("closes_at")]),
    ]

    def clean(self):
        """Want an end after the beginning, and an end of registration that is not after it."""
        super().clean()
        if self.begins_at and self.ends_at and self.ends_at <= self.begins_at:
            raise ValidationError({"ends_at": _("This is not after it begins.")})
        if self.closes_at and self.ends_at and self.closes_at > self.ends_at:
            raise ValidationError({"closes_at": _("This is after the end.")})

    @property
    def has_begun(self) -> bool:
        return clock.now() >= self.begins_at

    @property
    def is_over(self) -> bool:
        return clock.now() >= self.ends_at

    @property
    def takes_registrations(self) -> bool:
        return clock.now() < (self.closes_at or self.ends_at)

    @property
    def takes_check_ins(self) -> bool:
        return self.begins_at - CHECK_IN_OPENS <= clock.now() <= self.ends_at + CHECK_IN_CLOSES

    @property
    def local_start(self) -> datetime:
        """When it begins as the clock shows it that its readers go by, without a zone."""
        return self.begins_at.astimezone(self.page.told_zone).replace(tzinfo=None)

    @property
    def when(self) -> str:
        """From when until when it lasts."""
        page = self.page
        return told_span(self.begins_at, self.ends_at, page.told_zone, is_named=page.is_online)

    @property
    def whereabouts(self) -> str:
        """Address, city, and room or link, each on a line of its own; `WHEREABOUTS` says the same in a query."""
        return "\n".join([self.page.address, self.page.city.name if self.page.city else "", self.room])

    @property
    def start(self) -> str:
        return self.page.told(self.begins_at)

    @property
    def short_start(self) -> str:
        return self.page.told(self.begins_at, "SHORT_DATETIME_FORMAT")

    @property
    def registration_end(self) -> str:
        return self.page.told(self.closes_at)


def date_ahead(dates) -> ActivityDate | None:
    """Return the date that a learner still has before them, of `dates` with their line; None once one has begun.

    It is the first at which they have a place, or the first of all.
    """
    placed = [date for date in dates if date.mine and (date.mine.is_registered or date.mine.is_attended)]
    first = next(iter(placed or dates), None)
    return first if first and not first.has_begun else None


class RegistrationQuerySet(models.QuerySet):
    def of(self, person):
        """Return a person's registrations."""
        return self.filter(person=person)

    def on(self, date):
        """Return the registrations for a date."""
        return self.filter(date_key=date.key)

    def attended(self):
        """Return those who were there."""
        return self.filter(state=ATTENDED)

    def coming(self):
        """Return those who have a place or were there."""
        return self.filter(state__in=[REGISTERED, ATTENDED])

    def live(self):
        """Return those who have a place, wait for one or were there."""
        return self.filter(state__in=COMING)

    def expected(self):
        """Return those who have a place or wait for one at a date that is not over."""
        return self.filter(state__in=TO_COME, ends_at__gt=clock.now())

    def to_come(self, locale) -> list:
        """Return the live registrations for dates to come, the next one first, each with its `date` and `activity`."""
        mine = {one.date_key: one for one in self.filter(state__in=TO_COME)}
        dates = {}
        for date in (
            ActivityDate.objects.filter(key__in=mine, page__live=True)
            .with_place()
            .to_come()
            .order_by("begins_at", "page_id")
        ):
            dates.setdefault(date.key, date)
        pages = ActivityPage.objects.select_related("locale").by_key({mine[key].activity_key for key in dates}, locale)
        for key, date in dates.items():
            mine[key].date, mine[key].activity = date, pages.get(mine[key].activity_key)
        return [mine[key] for key in dates]

    def outdated(self):
        """Return those whose date is at another time or place than their person knows, or is gone before it came."""
        now = ActivityDate.objects.as_written().filter(key=OuterRef("date_key"), page__live=True)
        found = self.filter(state__in=TO_COME).annotate(
            begins_now=Subquery(now.values("begins_at")[:1]),
            ends_now=Subquery(now.values("ends_at")[:1]),
            there_now=Subquery(now.values(there=WHEREABOUTS)[:1]),
        )
        is_moved = Q(begins_now__isnull=False) & ~Q(begins_now=F("begins_at"), ends_now=F("ends_at"))
        is_elsewhere = Q(whereabouts__isnull=False, begins_now__isnull=False) & ~Q(there_now=F("whereabouts"))
        return found.filter(is_moved | is_elsewhere | Q(begins_now=None, ends_at__gt=clock.now()))

    def in_line(self):
        """Return those who wait, the first to move up first."""
        return self.filter(state=WAITING).order_by("asked_at", "pk")

    def with_place_in_line(self):
        """Say of each who waits how many stand before them, themselves included."""
        return self.in_line().annotate(
            place=Window(RowNumber(), partition_by=F("date_key"), order_by=[F("asked_at").asc(), F("pk").asc()])
        )

    def figures(self, keys) -> dict:
        """Count for each date who has a place, who waits and who was there; one query for all of them."""
        counted = self.filter(date_key__in=keys).values("date_key").order_by()
        rows = counted.annotate(
            coming=Count("pk", filter=Q(state__in=[REGISTERED, ATTENDED])),
            waiting=Count("pk", filter=Q(state=WAITING)),
            attended=Count("pk", filter=Q(state=ATTENDED)),
        )
        return {row["date_key"]: row for row in rows}


class Registration(RegistrationWorkflow):
    """Somebody who wants to come to a date of an activity."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    date_key = models.UUIDField()
    activity_key = models.UUIDField()
    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    country = CountryField(_("country"), blank=True)
    attended_at = models.DateTimeField(null=True)
    begins_at = models.DateTimeField(null=True)  # as the person knows it; the date itself may move or go
    ends_at = models.DateTimeField(null=True)
    whereabouts = models.TextField(null=True)  # likewise, as the date has it

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "date_key"], name="registered_once"),
            models.CheckConstraint(condition=Q(state="attended") ^ Q(attended_at=None), name="attended_has_a_date"),
        ]
        indexes = [models.Index(fields=["date_key", "state", "asked_at"], name="registration_line")]

    @property
    def is_waiting(self):
        return self.state == WAITING

    @property
    def is_registered(self):
        return self.state == REGISTERED

    @property
    def is_attended(self):
        return self.state == ATTENDED

    @property
    def is_cancelled(self):
        return self.state in OFF

    def get_absolute_url(self):
        return f"{reverse('pathways:activity', args=[self.activity_key])}#dates"
