"""Moments as people read them: in the time of the place, which is named where the reader's clock shows another."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext


def told(moment: datetime, zone: ZoneInfo, form: str = "DATETIME_FORMAT", *, is_named: bool = False) -> str:
    """Say a moment as the clocks of a zone show it; `is_named` names the zone even where the reader's is the same."""
    return named(date_format(moment.astimezone(zone), form), moment, zone, is_named=is_named)


def told_span(begins: datetime, ends: datetime, zone: ZoneInfo, *, is_named: bool = False) -> str:
    """Say from when until when something lasts; the day once where it is the same."""
    first, last = begins.astimezone(zone), ends.astimezone(zone)
    if first.date() == last.date():
        day = date_format(first, "DATE_FORMAT")
        words = f"{day}, {date_format(first, 'TIME_FORMAT')}–{date_format(last, 'TIME_FORMAT')}"
    else:
        words = f"{date_format(first, 'DATETIME_FORMAT')} – {date_format(last, 'DATETIME_FORMAT')}"
    return named(words, begins, zone, is_named=is_named)


def named(words: str, moment: datetime, zone: ZoneInfo, *, is_named: bool) -> str:
    """Name the zone after a time, where it is wanted or the reader's clock shows another time at that moment."""
    is_readers = moment.astimezone(zone).utcoffset() == timezone.localtime(moment).utcoffset()
    if is_readers and not is_named:
        return words
    place = zone.key.rpartition("/")[2].replace("_", " ")
    return gettext("%(when)s, %(place)s time") % {"when": words, "place": place}
