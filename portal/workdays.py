"""Days on which people work: neither weekends nor the holidays that the network keeps."""

from datetime import date, timedelta
from functools import cache
from importlib import import_module
from itertools import takewhile

from django.conf import settings

DAY = timedelta(days=1)


def is_weekend(day: date) -> bool:
    """Say whether a day is a Saturday or Sunday."""
    return day.weekday() >= 5


def is_free(day: date) -> bool:
    """Say whether a day is on a weekend or a public holiday of the country in settings."""
    return is_weekend(day) or bool(settings.HOLIDAYS and day in public_holidays(settings.HOLIDAYS))


@cache
def public_holidays(country: str):
    """Return the public holidays of a country; the library is loaded where a network keeps some."""
    return import_module("holidays").country_holidays(country)


def moved_to_working_day(day: date, free=is_free) -> date:
    """Return the day, or the next on which people work."""
    return day + len(list(takewhile(free, (day + number * DAY for number in range(366))))) * DAY


def working_days_after(day: date, number: int, free=is_free) -> date:
    """Return the day that so many working days lie after another; the day itself is not counted."""
    for _ in range(number):
        day = moved_to_working_day(day + DAY, free)
    return day


def working_days_between(first: date, end: date, free=is_free) -> int:
    """Return how many working days there are from a day to the day before another."""
    return sum(not free(first + number * DAY) for number in range((end - first).days))
