"""The score of levels under a framework, the outcome that its thresholds propose, and how two reviews differ.

Levels are numbers from 0 to 4: whole in a review, in half steps in a consensus. Shares are exact fractions; `shown`
rounds for people, and nothing is compared rounded.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from quality_label.criteria import HIGHEST, LOW_LEVEL, MANDATORY_LEVEL, Area, Framework, Threshold

AWARDED, AWARDED_CONDITIONS, NOT_AWARDED = "awarded", "awarded_conditions", "not_awarded"
CALL_AT, THIRD_REVIEW_AT = 12, 20  # points of difference between two totals

Levels = Mapping[str, int | float | Decimal]


@dataclass(frozen=True)
class Shortfall:
    """A threshold that was missed: which, where, what was reached and what it takes."""

    rule: str
    code: str
    reached: Fraction | Decimal
    wanted: Fraction | Decimal


@dataclass(frozen=True)
class Score:
    """What levels come to under a framework."""

    framework: Framework
    levels: dict[str, Decimal]
    ticked: frozenset[str]

    @cached_property
    def total(self) -> Fraction:
        """Return the share of the points that could be reached, in percent."""
        return self._share([code for code in self.framework.criteria if code in self.levels])

    def of_area(self, area: Area) -> Fraction:
        """Return the share of the points of an area, in percent."""
        return self._share([criterion.code for criterion in area.criteria if criterion.code in self.levels])

    @cached_property
    def areas(self) -> dict[str, Fraction]:
        """Return the shares of the areas by code."""
        return {area.code: self.of_area(area) for area in self.framework.areas}

    @cached_property
    def mandatory_below(self) -> list[str]:
        """Return the mandatory criteria that miss their level."""
        return [
            code
            for code, criterion in self.framework.criteria.items()
            if criterion.mandatory and self.levels[code] < MANDATORY_LEVEL
        ]

    @cached_property
    def low(self) -> list[str]:
        """Return the criteria in which there is next to nothing."""
        return [code for code, level in self.levels.items() if level < LOW_LEVEL]

    def ticked_in(self, area: Area) -> Fraction:
        """Return the share of an area's indicators that are so, in percent."""
        return Fraction(100 * len(self.ticked & set(area.indicators)), len(area.indicators))

    @property
    def outcome(self) -> str:
        """Return the best outcome whose thresholds are all reached."""
        thresholds = self.framework.thresholds
        for outcome in [AWARDED, AWARDED_CONDITIONS]:
            threshold = getattr(thresholds, outcome)
            if threshold and not self.shortfalls(threshold):
                return outcome
        return NOT_AWARDED

    def shortfalls(self, threshold: Threshold) -> list[Shortfall]:
        """Return what is missing for a threshold; empty when it is reached."""
        wanted = [Shortfall("total", "", self.total, Fraction(threshold.total))]
        wanted += [Shortfall("area", code, share, Fraction(threshold.area)) for code, share in self.areas.items()]
        wanted += [Shortfall("floor", code, level, threshold.floor) for code, level in self.levels.items()]
        wanted += [
            Shortfall("indicators", area.code, self.ticked_in(area), Fraction(threshold.indicators))
            for area in self.framework.areas
            if area.indicators
        ]
        missed = [one for one in wanted if one.reached < one.wanted]
        below = self.mandatory_below
        if len(below) > threshold.mandatory_below:
            missed += [self._level_missed("mandatory", code, MANDATORY_LEVEL) for code in below]
        missed += [
            self._level_missed("mandatory_floor", code, threshold.mandatory_floor)
            for code in below
            if self.levels[code] < threshold.mandatory_floor
        ]
        if len(self.low) > threshold.low:
            missed += [self._level_missed("low", code, LOW_LEVEL) for code in self.low]
        return missed

    def _level_missed(self, rule, code, wanted) -> Shortfall:
        return Shortfall(rule, code, self.levels[code], Decimal(wanted))

    def _share(self, codes) -> Fraction:
        weights = {code: self.framework.criteria[code].weight for code in codes}
        points = sum(weight * self.levels[code] for code, weight in weights.items())
        return Fraction(100 * points) / (HIGHEST * sum(weights.values()))


