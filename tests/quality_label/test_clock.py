"""The days of a case equal those that are counted one by one, in many zones and over their changes of time."""

import os
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.workdays import is_weekend, moved_to_working_day, working_days_after
from quality_label.clock import CAP, Clock, Pause, day_of, end_of
from tests.quality_label import reference

CASES = 1_000_000 if os.environ.get("FULL_SIZE") == "1" else 10_000
ZONES = [
    ZoneInfo(name)
    for name in [
        "Europe/Brussels", "Europe/Vilnius", "Europe/Ljubljana", "Europe/Warsaw", "Europe/Lisbon", "Atlantic/Azores",
        "Europe/Istanbul", "Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Santiago",
        "Australia/Lord_Howe", "Pacific/Apia", "UTC",
    ]
]  # fmt: skip
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EASTER_MONDAY = date(2026, 4, 6)


def counted_one_by_one(start, stops, extension, now, zone):
    """Return the clock day and the due day, walking from one local day to the next.

    `stops` are (moment of the stop, moment of the restart or None, day from which it does not use up the cap or None).
    """
    today = now.astimezone(zone).date()
    limited, unlimited = set(), set()
    for stopped, restarted, free_from in stops:
        moment, restarted = stopped, min(restarted or now, now)
        while moment.astimezone(zone).date() < restarted.astimezone(zone).date():
            day = moment.astimezone(zone).date()
            (limited if free_from is None or day < free_from else unlimited).add(day)
            moment += 20 * HOUR
    spent, counted, day, due, today_counted = 0, 0, start.astimezone(zone).date(), None, None
    while due is None or today_counted is None:
        if day == today:
            today_counted = counted
        if day in limited and day not in unlimited and spent < CAP:
            spent += 1
        elif day not in unlimited:
            if counted == 90 + extension:
                due = due or day
            counted += 1
        day += DAY
    return today_counted, due


def drawn_case(draw, zone):
    start = datetime(2024, 1, 1, tzinfo=UTC) + draw.randrange(3 * 365 * 24 * 60) * timedelta(minutes=1)
    now = start + draw.randrange(200 * 24) * HOUR
    stops = []
    for _ in range(draw.randrange(4)):
        stopped = start + draw.randrange(110 * 24) * HOUR
        length = draw.choice([0, 1, 5, 24, 72, 336, 504, 1500]) * HOUR + draw.randrange(60) * timedelta(minutes=1)
        kind = draw.choice(["answer", "answer", "moved", "suspension"])
        deadline = (stopped + 14 * DAY).astimezone(zone).date()
        free_from = {"answer": None, "moved": deadline, "suspension": date.min}[kind]
        stops.append((stopped, draw.choice([stopped + length] * 4 + [None]), free_from))
    return start, stops, draw.choice([0, 0, 0, 10, 30]), now


def test_clock_equals_days_counted_one_by_one():
    draw = random.Random(2026)
    paused, capped = 0, 0

    for case in range(CASES):
        zone = ZONES[case % len(ZONES)]
        start, stops, extension, now = drawn_case(draw, zone)
        pauses = tuple(
            Pause(day_of(stopped, zone), restarted and day_of(restarted, zone), free_from)
            for stopped, restarted, free_from in stops
        )
        clock = Clock(day_of(start, zone), day_of(now, zone), pauses, extension)
        assert (clock.day, clock.due_on) == counted_one_by_one(start, stops, extension, now, zone), (start, stops, now)
        paused += bool(clock.paused_days)
        capped += len(clock.paused_days) >= CAP

    assert paused > CASES // 4
    assert capped > CASES // 100


def test_due_days_equal_the_reference_where_it_knows_them():
    draw = random.Random(7)

    for _ in range(CASES // 10):
        day_0 = date(2026, 1, 1) + draw.randrange(600) * DAY
        ends = [sorted(day_0 + draw.randrange(85) * DAY for _ in range(2)) for _ in range(draw.randrange(3))]
        ends = [(first, min(last, first + 21 * DAY)) for first, last in ends]
        clock = Clock(day_0, day_0 + 400 * DAY, tuple(Pause(*pair) for pair in ends))
        assert (clock.due_on, len(clock.paused_days)) == reference.due(day_0, ends)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], "2026-05-31"),
        ([("2026-03-06", "2026-03-09"), ("2026-04-10", "2026-04-18")], "2026-06-11"),
        ([("2026-04-10", "2026-04-24"), ("2026-05-11", "2026-05-15")], "2026-06-18"),
        ([("2026-04-10", "2026-04-20"), ("2026-04-15", "2026-04-27")], "2026-06-17"),
    ],
)
def test_the_four_checked_examples(pauses, due):
    pauses = tuple(Pause(date.fromisoformat(stop), date.fromisoformat(start)) for stop, start in pauses)

    assert Clock(date(2026, 3, 2), date(2026, 9, 1), pauses).due_on == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("zone", "applied", "due", "over"),
    [
        ("Europe/Vilnius", "2026-01-15T08:00Z", "2026-04-15", "2026-04-15T21:00Z"),  # summer time began in between
        ("Europe/Vilnius", "2026-07-28T20:30Z", "2026-10-26", "2026-10-26T22:00Z"),  # and ended
        ("Europe/Vilnius", "2026-07-28T21:30Z", "2026-10-27", "2026-10-27T22:00Z"),  # half past midnight of the 29th
        ("America/Havana", "2026-08-03T12:00Z", "2026-11-01", "2026-11-02T05:00Z"),  # a day with two midnights
        ("Africa/Cairo", "2026-01-23T12:00Z", "2026-04-23", "2026-04-23T22:00Z"),  # the next has no midnight
    ],
)
def test_a_deadline_ends_with_its_day(zone, applied, due, over):
    zone, moment = ZoneInfo(zone), datetime.fromisoformat(applied)
    day_0 = day_of(moment, zone)

    due_on = Clock(day_0, day_0).due_on

    assert (due_on.isoformat(), end_of(due_on, zone)) == (due, datetime.fromisoformat(over))


