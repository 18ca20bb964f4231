"""What became of an organiser's awards, in figures and plots."""

from datetime import datetime, time, timedelta

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from badges.models import Assertion, BadgeClass
from organisers.permissions import may_issue
from organisers.views import organiser_seen
from portal import clock
from portal.access import requires
from portal.ui.templatetags.ui import share

WEEKS = 12
PLOTTED = 10


@requires(may_issue, of=organiser_seen)
def figures(request, organiser):
    """Show how many badges an organiser awarded in each of the last weeks, and how many were collected, by badge."""
    issued = Assertion.objects.of(organiser).out()
    total, weeks, badges = issued.tallied(), weeks_of(issued), badges_of(issued, organiser)
    context = {
        "organiser": organiser,
        "figures": [
            {"label": _("awarded"), "number": total["awarded"]},
            {"label": _("collected"), "number": total["collected"]},
            {"label": _("of those awarded were collected"), "number": percent(total)},
            {"label": _("waiting to be collected"), "number": total["waiting"]},
        ],
        "weeks": weeks,
        "most_a_week": max(week["value"] for week in weeks),
        "badges": badges,
        "plotted": badges[:PLOTTED],
        "most_a_badge": badges[0]["value"] if badges else 0,
    }
    return render(request, "badges/figures.html", context)


def weeks_of(issued) -> list[dict]:
    """Return the last weeks, also those without an award, as bars."""
    this = clock.today() - timedelta(days=clock.today().weekday())
    mondays = [this - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    lately = issued.filter(issued_at__gte=make_aware(datetime.combine(mondays[0], time())))
    found = {week["week"].date(): week for week in lately.by_week()}
    return [
        bar(date_format(monday, "MONTH_DAY_FORMAT"), found.get(monday, {"awarded": 0, "collected": 0}))
        for monday in mondays
    ]


def badges_of(issued, organiser) -> list[dict]:
    """Return the badges that were awarded as bars, the most awarded first."""
    names = {badge.pk: badge for badge in BadgeClass.objects.of(organiser).with_words()}
    return [
        bar(names[tally["badge_class"]].name, tally) | {"tally": tally, "badge": names[tally["badge_class"]]}
        for tally in issued.by_badge()
    ]


def bar(label: str, tally: dict) -> dict:
    """Return a bar of what was awarded with one of what was collected."""
    awarded, collected = tally["awarded"], tally["collected"]
    text = _("%(collected)d of %(awarded)d") % {"collected": collected, "awarded": awarded} if awarded else "–"
    return {"label": label, "value": awarded, "second": collected, "text": text, "share": percent(tally)}


def percent(tally: dict) -> str:
    """Return how much of what was awarded was collected."""
    return f"{share(tally['collected'], tally['awarded'])} %" if tally["awarded"] else "–"
