"""Who is reminded on which day of the clock, in words, and that a pause moves it."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from quality_label.clock import Clock, Pause
from quality_label.reminders import TABLE, WORDS, due, due_of_review, in_words, zone

DAY_0 = date(2026, 3, 2)


def clock_on(day, **facts):
    return Clock(DAY_0, DAY_0 + timedelta(days=day), **facts)


def codes(state, day, **facts):
    return [one.code for one in due(state, clock_on(day, **facts))]


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        ("submitted", 4, []),
        ("submitted", 5, ["check-due"]),
        ("in_check", 7, ["check-due"]),
        ("in_check", 8, ["check-due", "check-late"]),
        ("assigning", 10, []),
        ("assigning", 11, ["team-due"]),
        ("assigning", 15, ["team-due", "team-late"]),
        ("in_review", 45, []),
        ("in_review", 46, ["reviews-late"]),
        ("consensus", 52, ["consensus-due"]),
        ("third_review", 59, ["consensus-due", "consensus-near", "consensus-late"]),
        ("ready", 60, ["budget-60"]),
        ("ready", 70, ["budget-60", "decision-due", "decision-near"]),
        ("ready", 90, ["budget-60", "decision-due", "decision-near", "decision-late", "budget-75", "budget-90"]),
        ("ready", 91, []),
        ("returned", 80, []),
        ("clarification", 80, []),
        ("draft", 3, []),
    ],
)
def test_what_is_due_by_state_and_day(state, day, expected):
    assert codes(state, day) == expected


def test_a_pause_moves_what_comes_later():
    pause = Pause(DAY_0 + timedelta(days=2), DAY_0 + timedelta(days=12))

    assert codes("submitted", 14, pauses=(pause,)) == []
    assert codes("submitted", 15, pauses=(pause,)) == ["check-due"]
    assert codes("submitted", 9, pauses=(pause,)) == []


def test_from_day_85_there_is_one_each_day():
    assert codes("ready", 84)[-1] == "budget-75"
    assert codes("ready", 86)[-1] == "budget-86"


def test_a_review_is_reminded_of_by_its_own_dates():
    told = {day: due_of_review(DAY_0, DAY_0 + timedelta(days=28), clock_on(day)) for day in range(40)}

    assert told[13] == []
    assert told[14][-1] == ("review-half", "assessor")
    assert [told[day][-1][0] for day in (21, 25, 27, 28)] == ["review-7", "review-3", "review-1", "review-0"]
    assert told[29][-1] == ("review-late", "coordinator")
    assert told[33][-1] == ("review-replaceable", "coordinator")


def test_a_review_is_reminded_of_by_the_days_that_count():
    pause = Pause(DAY_0 + timedelta(days=20), DAY_0 + timedelta(days=30))
    due_on = clock_on(40, pauses=(pause,)).moved(DAY_0 + timedelta(days=28), since=DAY_0)
    told = {day: due_of_review(DAY_0, due_on, clock_on(day, pauses=(pause,))) for day in range(45)}

    assert due_on == DAY_0 + timedelta(days=38)
    assert [told[day][-1][0] for day in (30, 31, 35, 37, 38)] == [
        "review-half", "review-7", "review-3", "review-1", "review-0"
    ]  # fmt: skip
    assert told[25] == []
    assert told[39][-1] == ("review-late", "coordinator")
    assert told[43][-1] == ("review-replaceable", "coordinator")


def test_days_that_stood_still_after_the_last_one_are_not_late():
    pause = Pause(DAY_0 + timedelta(days=30), DAY_0 + timedelta(days=40))

    assert clock_on(43, pauses=(pause,)).days_until(DAY_0 + timedelta(days=28)) == -5


def test_every_code_has_words():
    with override("en"):
        for one in TABLE:
            assert in_words(one.code, clock_on(one.day))
        assert in_words("budget-85", clock_on(85)) == "Day 85 of 90: the network promised a decision."
        assert in_words("review-7:12", clock_on(30)) == str(WORDS["review-7"])


def test_a_day_is_counted_as_the_clock_does_however_late_it_is_told():
    with override("en"):
        late = in_words("budget-60", clock_on(61))
        extended = in_words("budget-75", clock_on(75, extension=20))

    assert late == "Day 61 of 90: the network promised a decision."
    assert extended == "Day 75 of 110: the network promised a decision."


@pytest.mark.parametrize(
    ("day", "facts", "expected"),
    [(59, {}, "calm"), (60, {}, "soon"), (74, {}, "soon"), (75, {}, "late"), (75, {"extension": 20}, "calm")],
)
def test_the_three_zones_of_the_days(day, facts, expected):
    assert zone(clock_on(day, **facts)) == expected
