"""What the authors of a playlist learn of its use, in figures and plots."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from organisers.permissions import may_enter
from organisers.views import organiser_seen
from pathways.figures import FEWEST, Usage
from pathways.models import PageRole, PlaylistPage, lay_routes
from pathways.permissions import may_see_figures
from portal.access import requires
from portal.ui.templatetags.ui import duration


def playlist_seen(user, slug: str, key: UUID) -> PlaylistPage:
    """Fetch a playlist, published or not, for those who write it and the members of its organiser; 404 for others."""
    playlists = PlaylistPage.objects.filter(organiser__slug=slug).select_related("organiser", "locale")
    if not playlists.lent_to(user, PageRole.Role.AUTHOR).filter(translation_key=key).exists():
        playlists = playlists.of(organiser_seen(user, slug))
    if (page := playlists.in_any_state(key, Locale.get_active())) is None:
        raise Http404
    return page


@require_safe
@requires(may_see_figures, of=playlist_seen)
def playlist_figures(request, page):
    """Show how many join and finish a playlist, where they stop, and how long it takes them."""
    stops = lay_routes([page], locale=Locale.get_active())[0].stops
    usage = Usage(page, [stop.key for stop in stops])
    totals, months = usage.totals(), months_of(usage)
    is_told = totals["joined"] + totals["left"] >= FEWEST
    steps = steps_of(usage, stops) if is_told else []
    facts = {
        "organiser": page.organiser,
        "is_member": may_enter(page.organiser, request.user),
        "page": page,
        "fewest": FEWEST,
        "figures": [
            {"label": _("joined"), "number": totals["joined"]},
            {"label": _("active in the last 30 days"), "number": totals["active"] if is_told else "–"},
            {"label": _("finished"), "number": totals["finished"]},
            {"label": _("badges collected"), "number": usage.badges_collected()},
            {"label": _("left again"), "number": totals["left"]},
        ],
        "has_learners": bool(totals["joined"] or totals["left"]),
        "months": months,
        "most_a_month": most(months),
        "steps": steps,
        "most_a_step": most(steps),
        "ends": [{"label": step["label"], "value": step["stopped"], "tone": "danger"} for step in steps],
        "most_ends": max((step["stopped"] for step in steps), default=0),
        "minutes": (minutes := minutes_of(usage, stops)),
        "most_minutes": most(minutes),
    }
    return render(request, "pathways/playlist_figures.html", facts)


def most(bars: list[dict]) -> int:
    """Return what the longest bar shows."""
    return max((bar[name] or 0 for bar in bars for name in ("value", "second")), default=0)


def months_of(usage: Usage) -> list[dict]:
    """Return the last months as bars of who joined and who finished."""
    return [
        {
            "label": date_format(one["month"], "YEAR_MONTH_FORMAT"),
            "value": one["joined"],
            "second": one["finished"],
            "text": _("%(joined)d joined, %(finished)d finished") % one,
        }
        for one in usage.months()
    ]


def steps_of(usage: Usage, stops) -> list[dict]:
    """Return the activities in their order as bars of who reached and passed each, and who stopped there."""
    reached, stopped = usage.reached(), usage.stopped()
    nobody = {"reached": 0, "passed": 0}
    steps = [{"label": _("Before the first activity"), "value": 0, "second": 0, "stopped": stopped.get(None, 0)}]
    for stop in stops:
        found = reached.get(stop.key, nobody)
        steps.append(
            {
                "label": f"{stop.number}. {stop.title}",
                "value": found["reached"],
                "second": found["passed"],
                "text": _("%(passed)d of %(reached)d passed") % found,
                "stopped": stopped.get(stop.key, 0),
            }
        )
    return steps


def minutes_of(usage: Usage, stops) -> list[dict]:
    """Return the activities of which enough is known, as bars of the minutes promised and needed."""
    needed = usage.minutes_needed()
    return [
        {
            "label": stop.title,
            "value": stop.activity.minutes,
            "second": needed[stop.key]["minutes"],
            "text": duration(needed[stop.key]["minutes"]),
            "people": needed[stop.key]["people"],
        }
        for stop in stops
        if stop.key in needed
    ]
