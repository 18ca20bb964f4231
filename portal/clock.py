"""The one clock: every 'now' of the product comes from here, so tests and the demo can move it."""

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.utils import timezone

Day = TypeVar("Day", date, datetime)

FIRST = datetime(1, 1, 2, tzinfo=UTC)
LAST = datetime(9999, 12, 30, 23, 59, tzinfo=UTC)
# Where the first zone that the tz database names for a country is not that of most of its people.
OF_MOST_PEOPLE = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
}
_moved: ContextVar[timedelta | datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """Return the present moment in UTC, or where the clock was moved to."""
    moved = _moved.get()
    if isinstance(moved, datetime):
        return moved
    return timezone.now() + (moved or timedelta())


def today() -> date:
    """Return today's date in the network's time zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the date that a moment falls on in the network's time zone."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def day_named(end: datetime) -> date:
    """Return the day that an end in a document names, the same for readers in every time zone."""
    return end.astimezone(UTC).date()


def beginning_of(day: date) -> datetime:
    """Return the moment at which a day begins in the network's time zone."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


@cache
def _zones() -> dict[str, str]:
    lines = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {country: name for country, _place, name, *_words in reversed(rows)} | OF_MOST_PEOPLE


def zone_in(country: str) -> ZoneInfo:
    """Return the time zone of most people in a country; the network's where the country is not known."""
    name = _zones().get(str(country))
    return ZoneInfo(name) if name else timezone.get_default_timezone()


@contextmanager
def moved_to(moment: datetime | timedelta) -> Iterator[None]:
    """Stop the clock at a moment, or let it run shifted by a distance, inside the block."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)


def in_calendar(moment: datetime) -> datetime:
    """Return a moment, moved by a day at the ends of the calendar, where it could not be told in every time zone."""
    return min(max(moment, FIRST), LAST)


def is_in_reach(day: date, today: date | None = None) -> bool:
    """Say whether a day or moment that a person gave lies between 1900 and a hundred years from now.

    The ends of the calendar, such as the 9999-12-31 that spreadsheets know for “never”, overflow in time zones.
    """
    return 1900 <= day.year <= (today or now()).year + 100


def months_later(day: Day, months: int) -> Day:
    """Return the same day `months` later; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_months(first: date, last: date) -> int:
    """Return how many months have gone by from one day to another, as `months_later` counts them."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_later(first, months) <= last else months - 1
