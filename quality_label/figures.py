"""What the network tells of a year: how many applied, what came of it, how long it took and how far reviews agree.

Nothing here tells of a single refusal: what fewer than three have in common is left out, and countries with fewer than
three applications are told together. Who holds a label is public anyway.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import F, Q

from portal import clock
from quality_label.clock import Clock
from quality_label.models import (
    Appeal,
    Application,
    Assignment,
    Clarification,
    Condition,
    Decision,
    Label,
    LabelSuspension,
    Return,
)
from quality_label.scores import AWARDED, AWARDED_CONDITIONS
from quality_label.workflow import appeal as appeal_steps
from quality_label.workflow import application as steps
from quality_label.workflow import label as label_steps

FEWEST = 3  # of those that are told of together
BANDS = [30, 60, 75, 90]  # days that counted until the decision, the last of each band


@dataclass(frozen=True)
class Spread:
    """How days are spread: the middle, what nine of ten did not exceed, and the most."""

    median: float
    ninth_tenth: int
    longest: int


@dataclass(frozen=True)
class Agreement:
    """How far two independent reviews agree: shares of criteria in percent, and how many were compared."""

    exact: float
    within_one: float
    compared: int


@dataclass(frozen=True)
class Year:
    """The figures of one year; None stands for what fewer than three have in common."""

    year: int
    is_complete: bool
    counts: dict[str, int | None]
    counted_days: Spread | None
    plain_days: Spread | None
    bands: list[tuple[str, int]] = field(default_factory=list)
    agreement: Agreement | None = None
    areas: dict[str, Agreement] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    other_countries: int | None = None


def years() -> list[int]:
    """Return the years of which there is something to tell, the latest first."""
    first = Application.objects.submitted().order_by("day_0").values_list("day_0", flat=True).first()
    return list(range(clock.today().year, first.year - 1, -1)) if first else []


def figures_of(year: int) -> Year:
    """Return the figures of a year, up to today where it is not over."""
    decisions = list(
        Decision.objects.filter(decided_at__range=_span(year))
        .select_related("application__framework", "application__organiser")
        .prefetch_related("application__pauses")
    )
    days = [decision.days() for decision in decisions]
    agreement, areas = agreement_of(decisions)
    countries, others = countries_of(year)
    return Year(
        year=year,
        is_complete=clock.today().year > year,
        counts=counts_of(year, decisions, days),
        counted_days=spread_of([one.day for one in days]),
        plain_days=spread_of([one.plain_days for one in days]),
        bands=bands_of([one.day for one in days]),
        agreement=agreement,
        areas=areas,
        countries=countries,
        other_countries=others,
    )


def _span(year: int) -> tuple:
    return clock.beginning_of(date(year, 1, 1)), clock.beginning_of(date(year + 1, 1, 1))


def counts_of(year: int, decisions: list[Decision], days: list[Clock]) -> dict[str, int | None]:
    """Return what is counted, by name."""
    span, last = _span(year), min(date(year, 12, 31), clock.today())
    outcomes = Counter(decision.outcome for decision in decisions)
    ended = Application.objects.submitted().filter(ended_at__range=span)
    no_label = ended.filter(state__in=[steps.INELIGIBLE, steps.WITHDRAWN, steps.LAPSED]).count()
    appeals = Appeal.objects.filter(ended_at__range=span)
    upheld = Q(state__in=[appeal_steps.UPHELD, appeal_steps.PARTLY_UPHELD])
    ended_labels = Counter(Label.objects.filter(ended_on__year=year).order_by().values_list("state", flat=True))
    in_force = Label.objects.filter(valid_from__lte=last).filter(Q(ended_on=None) | Q(ended_on__gt=last))
    return {
        "handed_in": Application.objects.submitted().filter(day_0__year=year).count(),
        "awarded": outcomes[AWARDED],
        "awarded_conditions": outcomes[AWARDED_CONDITIONS],
        "without_label": few_left_out(outcomes.total() - outcomes[AWARDED] - outcomes[AWARDED_CONDITIONS] + no_label),
        "returned": few_left_out(Return.objects.filter(returned_at__range=span).count()),
        "questions": few_left_out(Clarification.objects.filter(sent_at__range=span).count()),
        "extended": sum(decision.extension > 0 for decision in decisions),
        "broken": sum(one.is_breached for one in days),
        "departures": sum(decision.is_departure for decision in decisions),
        "appeals": few_left_out(appeals.count()),
        "appeals_upheld": few_left_out(appeals.filter(upheld).count()),
        "conditions_met": Condition.objects.filter(met_on__year=year).count(),
        "conditions_extended": Condition.objects.filter(met_on__year=year, was_extended=True).count(),
        "in_force": in_force.count(),
        "renewed": ended_labels[label_steps.SUPERSEDED],
        "suspended": LabelSuspension.objects.filter(suspended_at__range=span).count(),
        "revoked": ended_labels[label_steps.REVOKED],
        "given_back": ended_labels[label_steps.SURRENDERED],
        "expired": ended_labels[label_steps.EXPIRED],
    }


def few_left_out(count: int) -> int | None:
    """Return a count, or None where so few are meant that they could be told apart."""
    return count if count >= FEWEST else None


def spread_of(days: list[int]) -> Spread | None:
    """Return how days are spread; None for too few."""
    if len(days) < FEWEST:
        return None
    in_order = sorted(days)
    return Spread(median(in_order), in_order[math.ceil(0.9 * len(in_order)) - 1], in_order[-1])


def bands_of(days: list[int]) -> list[tuple[str, int]]:
    """Return how many decisions took how long, by band; none for too few."""
    if len(days) < FEWEST:
        return []
    found, first = [], 0
    for last in BANDS:
        found.append((f"{first}–{last}", sum(first <= day <= last for day in days)))
        first = last + 1
    return [*found, (f"{first}+", sum(day >= first for day in days))]


def agreement_of(decisions: Iterable[Decision]) -> tuple[Agreement | None, dict[str, Agreement]]:
    """Return how far the two independent reviews of each decision agree, over all and by area of the criteria.

    Levels of a third review, and those that talks changed, are not in it. None where fewer than three were decided.
    """
    pairs, compared = {}, 0
    rules = {decision.application_id: decision.application.rules for decision in decisions}
    for levels, application in _first_two_reviews(decisions):
        compared += 1
        for area in rules[application].areas:
            for criterion in area.criteria:
                if all(criterion.code in one for one in levels):
                    pairs.setdefault(area.code, []).append(abs(levels[0][criterion.code] - levels[1][criterion.code]))
    if compared < FEWEST:
        return None, {}
    every = [difference for found in pairs.values() for difference in found]
    return _agreement(every), {code: _agreement(found) for code, found in pairs.items()}


def _first_two_reviews(decisions) -> list[tuple[list[dict], int]]:
    rounds = {(decision.application_id, decision.round) for decision in decisions}
    places = (
        Assignment.objects.filter(application__in={application for application, _round in rounds})
        .filter(role=Assignment.Role.ASSESSOR, locked_at__isnull=False)
        .exclude(state="voided")
        .prefetch_related("ratings")
    )
    found: dict = {}
    for place in places:
        if (place.application_id, place.round) in rounds:
            before = {one.code: one.former_level for one in place.ratings.all() if one.former_level is not None}
            found.setdefault((place.application_id, place.round), []).append(place.levels() | before)
    return [(levels[:2], application) for (application, _round), levels in found.items() if len(levels) > 1]


def _agreement(differences: list[int]) -> Agreement:
    share = 100 / len(differences)
    return Agreement(
        exact=round(share * sum(one == 0 for one in differences), 1),
        within_one=round(share * sum(one <= 1 for one in differences), 1),
        compared=len(differences),
    )


def countries_of(year: int) -> tuple[dict[str, int], int | None]:
    """Return the applications of a year by country, and of the other countries together.

    Countries with fewer than three go to the others; where these would still be too few, the smallest told goes too.
    """
    handed_in = Application.objects.submitted().filter(day_0__year=year)
    counted = Counter(handed_in.annotate(country=F("organiser__country")).values_list("country", flat=True))
    told = {country: count for country, count in counted.items() if count >= FEWEST}
    others = sum(counted.values()) - sum(told.values())
    if 0 < others < FEWEST and told:
        smallest = min(told, key=lambda country: (told[country], country))
        others += told.pop(smallest)
    in_order = dict(sorted(told.items(), key=lambda pair: (-pair[1], pair[0])))
    return in_order, few_left_out(others) if others else 0