def test_the_first_instant_after_a_deadline_is_late():
    zone, due = ZoneInfo("Europe/Vilnius"), date(2026, 4, 15)
    last = datetime(2026, 4, 15, 23, 59, 59, 999999, zone)

    assert (last < end_of(due, zone), last + timedelta(microseconds=1) < end_of(due, zone)) == (True, False)
    assert day_of(last, zone) == due


def test_holidays_move_deadlines_only_where_the_network_says_so():
    due = Clock(date(2026, 1, 6), date(2026, 1, 6)).due_on

    assert due == EASTER_MONDAY
    assert moved_to_working_day(due, lambda day: is_weekend(day) or day == EASTER_MONDAY) == date(2026, 4, 7)
    assert moved_to_working_day(due) == EASTER_MONDAY
    assert moved_to_working_day(date(2026, 4, 4), lambda day: is_weekend(day) or day == EASTER_MONDAY) == date(
        2026, 4, 7
    )


def test_a_pause_of_three_days_moves_the_due_day_by_three():
    pause = Pause(date(2026, 2, 27), date(2026, 3, 2))

    assert Clock(date(2025, 12, 3), date(2026, 3, 5), (pause,)).due_on == date(2026, 3, 6)


def test_an_open_pause_moves_the_due_day_with_each_day():
    pauses = (Pause(date(2026, 4, 9)),)

    days = [Clock(date(2026, 3, 2), date(2026, 4, day), pauses) for day in (9, 10, 14)]

    assert [(clock.day, (clock.due_on - clock.day_0).days, clock.is_paused) for clock in days] == [
        (38, 90, True),
        (38, 91, True),
        (38, 95, True),
    ]


def test_a_pause_after_the_due_day_changes_nothing_and_one_on_it_does():
    day_0, due = date(2026, 3, 2), date(2026, 5, 31)

    late = Clock(day_0, date(2026, 7, 1), (Pause(due + DAY, due + 9 * DAY),))
    last = Clock(day_0, date(2026, 7, 1), (Pause(due, due + 9 * DAY),))

    assert (late.due_on, last.due_on) == (due, due + 9 * DAY)
    assert Clock(day_0, due, (Pause(due, due),)).due_on == due


def test_pauses_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="does not end before it begins"):
        Pause(date(2026, 3, 2), date(2026, 3, 1))
    with pytest.raises(ValueError, match="does not begin before day 0"):
        Clock(date(2026, 3, 2), date(2026, 4, 2), (Pause(date(2026, 3, 1)),))
    with pytest.raises(ValueError, match="at most 30 days"):
        Clock(date(2026, 3, 2), date(2026, 4, 2), extension=31)


def test_the_promise_is_broken_on_the_day_after():
    day_0 = date(2026, 3, 2)

    due, late = (Clock(day_0, date(2026, 5, 31) + number * DAY) for number in (0, 1))

    assert [(clock.day, clock.days_left, clock.is_breached) for clock in (due, late)] == [
        (90, 0, False),
        (91, -1, True),
    ]


@pytest.mark.parametrize(("accepted", "due"), [(10, 38), (20, 45), (31, 45), (40, 54)])
def test_a_review_has_four_weeks_until_its_target_but_never_less_than_two(accepted, due):
    clock = Clock(date(2026, 3, 2), date(2026, 3, 2))

    assert clock.review_due_on(clock.day_0 + accepted * DAY) == clock.day_0 + due * DAY


def test_working_days_leave_weekends_out():
    friday = date(2026, 3, 6)

    assert [working_days_after(friday, number).isoformat() for number in (0, 1, 3, 10)] == [
        "2026-03-06",
        "2026-03-09",
        "2026-03-11",
        "2026-03-20",
    ]
