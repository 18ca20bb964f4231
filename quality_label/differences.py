"""Reviews laid beside each other: where they differ, what they settle by themselves, and what is left to talk about."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from quality_label import scores
from quality_label.criteria import MANDATORY_LEVEL, Criterion, Framework

HIGH_DIFFERENCE = 2  # levels between two reviews that are never settled without words


@dataclass(frozen=True)
class Review:
    """What one review says: levels by criterion, what does not apply, indicators that are so, and words."""

    framework: Framework
    levels: dict[str, int]
    not_applicable: frozenset[str] = frozenset()
    ticked: frozenset[str] = frozenset()
    reasons: dict[str, str] = field(default_factory=dict)

    @cached_property
    def score(self) -> scores.Score:
        """Return what its levels come to."""
        return scores.score(self.framework, self.levels, self.ticked)


@dataclass(frozen=True)
class Settled:
    """What the rules make of a criterion: a level, that it does not apply, or nothing yet."""

    level: Decimal | None = None
    does_not_apply: bool = False
    ticked: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to talk about."""
        return self.level is not None or self.does_not_apply


class Comparison:
    """Two or three reviews under one framework."""

    def __init__(self, framework: Framework, reviews: list[Review]):
        self.framework, self.reviews = framework, reviews

    @cached_property
    def settled(self) -> dict[str, Settled]:
        """Return what the rules settle, by criterion; of three reviews the two that lie nearest count."""
        return {code: self._settled(criterion) for code, criterion in self.framework.criteria.items()}

    def levels_of(self, code: str) -> list[int | None]:
        """Return the level of each review; None where it does not apply."""
        return [review.levels.get(code) for review in self.reviews]

    def difference(self, code: str) -> int:
        """Return how many levels lie between the reviews."""
        levels = [level for level in self.levels_of(code) if level is not None]
        return max(levels) - min(levels) if levels else 0

    def differs_widely(self, code: str) -> bool:
        """Say whether a criterion is to be talked about because the reviews lie apart."""
        return self.difference(code) >= HIGH_DIFFERENCE or None in self.levels_of(code)

    def wants_reason(self, code: str, level: Decimal | None, does_not_apply: bool) -> bool:
        """Say whether a level takes words: the reviews differ, or it lies outside of what they say."""
        settled = self.settled[code]
        if self.lies_between(code) or not settled.is_settled or does_not_apply != settled.does_not_apply:
            return True
        levels = [one for one in self.levels_of(code) if one is not None]
        return level is not None and not min(levels) <= level <= max(levels)

    def lies_between(self, code: str) -> bool:
        """Say whether the reviews that a level comes from gave different ones: the words of both would tell whose."""
        return len(set(self._behind(code))) > 1

    def words_behind(self, code: str) -> dict[int, str]:
        """Return the words of the reviews that a level comes from, by their place from 1: of those who agree one."""
        levels, nearest = self.levels_of(code), self._behind(code)
        said = {}
        for place, (level, review) in enumerate(zip(levels, self.reviews, strict=True), 1):
            if level in nearest and level not in [levels[other - 1] for other in said] and review.reasons.get(code):
                said[place] = review.reasons[code]
        return said

    def _behind(self, code):
        return self._nearest(code, [review.levels for review in self.reviews]) or self.levels_of(code)

    @property
    def open_codes(self) -> list[str]:
        """Return the criteria that the reviews leave to be talked about."""
        return [code for code, settled in self.settled.items() if not settled.is_settled]

    @property
    def pair(self) -> tuple[scores.Score, scores.Score] | None:
        """Return the scores of the first two reviews; None where there are fewer."""
        return (self.reviews[0].score, self.reviews[1].score) if len(self.reviews) > 1 else None

    @property
    def needs_call(self) -> bool:
        """Say whether the lead talks with the assessors first."""
        return self.pair is not None and scores.needs_call(*self.pair)

    @property
    def may_have_third(self) -> bool:
        """Say whether a third review may be called: the two are far apart, or one of them was taken out."""
        return len(self.reviews) < 2 or (len(self.reviews) == 2 and scores.needs_third_review(*self.pair))

    @property
    def range(self) -> tuple[scores.Score, scores.Score] | None:
        """Return the lowest and the highest score on which two reviews can still meet."""
        if len(self.reviews) != 2:
            return None
        one, other = self.reviews
        return scores.consensus_range(
            self.framework, one.levels, other.levels,
            ticked=one.ticked & other.ticked, perhaps=one.ticked | other.ticked,
        )  # fmt: skip

    def _settled(self, criterion: Criterion) -> Settled:
        code = criterion.code
        if self.reviews and all(code in review.not_applicable for review in self.reviews):
            return Settled(does_not_apply=True)
        levels = [review.levels for review in self.reviews]
        nearest = self._nearest(code, levels)
        if nearest is None:
            return Settled()
        agreed = scores.agreed(self.framework, {code: nearest[0]}, {code: nearest[1]})
        if code not in agreed:
            return Settled()
        both = set.intersection(*(set(review.ticked) for review in self.reviews))
        ticked = tuple(one.code for one in criterion.indicators if one.code in both)
        return Settled(agreed[code], ticked=ticked)

    @staticmethod
    def _nearest(code, levels):
        given = [review[code] for review in levels if code in review]
        if len(levels) == 2:
            return tuple(given) if len(given) == 2 else None
        return scores.closest_pair(code, levels)


def is_undecided(criterion: Criterion, level: Decimal) -> bool:
    """Say whether a level leaves open if a mandatory criterion is reached."""
    return criterion.mandatory and MANDATORY_LEVEL - 1 < level < MANDATORY_LEVEL
