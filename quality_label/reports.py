"""What an applicant reads of a decision: written down once, as plain facts that a page and a PDF show."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from portal import clock
from portal.folding import unmarked
from quality_label.digests import digest_of
from quality_label.models import Application, Decision
from quality_label.scores import AWARDED, NOT_AWARDED, Score, Shortfall, score, shown

MOST_CONDITIONS, LEAST_RECOMMENDATIONS, MOST_RECOMMENDATIONS = 5, 3, 6
LONGEST_AREA, LONGEST_RECOMMENDATION, LONGEST_RECOMMENDATIONS = 1500, 600, 5000  # characters
FIRST_CONDITION_DAY, LAST_CONDITION_DAY = 30, 180
SHORTEST_DEPARTURE = 100  # characters
SHORTFALLS = {
    "total": gettext_lazy("All points together: %(reached)s %% were reached, %(wanted)s %% are needed."),
    "area": gettext_lazy("Area %(code)s: %(reached)s %% of its points were reached, %(wanted)s %% are needed."),
    "indicators": gettext_lazy("Area %(code)s: %(reached)s %% of its indicators are met, %(wanted)s %% are needed."),
    "floor": gettext_lazy("%(code)s is at level %(reached)s; every criterion needs level %(wanted)s."),
    "mandatory": gettext_lazy("%(code)s is at level %(reached)s; it is mandatory and needs level %(wanted)s."),
    "mandatory_floor": gettext_lazy(
        "%(code)s is at level %(reached)s; no mandatory criterion may lie below %(wanted)s."
    ),
    "low": gettext_lazy("%(code)s is at level %(reached)s; next to nothing was shown."),
}


def is_condition_term(due_on: date) -> bool:
    """Say whether a day lies as far from today as a condition may be set."""
    first, last = (clock.today() + timedelta(days=days) for days in (FIRST_CONDITION_DAY, LAST_CONDITION_DAY))
    return first <= due_on <= last


def reached_already(application: Application, asked: Iterable[tuple[str, int]]) -> list:
    """Say of which conditions, given as criterion and level, the team found as much already."""
    agreed = dict(application.consensus.exclude(level=None).values_list("code", "level"))
    return [
        translation.gettext("%(code)s: level %(level)s is agreed on already. A condition asks for more.")
        % {"code": code, "level": number_format(agreed[code].normalize())}
        for code, level in asked
        if code in agreed and level <= agreed[code]
    ]


def consensus_score(application: Application) -> Score:
    """Return the score of the levels that the team agreed on. Raises ValueError while some are missing."""
    rows = application.consensus.all()
    levels = {row.code: row.level for row in rows if row.level is not None}
    return score(application.rules, levels, {code for row in rows for code in row.ticked})


def missing(found: Score, outcome: str) -> list[str]:
    """Say what kept an application from the label without conditions; nothing where it got that."""
    if outcome == AWARDED:
        return []
    thresholds = found.framework.thresholds
    missed = outcome == NOT_AWARDED and thresholds.awarded_conditions
    return shortfalls_in_words(found.shortfalls(missed or thresholds.awarded))


def report_of(application: Application, found: Score, *, outcome: str, by, conditions, recommendations) -> dict:
    """Return the report that the applicant gets, in the language of the application."""
    rules, language, report = application.rules, application.language, getattr(application, "report", None)
    reasons = {row.code: row.reason for row in application.consensus.all()}
    with translation.override(language):
        return {
            "reference": application.reference,
            "organiser": application.organiser.name,
            "framework": rules.version,
            "language": language,
            "outcome": outcome,
            "decided_on": clock.today().isoformat(),
            "total": str(shown(found.total)),
            "areas": [
                {
                    "code": area.code,
                    "title": rules.text(f"{area.code}.title", language)[0],
                    "score": str(shown(found.of_area(area))),
                    "text": str(report.areas.get(area.code, "")) if report else "",
                    "criteria": [
                        {
                            "code": one.code,
                            "title": rules.text(f"{one.code}.title", language)[0],
                            "is_mandatory": one.mandatory,
                            "level": str(found.levels[one.code].normalize()) if one.code in found.levels else "",
                            "reason": reasons.get(one.code, ""),
                        }
                        for one in area.criteria
                    ],
                }
                for area in rules.areas
            ],
            "strengths": report.strengths if report else "",
            "missing": missing(found, outcome),
            "conditions": [{**condition, "due_on": condition["due_on"].isoformat()} for condition in conditions],
            "recommendations": list(recommendations),
            "coordinator": str(by),
        }


def is_unchanged(decision: Decision) -> bool:
    """Say whether a report still says what it said when it was released."""
    return digest_of(decision.report) == decision.sha256


def names_in(document: dict, names) -> list[str]:
    """Return which of these people a report names, as `names_among` does."""
    return names_among(_texts(document), names)


def names_among(texts: Iterable[str], names) -> list[str]:
    """Return which of these people texts name, wholly or by a part; one of three letters only with a capital."""
    words = {
        word.casefold()
        for word in re.findall(r"\w+", unmarked(" ".join(texts)))
        if len(word) >= 4 or (len(word) == 3 and word[0].isupper())
    }
    return [name for name in names if words & set(re.findall(r"\w+", unmarked(name).casefold()))]


def _texts(document):
    """Return what people wrote in a report."""
    yield document["strengths"]
    for area in document["areas"]:
        yield area["text"]
        yield from (one["reason"] for one in area["criteria"])
    yield from document["recommendations"]
    yield from (one["evidence"] for one in document["conditions"])


def shortfalls_in_words(shortfalls: Iterable[Shortfall]) -> list[str]:
    """Say what was missed, a sentence for each threshold and place; of a mandatory criterion only the worst."""
    found = {(one.code, "mandatory" if one.rule == "mandatory_floor" else one.rule): one for one in shortfalls}
    return [
        SHORTFALLS[one.rule] % {"code": one.code, "reached": _reached(one.reached), "wanted": _reached(one.wanted)}
        for one in found.values()
    ]


def _reached(value) -> str:
    return number_format(shown(Fraction(value)).normalize())
