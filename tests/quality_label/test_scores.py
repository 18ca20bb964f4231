"""Scores, outcomes and consensus equal a reference that was written before them."""

import os
import random

import pytest

from quality_label.frameworks import framework_file
from quality_label.scores import (
    agreed,
    closest_pair,
    consensus_range,
    difference,
    faults_in,
    needs_call,
    needs_third_review,
    open_criteria,
    score,
    shown,
)
from tests.quality_label import reference

CASES = 100_000 if os.environ.get("FULL_SIZE") == "1" else 10_000
NAMES = {"award": "awarded", "conditional": "awarded_conditions", "not_awarded": "not_awarded"}
FRAMEWORK = framework_file("waymark-1.0")
REAL = framework_file("formal-and-indicators")
THREES = dict.fromkeys(FRAMEWORK.criteria, 3)


def drawn_levels(draw, *, halves):
    """Draw levels near 3, so that every outcome and threshold is met often."""
    near = draw.choice([[2, 3], [2, 3, 3, 4], [1, 2, 3, 4], [0, 1, 2, 3, 4], [3, 3, 3, 2], [2, 2, 3, 1]])
    levels = {code: draw.choice(near) for code in reference.W}
    if halves:
        for code in draw.sample(list(levels), 6):
            if code not in reference.MAND and levels[code] < 4:
                levels[code] += 0.5
    return levels


def as_reference(result):
    return (
        pytest.approx(float(result.total)),
        pytest.approx({code: float(share) for code, share in result.areas.items()}),
        result.mandatory_below,
        result.low,
    )


def test_scores_equal_the_reference():
    draw = random.Random(90)
    outcomes = set()

    for _ in range(CASES):
        levels = drawn_levels(draw, halves=True)
        left_out = ("E4",) if draw.random() < 0.2 else ()
        total, areas, below, low, outcome = reference.score(levels, na=left_out)
        result = score(FRAMEWORK, {code: level for code, level in levels.items() if code not in left_out})
        assert (total, areas, below, low) == as_reference(result)
        assert result.outcome == NAMES[outcome], levels
        outcomes.add(outcome)

    assert outcomes == set(NAMES)


def test_what_two_reviews_settle_equals_the_reference():
    draw = random.Random(45)

    for _ in range(CASES // 5):
        one, other = drawn_levels(draw, halves=False), drawn_levels(draw, halves=False)
        settled, left_open = reference.prefill(one, other)
        assert (agreed(FRAMEWORK, one, other), open_criteria(FRAMEWORK, one, other)) == (settled, left_open)
        _, low, high = reference.consensus_range(one, other)
        assert [end.outcome for end in consensus_range(FRAMEWORK, one, other)] == [NAMES[low[4]], NAMES[high[4]]]


@pytest.mark.parametrize(
    ("changed", "total", "outcome"),
    [
        ({}, "75.0", "awarded"),
        ({"D2": 2, "E2": 2, "E3": 2, "F2": 2}, "72.0", "awarded"),
        ({"D2": 2, "E2": 2, "E3": 2, "F2": 2, "F3": 2}, "71.0", "awarded_conditions"),
        ({"C4": 1}, "72.5", "not_awarded"),
        ({code: 2 for code, one in FRAMEWORK.criteria.items() if not one.mandatory}, "60.5", "awarded_conditions"),
        (dict.fromkeys(THREES, 2), "50.0", "not_awarded"),
    ],
)
def test_the_checked_examples(changed, total, outcome):
    result = score(FRAMEWORK, THREES | changed)

    assert (str(shown(result.total)), result.outcome) == (total, outcome)


def test_a_total_is_compared_before_it_is_rounded():
    levels = {code: level for code, level in THREES.items() if code != "E4"}
    almost = levels | {"A1": 2, "A2": 2, "A4": 2, "B4": 2, "D1": 2.5}

    result = score(FRAMEWORK, almost)

    assert (str(shown(result.total)), result.total < 70, result.outcome) == ("70.0", True, "awarded_conditions")
    assert score(FRAMEWORK, almost | {"D1": 3}).outcome == "awarded"


def test_what_is_missing_is_named():
    result = score(FRAMEWORK, THREES | {"C4": 1, "D1": 0})

    missed = result.shortfalls(FRAMEWORK.thresholds.awarded)

    assert [(one.rule, one.code, one.reached, one.wanted) for one in missed] == [
        ("mandatory", "C4", 1, 3),
        ("low", "D1", 0, 1),
    ]
    assert [one.rule for one in result.shortfalls(FRAMEWORK.thresholds.awarded_conditions)] == ["mandatory_floor"]


@pytest.mark.parametrize(
    ("levels", "halves", "faults"),
    [
        (THREES | {"A1": 5}, True, {"A1": "outside"}),
        (THREES | {"A1": 2.25}, True, {"A1": "outside"}),
        (THREES | {"A1": 2.5}, True, {}),
        (THREES | {"A1": 2.5}, False, {"A1": "half"}),
        (THREES | {"A3": 2.5}, True, {"A3": "undecided"}),
        (THREES | {"A3": 3.5}, True, {}),
        (THREES | {"X": 3}, True, {"X": "unknown"}),
        ({code: 3 for code in THREES if code not in ["A1", "E4"]}, True, {"A1": "missing"}),
    ],
)
def test_levels_that_cannot_be_are_named(levels, halves, faults):
    assert faults_in(FRAMEWORK, levels, halves=halves) == faults


def test_levels_that_cannot_be_get_no_score():
    with pytest.raises(ValueError, match="A1: outside"):
        score(FRAMEWORK, THREES | {"A1": 5})


def test_the_second_framework_asks_for_level_three_everywhere_and_seven_of_ten_indicators():
    levels, indicators = dict.fromkeys(REAL.criteria, 3), REAL.indicators

    assert score(REAL, levels, indicators[:7]).outcome == "awarded"
    assert score(REAL, levels, indicators[:6]).outcome == "not_awarded"
    assert score(REAL, levels | {"3.2A": 2}, indicators).outcome == "not_awarded"
    assert [(one.rule, one.code) for one in score(REAL, levels, ()).shortfalls(REAL.thresholds.awarded)] == [
        ("indicators", "3.1")
    ]


def test_a_criterion_that_applies_to_one_review_only_is_to_be_talked_about():
    without = {code: 3 for code in THREES if code != "E4"}

    assert open_criteria(FRAMEWORK, THREES, without) == ["E4"]
    assert open_criteria(FRAMEWORK, without, without) == []
    assert [str(shown(end.total)) for end in consensus_range(FRAMEWORK, THREES, without)] == ["75.0", "75.0"]


@pytest.mark.parametrize(
    ("levels", "pair"), [((1, 3, 4), (3, 4)), ((2, 2, 4), (2, 2)), ((1, 2, 3), None), ((3, 3, 3), (3, 3))]
)
def test_of_three_reviews_the_closest_two_count(levels, pair):
    assert closest_pair("A1", [{"A1": level} for level in levels]) == pair


def test_reviews_far_apart_ask_for_a_call_or_a_third_one():
    threes = score(FRAMEWORK, THREES)
    fours = score(FRAMEWORK, dict.fromkeys(THREES, 4))
    near = score(FRAMEWORK, THREES | {"C4": 2})

    assert (difference(threes, fours), needs_call(threes, fours), needs_third_review(threes, fours)) == (25, True, True)
    assert (needs_call(threes, near), needs_third_review(threes, near)) == (False, True)
    assert (needs_call(threes, threes), needs_third_review(threes, threes)) == (False, False)
