"""What is still missing in an application, place by place."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from pydantic import ValidationError

from portal.comparison import word_changes
from quality_label.frameworks import framework_file
from quality_label.gaps import gaps, progress
from quality_label.sections import blank, cleaned, places, section_of

RULES = framework_file("waymark-1.0")
TODAY = date(2026, 11, 22)
BADGES = {"one", "two", "three"}
REASON = "x" * 30
ROW = {"criterion": "A1", "gap": "g", "action": "a", "owner": "o", "date": "2027-01-01", "sign": "s"}
WHOLE = {
    "signatory": {"name": "Ona", "role": "head", "email": "ona@example.org", "is_entitled": True, "is_committed": True},
    "context": {"learners": "l", "languages": "lt", "numbers": "3", "minors": "no", "partners": "p"},
    "badges": {"chosen": [{"badge": "one", "reason": "r"}, {"badge": "two", "reason": "r"}]},
    "strengths": {"strengths": ["a", "b", "c"], "gaps": ["a", "b", "c"]},
    "plan": {"rows": [ROW] * 3},
    "conflicts": {"knows_nobody": True},
    "consent": {"sampling": True, "publication": True, "retention": True},
    **{f"criterion:{code}": {"level": 3, "reason": REASON} for code in RULES.criteria},
}


@dataclass
class Item:
    title: str = "Handbook"
    criteria: list = field(default_factory=lambda: list(RULES.criteria))
    dated_on: date = TODAY
    is_plan: bool = False


def missing(changes=None, evidence=None, choosable=BADGES):
    answers = WHOLE | (changes or {})
    items = [Item()] if evidence is None else evidence
    return [(gap.place, gap.said) for gap in gaps(RULES, answers, items, choosable=choosable, on=TODAY)]


def test_nothing_is_missing_in_a_whole_application():
    assert missing() == []


def test_everything_is_missing_in_an_empty_one():
    found = {place for place, _said in missing({place: {} for place in WHOLE}, evidence=[])}

    assert found == {place for place in places(RULES) if not place.startswith("gate:")}


@pytest.mark.parametrize(
    ("place", "content", "said"),
    [
        ("criterion:A1", {"reason": REASON}, "A1: Choose a level."),
        ("criterion:A1", {"level": 0, "reason": "x" * 29}, "A1: Give a reason of at least 30 characters."),
        ("criterion:A1", {"level": 3, "does_not_apply": True, "reason": "x" * 29}, "A1: Give a reason of at least 30"),
        (
            "criterion:A1",
            {"level": 3, "reason": REASON, "is_to_review": True},
            "A1: It changed since you wrote: look at it again and save it.",
        ),
        ("context", WHOLE["context"] | {"partners": "word " * 248}, "The context has 251 words; at most 250 are read."),
        ("badges", {"chosen": [{"badge": "one", "reason": "r"}] * 2}, "Choose 2 different published badges"),
        ("plan", {"rows": [ROW, ROW, ROW | {"sign": ""}]}, "Fill in at least 3 rows of the plan in full."),
        ("plan", {"rows": [ROW, ROW, ROW | {"criterion": "Z9"}]}, "Fill in at least 3 rows of the plan in full."),
        ("strengths", {"strengths": ["a", "b"], "gaps": ["a", "b", "c"]}, "Name three strengths and three gaps."),
        ("conflicts", {}, "Name who of the network worked with you, or say that nobody did."),
        ("conflicts", {"knows_nobody": True, "avoid": [{"name": "X"}]}, "Give a reason for each person"),
        ("conflicts", {"knows_nobody": True, "people": [{"name": "X", "how": "y"}]}, "You ticked that nobody worked"),
        ("conflicts", {"people": [{"name": "X"}]}, "Say of each person you name how they are known to you."),
        ("consent", {"sampling": True}, "Agree to all three points."),
    ],
)
def test_a_gap_is_said_in_a_sentence_at_its_place(place, content, said):
    ((where, sentence),) = missing({place: content})

    assert (where, sentence[: len(said)]) == (place, said)


def test_what_does_not_apply_needs_no_level_where_the_framework_allows_it():
    (optional,) = [code for code, one in RULES.criteria.items() if one.may_not_apply]

    assert missing({f"criterion:{optional}": {"does_not_apply": True, "reason": REASON}}) == []


def test_mandatory_criteria_need_evidence_and_others_do_not():
    found = [place for place, _said in missing(evidence=[])]

    assert found == [f"criterion:{code}" for code, one in RULES.criteria.items() if one.mandatory]


@pytest.mark.parametrize(
    ("day", "is_plan", "is_old"),
    [
        (date(2024, 11, 22), False, False),
        (date(2024, 11, 21), False, True),
        (date(2025, 11, 22), True, False),
        (date(2025, 11, 21), True, True),
    ],
)
def test_evidence_grows_too_old_to_the_day(day, is_plan, is_old):
    found = missing(evidence=[Item(), Item(dated_on=day, is_plan=is_plan)])

    assert found == ([("evidence", "“Handbook” is too old by now. Replace it.")] if is_old else [])


def test_one_badge_is_enough_where_there_is_only_one():
    assert missing({"badges": {"chosen": [{"badge": "one", "reason": "r"}]}}, choosable={"one"}) == []


def test_rows_in_which_nothing_stands_are_left_out():
    content = cleaned("plan", {"rows": [{}, ROW, {"gap": "  "}]})

    assert content == {"rows": [ROW]}
    assert cleaned("strengths", {"strengths": ["a", " "]}) == {"strengths": ["a"], "gaps": []}


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("criterion:A1", {"level": 3.5}),
        ("criterion:A1", {"level": 5}),
        ("criterion:A1", {"level": True}),
        ("criterion:A1", {"reason": "x" * 1201}),
        ("criterion:A1", {"reason": "a\0b"}),
        ("criterion:A1", {"grade": 3}),
        ("conflicts", {"avoid": [{"name": "X"}] * 3}),
        ("context", {"minors": "perhaps"}),
    ],
)
def test_what_does_not_fit_is_refused(place, content):
    with pytest.raises(ValidationError):
        cleaned(place, content)


def test_progress_counts_the_places_of_a_section():
    found = gaps(RULES, WHOLE | {"criterion:A1": {}, "plan": {}}, [Item()], choosable=BADGES, on=TODAY)

    counted = progress(RULES, found)

    assert [(one.filled, one.of) for one in counted.values()] == [
        (1, 1), (8, 8), (1, 1), (1, 1), (24, 25), (1, 1), (0, 1), (1, 1), (1, 1),
    ]  # fmt: skip


def test_every_place_has_a_section_and_a_blank_content():
    assert {section_of(place) for place in places(RULES)} == set(progress(RULES, []))
    assert all(cleaned(place, blank(place)) == blank(place) for place in places(RULES))


def test_a_text_is_compared_word_by_word():
    pieces = word_changes("We look once.", "We always look twice.")

    assert [(piece.kind, piece.words) for piece in pieces] == [
        ("kept", "We "),
        ("added", "always "),
        ("kept", "look "),
        ("gone", "once."),
        ("added", "twice."),
    ]
