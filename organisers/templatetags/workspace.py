"""The rail of an organiser's workspace."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from organisers.permissions import (
    may_answer_questions,
    may_author,
    may_enter,
    may_issue,
    may_manage,
    may_review,
    may_run_dates,
)

register = template.Library()

# Pages of the apps above are named by their address alone, and left out where that app is not installed.
ITEMS = [
    ("organisers:overview", _("Overview"), "house", may_enter),
    ("badges:badge-list", _("Badges"), "badge", may_enter),
    ("badges:batch-list", _("Awards"), "send", may_issue),
    ("badges:issued-list", _("Issued"), "list", may_issue),
    ("badges:endorsement-list", _("Endorsements"), "star", may_issue),
    ("badges:figures", _("Figures"), "chart", may_issue),
    ("pathways:content-list", _("Playlists"), "walk", may_author),
    ("pathways:date-list", _("Dates"), "calendar", may_run_dates),
    ("pathways:review-list", _("Reviews"), "eye", may_review),
    ("pathways:question-list", _("Questions"), "chat", may_answer_questions),
    ("organisers:members", _("People"), "people", may_enter),
    ("organisers:units", _("Units"), "building", may_manage),
    ("organisers:verification", _("Verification"), "shield", may_enter),
    ("quality_label:own", _("Quality Label"), "label", may_enter),
    ("organisers:edit", _("Profile"), "settings", may_manage),
]


@register.simple_tag(takes_context=True)
def workspace_items(context, organiser):
    """Return the links that a member's roles open, with the current one marked; a page may name its `place`."""
    request = context["request"]
    items = []
    for name, label, icon, predicate in ITEMS:
        if not predicate(organiser, request.user):
            continue
        try:
            url = reverse(name, args=[organiser.slug])
        except NoReverseMatch:
            continue
        items.append({"url": url, "name": label, "icon": icon})
    place = context.get("place", request.path)
    here = max((item["url"] for item in items if place.startswith(item["url"])), key=len, default="")
    return [item | {"current": item["url"] == here} for item in items]
