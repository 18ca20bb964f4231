"""The yearly report: what everybody reads of the network's work, as a page and as open data."""

import csv
from dataclasses import asdict

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_countries import countries

from portal.access import public
from quality_label.figures import Year, figures_of, years
from quality_label.models import FrameworkVersion
from quality_label.wording import title_of

AGE = 3600  # seconds for which a copy may be shown
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NAMES = {
    "handed_in": gettext_lazy("applications handed in"),
    "awarded": gettext_lazy("labels awarded"),
    "awarded_conditions": gettext_lazy("labels awarded with conditions"),
    "without_label": gettext_lazy("ended without a label"),
    "returned": gettext_lazy("returned to be completed"),
    "questions": gettext_lazy("rounds of questions to applicants"),
    "extended": gettext_lazy("decisions that took more days"),
    "broken": gettext_lazy("decisions after the promised day"),
    "departures": gettext_lazy("decisions that depart from the rule"),
    "appeals": gettext_lazy("appeals that ended"),
    "appeals_upheld": gettext_lazy("of them upheld, wholly or in part"),
    "conditions_met": gettext_lazy("conditions met"),
    "conditions_extended": gettext_lazy("of them after 30 more days"),
    "in_force": gettext_lazy("labels in force at the end"),
    "renewed": gettext_lazy("labels renewed"),
    "suspended": gettext_lazy("suspensions"),
    "revoked": gettext_lazy("labels revoked"),
    "given_back": gettext_lazy("labels given back"),
    "expired": gettext_lazy("labels expired"),
}
TOP = ["handed_in", "awarded", "awarded_conditions", "in_force"]


def year_seen(year) -> Year:
    """Return the figures of a year of which there is something to tell, or 404."""
    if year not in years():
        raise Http404
    return figures_of(year)


@require_safe
@public
def yearly(request):
    """Lead to the latest year; say that there is nothing yet where nobody applied."""
    if known := years():
        return redirect("quality_label:yearly", known[0])
    return render(request, "quality_label/yearly_none.html")


@require_safe
@public
def yearly_report(request, year):
    """Show a year."""
    found = year_seen(year)
    version = FrameworkVersion.objects.in_force()
    context = {
        "year": found,
        "years": years(),
        "licence": LICENCE,
        "figures": [{"label": NAMES[name], "number": told(found.counts[name])} for name in TOP],
        "rows": [(NAMES[name], told(value)) for name, value in found.counts.items() if name not in TOP],
        "bands": [{"label": band, "value": count} for band, count in found.bands],
        "most": max((count for _band, count in found.bands), default=1) or 1,
        "areas": [
            {"label": f"{code} {title_of(version.rules, code) if version else ''}".strip(), "value": one.exact,
             "second": one.within_one, "text": f"{number_format(one.exact)} / {number_format(one.within_one)}"}
            for code, one in found.areas.items()
        ],
        "countries": [(countries.name(code), count) for code, count in found.countries.items()],
    }  # fmt: skip
    return render(request, "quality_label/yearly.html", context)


def told(value) -> str:
    """Return a count for readers."""
    return _("fewer than 3") if value is None else number_format(value)


def shared(response):
    """Let other sites read it, and copies be shown for a while."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={AGE}"
    return response


@require_safe
@public
def yearly_json(request, year):
    """Serve a year to software; null stands for fewer than three."""
    return shared(JsonResponse({"licence": LICENCE} | asdict(year_seen(year))))


@require_safe
@public
def yearly_csv(request, year):
    """Serve a year as a table of names and values; an empty value stands for fewer than three."""
    found = year_seen(year)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="quality-label-{year}.csv"'
    lines = csv.writer(response)
    lines.writerow(["name", "value"])
    lines.writerows([["licence", LICENCE], ["year", found.year], ["is_complete", found.is_complete]])
    lines.writerows((name, "" if value is None else value) for name, value in found.counts.items())
    for kind, spread in [("counted_days", found.counted_days), ("plain_days", found.plain_days)]:
        lines.writerows((f"{kind}.{name}", value) for name, value in (asdict(spread) if spread else {}).items())
    lines.writerows((f"days.{band}", count) for band, count in found.bands)
    every = {"all": found.agreement} if found.agreement else {}
    for code, one in (every | found.areas).items():
        lines.writerows((f"agreement.{code}.{name}", value) for name, value in asdict(one).items())
    lines.writerows((f"country.{code}", count) for code, count in found.countries.items())
    lines.writerow(["country.other", "" if found.other_countries is None else found.other_countries])
    return shared(response)
