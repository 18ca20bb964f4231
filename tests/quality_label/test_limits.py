"""Too much of anything is refused with a sentence by the actions themselves, whoever calls them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.workflow import StepRefused
from quality_label import actions
from quality_label.actions.clarification import MOST_QUESTIONS
from quality_label.actions.decision import cast_vote, correct_facts, declare_for_panel, invite_panel, record_decision
from quality_label.actions.label_suspension import suspend_label
from quality_label.actions.promise import explain_delay, extend_days
from quality_label.actions.reviews import report_personal_data
from quality_label.models import Application, ClarificationQuestion
from tests.factories.accounts import PersonFactory
from tests.factories.cases import NO, expert, led_case, trio
from tests.factories.label import (
    AssignmentFactory,
    CommitteeTermFactory,
    EvidenceFactory,
    case_in_consensus,
    condition,
    decided,
    label,
    ready_case,
    review_under_way,
    voted_case,
)
from tests.factories.organisers import owner_of
from tests.quality_label.applying import filled_draft
from tests.quality_label.walking import decision_facts, level_facts, report_facts

pytestmark = pytest.mark.django_db
LONG, LINES = "x" * 6000, ["Publish the criteria."]
RATING = {"level": 3, "does_not_apply": False, "reason": "Seen.", "evidence": ["f"], "ticked": []}
REFUSED = "at most|not offered|whole number|half steps|applies to everybody|lowered"


@pytest.mark.parametrize(
    "facts",
    [
        {"reason": LONG},
        {"change_reason": LONG},
        {"evidence": [f"e{number}" for number in range(100)]},
        {"ticked": ["A1.1"]},
        {"level": 5},
        {"level": 2.5},
        {"level": None, "does_not_apply": True},
    ],
)
def test_a_rating_says_no_more_than_it_can(facts):
    _application, (place, _other), _lead = review_under_way()

    with pytest.raises(StepRefused, match=REFUSED):
        actions.save_rating(place, "A1", RATING | facts, by=place.person, seen=0)

    assert not place.ratings.exists()


def test_remarks_and_reports_on_evidence_are_no_longer_than_their_fields():
    application, (place, _other), _lead = review_under_way()
    evidence = EvidenceFactory(application=application)

    for name in ["strengths", "advice"]:
        remarks = {"strengths": "", "advice": ""} | {name: LONG}
        with pytest.raises(StepRefused, match=REFUSED):
            actions.save_remarks(place, remarks, by=place.person, seen=0)
    with pytest.raises(StepRefused, match=REFUSED):
        report_personal_data(place, evidence, LONG, by=place.person)


def test_a_round_holds_so_many_questions_of_such_a_length():
    application, _places, lead = review_under_way()
    actions.gather_questions(application, by=lead.person)
    ask = {"code": "A1", "by": lead.person}
    words = "Who judged the second award of the sample?"

    with pytest.raises(StepRefused, match="2000 at most"):
        actions.add_question(application, words=LONG, **ask)
    for _number in range(MOST_QUESTIONS):
        question = actions.add_question(application, words=words, **ask)
    with pytest.raises(StepRefused, match="30 questions at most"):
        actions.add_question(application, words=words, **ask)
    with pytest.raises(StepRefused, match="2000 at most"):
        actions.word_question(question, words=LONG, by=lead.person, seen=0)

    assert ClarificationQuestion.objects.count() == MOST_QUESTIONS


@pytest.mark.parametrize(
    "facts",
    [
        {"reason": LONG},
        {"ticked": ["A1.1"]},
        {"level": Decimal("4.5")},
        {"level": Decimal("2.7")},
        {"level": None, "does_not_apply": True},
    ],
)
def test_an_agreed_level_says_no_more_than_it_can(facts):
    application, _places, lead = case_in_consensus("3" * 25, "3" * 25)

    with pytest.raises(StepRefused, match=REFUSED):
        actions.save_level(application, "A1", level_facts() | facts, by=lead.person, seen=0)


@pytest.mark.parametrize(
    ("facts", "conditions"),
    [
        ({"strengths": LONG}, []),
        ({"departure_reason": LONG}, []),
        ({"areas": {"A": LONG}}, []),
        ({"areas": {"Z": "Well done."}}, []),
        ({"recommendations": LINES * 7}, []),
        ({"recommendations": [LONG]}, []),
        ({}, [condition(evidence=LONG)]),
        ({}, [condition("Z9")]),
        ({}, [condition(), condition()]),
    ],
)
def test_a_report_says_no_more_than_it_can(facts, conditions):
    application, _places, lead = case_in_consensus("3" * 25, "3" * 25)

    with pytest.raises(StepRefused, match=REFUSED):
        actions.save_report(application, report_facts(application, **facts), conditions, by=lead.person, seen=0)


@pytest.mark.parametrize("facts", [{"departure_reason": LONG}, {"recommendations": [LONG]}])
def test_a_decision_says_no_more_than_it_can(facts):
    case = voted_case("awarded", "awarded", "awarded")

    with pytest.raises(StepRefused, match=REFUSED):
        record_decision(case, **decision_facts(**facts), by=case.coordinator)


def test_conditions_of_a_decision_say_no_more_than_they_can():
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2})

    with pytest.raises(StepRefused, match=REFUSED):
        decided(case, "awarded_conditions", conditions=[condition(evidence=LONG)])


def test_the_panel_writes_no_more_than_its_fields_hold():
    case = ready_case()
    CommitteeTermFactory()
    (seat,) = invite_panel(case)

    with pytest.raises(StepRefused, match=REFUSED):
        declare_for_panel(seat, has_conflict=False, words=LONG, by=seat.person)
    seat = declare_for_panel(seat, has_conflict=False, by=seat.person)
    with pytest.raises(StepRefused, match=REFUSED):
        cast_vote(seat, vote="awarded", words=LONG, by=seat.person)


def test_corrections_and_reasons_for_a_label_fit_their_fields():
    held = label()
    admin = PersonFactory(roles=["network_admin"])

    with pytest.raises(StepRefused, match=REFUSED):
        correct_facts(held.application.decision, words=LONG, by=owner_of(held.organiser))
    with pytest.raises(StepRefused, match=REFUSED):
        suspend_label(held, cause="complaint", words=LONG, by=admin)


def test_those_who_are_asked_to_judge_write_no_more_than_fits():
    case = led_case()
    place = AssignmentFactory(application=case, person=expert(), answer_by=clock.today())
    long = NO | {"other": {"yes": True, "words": LONG}}
    half = {"other": {"yes": True, "words": "x"}}

    with pytest.raises(StepRefused, match=REFUSED):
        actions.accept_place(place, long, by=place.person)
    with pytest.raises(StepRefused, match="each of the eight"):
        actions.accept_place(place, half, by=place.person)
    with pytest.raises(StepRefused, match=REFUSED):
        actions.decline_place(place, reason="other", words=LONG, by=place.person)
    with pytest.raises(StepRefused, match=REFUSED):
        actions.void_place(place, words=LONG, by=case.coordinator)


def test_coordinators_write_no_more_than_fits():
    case = led_case(in_check=True)
    petra, admin = case.coordinator, PersonFactory(roles=["network_admin"])
    actions.declare_ties(case, NO, by=admin)
    gate = case.rules.gates[0].code
    ahead = clock.today() + timedelta(days=20)
    Application.objects.filter(pk=case.pk).update(broken_on=clock.today())

    for act in [
        lambda: actions.return_application(case, {"context": LONG}, by=petra),
        lambda: actions.return_application(case, {"nowhere": "Write more."}, by=petra),
        lambda: actions.find_ineligible(case, gate=gate, words=LONG, by=petra),
        lambda: extend_days(case, days=3, reason=LONG, by=admin),
        lambda: explain_delay(case, words=LONG, new_date=ahead, by=admin),
        lambda: actions.lower_sample(case.organiser, badges=2, awards=9, people=9, reason=LONG, by=petra),
        lambda: actions.lower_sample(case.organiser, badges=9, awards=9, people=9, reason="Small.", by=petra),
    ]:
        with pytest.raises(StepRefused, match=REFUSED):
            act()


@pytest.mark.parametrize("facts", [{"title": LONG}, {"url": f"https://example.org/{LONG}"}, {"criteria": ["A1", "Z9"]}])
def test_evidence_says_no_more_than_it_can(facts):
    case = filled_draft()
    whole = {"kind": "link", "title": "Badge page", "url": "https://example.org/", "criteria": ["A1"]}
    whole |= {"dated_on": clock.today(), "is_free_of_personal_data": True}

    with pytest.raises(StepRefused, match=REFUSED):
        actions.attach_evidence(case, by=owner_of(case.organiser), **(whole | facts))


def test_experts_say_no_more_of_themselves_than_fits():
    (person, *_others) = trio()

    with pytest.raises(StepRefused, match=REFUSED):
        actions.save_profile(person, by=person, fields=LONG, languages=["en"])