def score(framework: Framework, levels: Levels, ticked: Collection[str] = ()) -> Score:
    """Return the score of levels by criterion; a criterion that does not apply is left out of them.

    `ticked` are the indicators that are so. Raises ValueError where `faults_in` finds something.
    """
    exact = {code: Decimal(levels[code]) for code in framework.criteria if code in levels}
    if faults := faults_in(framework, levels, halves=True):
        raise ValueError(", ".join(f"{code}: {fault}" for code, fault in faults.items()))
    return Score(framework, exact, frozenset(ticked) & set(framework.indicators))


def faults_in(framework: Framework, levels: Levels, *, halves: bool) -> dict[str, str]:
    """Return what is wrong by code: missing, unknown, outside, half, undecided (2.5 where 3 is needed)."""
    faults = {code: "unknown" for code in levels if code not in framework.criteria}
    for code, criterion in framework.criteria.items():
        if code not in levels:
            if not criterion.may_not_apply:
                faults[code] = "missing"
            continue
        level = Decimal(levels[code])
        if not 0 <= level <= HIGHEST or level * 2 % 1:
            faults[code] = "outside"
        elif level % 1 and not halves:
            faults[code] = "half"
        elif criterion.mandatory and MANDATORY_LEVEL - 1 < level < MANDATORY_LEVEL:
            faults[code] = "undecided"
    return faults


def agreed(framework: Framework, one: Levels, other: Levels) -> dict[str, Decimal]:
    """Return the levels that two reviews settle by themselves.

    Equal levels are taken, levels one apart meet half-way; two apart, or one apart across the level that a mandatory
    criterion needs, or applying to one of them only, is for the two to talk about.
    """
    settled = {}
    for code, criterion in framework.criteria.items():
        if code in one and code in other:
            low, high = sorted([Decimal(one[code]), Decimal(other[code])])
            crosses = criterion.mandatory and low < MANDATORY_LEVEL <= high
            if low == high or (high - low == 1 and not crosses):
                settled[code] = (low + high) / 2
    return settled


def open_criteria(framework: Framework, one: Levels, other: Levels) -> list[str]:
    """Return the criteria that two reviews leave to be talked about."""
    settled = agreed(framework, one, other)
    return [code for code in framework.criteria if code not in settled and (code in one or code in other)]


def consensus_range(
    framework: Framework, one: Levels, other: Levels, *, ticked: Collection[str] = (), perhaps: Collection[str] = ()
) -> tuple[Score, Score]:
    """Return the lowest and the highest score on which two reviews can still meet.

    `ticked` are the indicators that are so for both, `perhaps` those that are for one of them at least.
    """
    ends = []
    for choose, indicators in ((min, ticked), (max, perhaps)):
        levels = agreed(framework, one, other)
        for code in open_criteria(framework, one, other):
            levels[code] = choose(Decimal(review[code]) for review in (one, other) if code in review)
        ends.append(score(framework, levels, indicators))
    return ends[0], ends[1]


def closest_pair(code: str, reviews: Collection[Levels]) -> tuple[Decimal, Decimal] | None:
    """Return the two levels of three reviews that lie nearest; None where two pairs are equally near."""
    levels = sorted(Decimal(review[code]) for review in reviews if code in review)
    pairs = sorted({(high - low, low, high) for low, high in combinations(levels, 2)})
    if not pairs or (len(pairs) > 1 and pairs[0][0] == pairs[1][0]):
        return None
    return pairs[0][1:]


def difference(one: Score, other: Score) -> Fraction:
    """Return how many points lie between two totals."""
    return abs(one.total - other.total)


def needs_call(one: Score, other: Score) -> bool:
    """Say whether the lead talks with both before a consensus."""
    return difference(one, other) >= CALL_AT


def needs_third_review(one: Score, other: Score) -> bool:
    """Say whether two reviews are so far apart that a third person may be asked."""
    return difference(one, other) >= THIRD_REVIEW_AT or one.outcome != other.outcome


def shown(share: Fraction) -> Decimal:
    """Return a share as people read it, with one decimal."""
    return (Decimal(share.numerator) / share.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
