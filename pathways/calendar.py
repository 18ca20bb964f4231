"""Dates as files for calendars (RFC 5545)."""

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from pathways.models import ActivityDate
from portal import clock


def file_of(date: ActivityDate) -> bytes:
    """Return a date of an activity as a calendar of one event."""
    page = date.page.specific
    event = Event()
    event.add("uid", f"{date.key}@{settings.BASE_URL.split('//')[-1]}")
    event.add("dtstamp", clock.now())
    event.add("sequence", page.live_revision_id or 0)
    event.add("dtstart", date.begins_at)
    event.add("dtend", date.ends_at)
    event.add("summary", page.title)
    event.add("description", page.summary)
    event.add("url", settings.BASE_URL + reverse("pathways:activity", args=[page.translation_key]))
    if page.whereabouts:
        event.add("location", page.whereabouts)
    if page.is_on_map:
        event.add("geo", (float(page.latitude), float(page.longitude)))
    found = Calendar()
    found.add("prodid", "-//Waymark//EN")
    found.add("version", "2.0")
    found.add_component(event)
    return found.to_ical()
