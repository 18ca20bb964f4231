"""The index of what one can learn: made once for each change, asked by every list, map and feed.

The pages with a value that one can ask for are the bits of one number, so that choosing and counting take microseconds
however much there is.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal import clock
from portal.folding import folded

NEWEST, SOONEST, SHORTEST, TITLE = "newest", "soonest", "shortest", "title"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page as a search weighs it: what it is sorted by, and its values for each thing one can ask for."""

    pk: int
    title: str
    minutes: int
    published_at: datetime
    next_at: datetime | None
    is_here: bool
    place: tuple[float, float] | None
    values: dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What lists need to know of a page before they fetch it."""

    pk: int
    title: str
    next_at: datetime | None
    is_here: bool
    place: tuple[float, float] | None


class Index:
    """All candidates of a search, in each order, and for each value the set of those that have it."""

    def __init__(self, candidates: list[Candidate]):
        self.entries = [Entry(one.pk, one.title, one.next_at, one.is_here, one.place) for one in candidates]
        self.all = (1 << len(candidates)) - 1
        self.here = self._set(n for n, one in enumerate(candidates) if one.is_here)
        self.placed = self._set(n for n, one in enumerate(candidates) if one.place)
        self._positions = {one.pk: n for n, one in enumerate(candidates)}
        self.values = self._values(candidates)
        self._orders = self._sorted(candidates)

    def those(self, keys: Iterable[int]) -> int:
        """Return the set of pages with these primary keys, as far as they are known."""
        return self._set(self._positions[key] for key in keys if key in self._positions)

    def listed(self, chosen: int, by: str) -> list[Entry]:
        """Return the entries of a set in an order."""
        if chosen == self.all:
            return [self.entries[n] for n in self._orders[by]]
        marks = f"{chosen:0{len(self.entries)}b}"[::-1]
        return [self.entries[n] for n in self._orders[by] if marks[n] == "1"]

    def _set(self, positions: Iterable[int]) -> int:
        marks = bytearray(len(self.entries) // 8 + 1)
        for n in positions:
            marks[n >> 3] |= 1 << (n & 7)
        return int.from_bytes(marks, "little")

    def _values(self, candidates) -> dict[str, dict[str, int]]:
        found = defaultdict(lambda: defaultdict(list))
        for n, one in enumerate(candidates):
            for name, values in one.values.items():
                for value in values:
                    found[name][value].append(n)
        return {name: {value: self._set(there) for value, there in values.items()} for name, values in found.items()}

    @staticmethod
    def _sorted(candidates) -> dict[str, array]:
        newest = sorted(
            range(len(candidates)), key=lambda n: (candidates[n].published_at, candidates[n].pk), reverse=True
        )
        orders = {
            NEWEST: newest,
            SOONEST: sorted(newest, key=lambda n: candidates[n].next_at or clock.LAST),
            SHORTEST: sorted(newest, key=lambda n: candidates[n].minutes),
            TITLE: sorted(newest, key=lambda n: folded(candidates[n].title)),
        }
        return {name: array("I", order) for name, order in orders.items()}


@dataclass(frozen=True)
class Findings:
    """What a search found among some pages of an index, and how many more or fewer another choice would find."""

    index: Index
    among: int
    chosen: dict[str, str]

    def ordered(self, by: str = NEWEST) -> list[Entry]:
        """Return what fits every choice, in an order."""
        return self.index.listed(self._fitting(), by)

    def counts(self, name: str) -> Counter:
        """Return how many pages there are for each value of one thing, with all the other choices as they are."""
        fitting = self._fitting(name)
        return Counter(
            {value: (fitting & there).bit_count() for value, there in self.index.values.get(name, {}).items()}
        )

    def _fitting(self, besides: str = "") -> int:
        asked = self.chosen.keys() - {besides}
        # Pages of other languages are shown to who asks for a language, and counted where one can.
        found = self.among if "language" in {*asked, besides} else self.among & self.index.here
        for name in asked:
            found &= self.index.values.get(name, {}).get(self.chosen[name], 0)
        return found
