"""The days of a case: calendar days in the network's time zone, of which pauses do not count.

A deadline is a day and ends with its last instant. Nothing here is stored: everything follows from day 0, the pauses
and the extension, so that it can be computed anew at any time. Regulation (EEC, Euratom) 1182/71, article 3: the day
of the event is not counted, the last day counts to its last hour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DECISION = 90  # days from day 0 in which the network decides
CAP = 56  # paused days at most, suspensions aside: one return of 14 days and two questions of 21
LONGEST_EXTENSION, LAST_EXTENSION_DAY = 30, 84
TARGETS = {"eligibility": 7, "team": 14, "reviews": 45, "consensus": 58, "decision": 72, "published": 75}
REVIEW_DAYS, SHORTEST_REVIEW, REOPENED_REVIEW = 28, 14, 7
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """The days from a stop to the day before the restart; still open while `resumed_on` is None.

    From `capped_before` on its days do not use up the cap: the day of the answer's deadline before a weekend moved it,
    `date.min` for a suspension.
    """

    stopped_on: date
    resumed_on: date | None = None
    capped_before: date | None = None

    def __post_init__(self):
        if self.resumed_on and self.resumed_on < self.stopped_on:
            raise ValueError("A pause does not end before it begins.")

    def days_until(self, today: date) -> Iterable[date]:
        """Return the paused days that are over on a day."""
        return _days(self.stopped_on, min(self.resumed_on or today, today))


@dataclass(frozen=True)
class Clock:
    """The days of one case as they are known on `today`: an open pause has lasted until then.

    They are 90; fewer where a case is judged again, and then every target comes earlier in proportion.
    """

    day_0: date
    today: date
    pauses: tuple[Pause, ...] = ()
    extension: int = 0
    promised: int = DECISION

    def __post_init__(self):
        if any(pause.stopped_on < self.day_0 for pause in self.pauses):
            raise ValueError("A pause does not begin before day 0.")
        if not 0 <= self.extension <= LONGEST_EXTENSION:
            raise ValueError(f"An extension has at most {LONGEST_EXTENSION} days.")

    @property
    def paused_days(self) -> list[date]:
        """Return the days that do not count, in order: each once, of the capped ones the first CAP."""
        capped, free = set(), set()
        for pause in self.pauses:
            for day in pause.days_until(self.today):
                (capped if pause.capped_before is None or day < pause.capped_before else free).add(day)
        return sorted(free | set(sorted(capped - free)[:CAP]))

    @property
    def is_paused(self) -> bool:
        """Say whether the next move is not the network's."""
        return any(pause.resumed_on is None or pause.resumed_on > self.today for pause in self.pauses)

    @property
    def day(self) -> int:
        """Return the clock day that today is: how many days counted before it."""
        return self.days_since(self.day_0)

    @property
    def plain_days(self) -> int:
        """Return how many days have gone by since day 0, counted or not."""
        return (self.today - self.day_0).days

    @property
    def due_on(self) -> date:
        """Return the day on which the network decides at the latest."""
        return self.date_of(self.total)

    @property
    def total(self) -> int:
        """Return how many days the network has, those added to it included."""
        return self.promised + self.extension

    @property
    def days_left(self) -> int:
        """Return how many days count until the due one; negative once the promise is broken."""
        return self.total - self.day

    @property
    def is_breached(self) -> bool:
        """Say whether the due day is over; that is a broken promise, never an outcome."""
        return self.today > self.due_on

    def scaled(self, clock_day: int) -> int:
        """Return the day of this clock that one of the 90 days is in proportion."""
        return clock_day * self.promised // DECISION

    def target(self, name: str) -> int:
        """Return the clock day by which a stage is over."""
        return self.scaled(TARGETS[name])

    def date_of(self, clock_day: int) -> date:
        """Return the first date on which so many days have counted."""
        return self.moved(self.day_0 + clock_day * DAY, since=self.day_0)

    def moved(self, last: date, *, since: date) -> date:
        """Return what a last day that was set on a date has become by the days that stood still from then on."""
        for paused in self.paused_days:
            if paused > last:
                break
            last += DAY * (paused >= since)
        return last

    def reopened_due_on(self, due_on: date) -> date:
        """Return until when a review is written that was opened again today: as it was due, or a week from now."""
        return max(due_on, self.today + REOPENED_REVIEW * DAY)

    def days_since(self, first: date) -> int:
        """Return how many days have counted from a date until today."""
        return (self.today - first).days - len([day for day in self.paused_days if first <= day < self.today])

    def days_until(self, last: date) -> int:
        """Return how many days count until a date; negative, by those that counted since, once it is over."""
        return -self.days_since(last) if last < self.today else (last - self.today).days

    def review_due_on(self, accepted_on: date) -> date:
        """Return until when a review is written: by its target, in 28 days, but never in less than 14."""
        wished = min(self.date_of(self.target("reviews")), accepted_on + REVIEW_DAYS * DAY)
        return max(wished, accepted_on + SHORTEST_REVIEW * DAY)


def _days(first: date, end: date) -> list[date]:
    return [first + number * DAY for number in range((end - first).days)]


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the date that a moment falls on in a zone."""
    return moment.astimezone(zone).date()


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day is over in a zone, in UTC: the first that is late."""
    return datetime.combine(day + DAY, datetime.min.time(), zone).astimezone(UTC)
