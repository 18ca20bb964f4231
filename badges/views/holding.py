"""What the holder of a badge finds on its page beside what others see: who sees it, where, and what happened."""

from django.conf import settings
from django.utils.translation import gettext as _

from badges.models import Collection, ReaderShare
from badges.permissions import may_publish
from badges.views.issued import ending, papers
from portal.audit.models import AuditEvent

SHOWING = ["badges.publish", "badges.hide", "badges.show", "badges.show_documents", "badges.share"]
ASKING = ["badges.ask_correction", "badges.decline_correction"]


def holding(assertion, user) -> dict:
    """Return what the page shows its holder."""
    return {
        "may_publish": may_publish(assertion, user) and assertion.is_collected,
        "collections": Collection.objects.of(user).holding(assertion),
        "history": history(assertion),
        "asked": assertion.correction_requests.open().first(),
        "versions": languages(assertion),
        "reader_shares": ReaderShare.objects.of(user).running().holding(assertion).select_related("person"),
    }


def history(assertion) -> list[dict]:
    """Return what happened to a badge as its holder follows it, in order."""
    issuer = assertion.badge_class.organiser.name
    events = [event | {"by": issuer} for event in beginning(assertion)]
    if assertion.collected_at:
        events.append({"title": _("Collected"), "tone": "success", "when": assertion.collected_at})
    for event in AuditEvent.objects.about(assertion).filter(verb__in=SHOWING + ASKING).order_by("pk"):
        events.append({"title": said(event), "when": event.at})
    events += [event | {"by": issuer} for event in papers(assertion)]
    return sorted(events + ending(assertion), key=lambda event: event["when"])


def beginning(assertion) -> list[dict]:
    """Return when a badge was awarded, and when each correction took the place of the one before."""
    events = []
    while former := assertion.row.supersedes:
        events.append({"title": _("Corrected"), "when": assertion.issued_at})
        assertion = former
    return [{"title": _("Awarded"), "when": assertion.issued_at}, *events]


def said(event) -> str:
    """Return what its holder did, and what they were answered, in words."""
    if event.verb == "badges.publish":
        return _("Published with your name") if event.facts["name"] else _("Published without your name")
    return {
        "badges.hide": _("Made private"),
        "badges.show": _("What others see of it changed"),
        "badges.show_documents": _("Documents for others changed"),
        "badges.share": _("Shown to one reader"),
        "badges.ask_correction": _("Correction asked for"),
        "badges.decline_correction": _("The organiser answered: it stays as it is"),
    }[event.verb]


def languages(assertion) -> list[tuple[str, str]]:
    """Return the languages in which the badge has words and the portal has pages; none where it is one alone."""
    known = dict(settings.LANGUAGES)
    there = [code for code in assertion.badge_version.content["texts"] if code in known]
    return [(code, known[code]) for code in there] if len(there) > 1 else []
