"""Badges that end and that a playlist renews: their holders are told in time."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from badges.models import Assertion
from pathways.models import PlaylistPage
from portal import clock
from portal.audit.log import record
from portal.audit.models import AuditEvent
from portal.notifications.actions import notify

REMIND_BEFORE = [timedelta(days=60), timedelta(days=14)]
REMINDED = "pathways.remind_of_end"


def ending_soon():
    """Return the badges that end within two months and that a playlist renews."""
    renewed = PlaylistPage.objects.open_to_all().filter(renews_badge=True).values("badge_class")
    rows = Assertion.objects.out().live().filter(badge_class__in=renewed, is_renewed=False)
    return rows.expiring_soon().select_related("badge_class")


@transaction.atomic
def remind_of_end(assertion: Assertion) -> None:
    """Tell who holds a badge that it ends: 60 and 14 days before, each once, with the way to renew it."""
    assertion = Assertion.objects.select_for_update(of=("self",), no_key=True).get(pk=assertion.pk)
    due = [assertion.expires_at - before for before in REMIND_BEFORE if assertion.expires_at - before <= clock.now()]
    holder = assertion.holder()
    if not due or holder is None or not Assertion.objects.renewable_by(holder).filter(pk=assertion.pk).exists():
        return
    if AuditEvent.objects.about(assertion).filter(verb=REMINDED, at__gte=due[-1]).exists():
        return
    playlist = PlaylistPage.objects.open_to_all().renewing([assertion.badge_class_id]).order_by("pk").first()
    record(REMINDED, about=assertion)
    facts = {"link": reverse("pathways:playlist", args=[playlist.translation_key])}
    notify([holder], "pathways/badge_ends", about=assertion, facts=facts)
