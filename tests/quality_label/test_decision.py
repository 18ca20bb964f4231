"""Writing down what the panel decided."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.formats import date_format

from portal import clock
from portal.accounts.models import Person
from portal.notifications.models import Notification
from portal.workflow import Stale, StepRefused
from quality_label.actions.decision import CHECKS, correct_facts
from quality_label.models import Application, Decision, Label
from quality_label.reports import is_unchanged, names_among, names_in
from tests.factories.accounts import PersonFactory
from tests.factories.label import (
    RECOMMENDATIONS,
    AssignmentFactory,
    DeclarationFactory,
    condition,
    decided,
    ready_case,
    voted_case,
)
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db
BAD = {"C4": 1}  # mandatory: 72.5 points, yet not awarded
REASON = "The panel saw more than the levels say, in the sample of the awards and in the answers to its questions. " * 2


def test_award_ends_the_case_releases_the_team_and_tells_the_owners():
    case = voted_case("awarded", "awarded", "abstain")
    place = AssignmentFactory(application=case, locked=True)

    decision = decided(case)

    case = Application.objects.get(pk=case.pk)
    place.refresh_from_db(fields=["ended_at"])
    assert case.get_state_display() == "label awarded"
    assert case.ended_at
    assert place.ended_at
    assert (decision.outcome, decision.votes_for, decision.votes_against) == ("awarded", 2, 0)
    assert not decision.is_departure
    assert is_unchanged(decision)
    assert Notification.objects.get(person=owner_of(case.organiser)).event == "quality_label/decided"
    assert Label.objects.get().application == case


def test_two_votes_are_no_quorum():
    with pytest.raises(StepRefused, match="2 votes were cast"):
        decided(voted_case("awarded", "awarded"))


@pytest.mark.parametrize(
    "votes", [["awarded", "not_awarded", "abstain"], ["awarded", "awarded", "not_awarded", "awarded_conditions"]]
)
def test_half_is_no_majority(votes):
    with pytest.raises(StepRefused, match="no majority"):
        decided(voted_case(*votes))


def test_another_outcome_than_the_rules_needs_two_thirds_and_a_reason():
    case = voted_case("awarded", "awarded", "awarded", levels=BAD, agreeing=1)
    with pytest.raises(StepRefused, match="Two thirds"):
        decided(case, departure_reason=REASON)
    case = voted_case("awarded", "awarded", "not_awarded", levels=BAD, agreeing=2)
    with pytest.raises(StepRefused, match="in 100 characters"):
        decided(case, departure_reason="We like it.")

    decision = decided(case, departure_reason=REASON)

    assert (decision.outcome, decision.rule_outcome, decision.is_departure) == ("awarded", "not_awarded", True)
    assert decision.departure_reason == REASON


@pytest.mark.parametrize(
    "asked",
    [
        [],
        [{"code": code} for code in ["A1", "A2", "A3", "A4", "B1", "B2"]],
        [{"code": "Z9"}],
        [{"level": 5}],
        [{"evidence": " "}],
        [{"days": 29}],
        [{"days": 181}],
        [{}, {"days": 90}],
        [{"level": 2}],
    ],
)
def test_conditions_are_whole(asked):
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2})

    with pytest.raises(StepRefused, match=r"condition"):
        decided(case, "awarded_conditions", conditions=[condition(**one) for one in asked])


def test_what_is_wrong_with_conditions_names_each():
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2, "B3": 2})

    with pytest.raises(StepRefused) as refused:
        decided(case, "awarded_conditions", conditions=[condition("B3"), condition("F3", days=29)])

    said = "The condition on F3: choose a day between 30 and 180 days from now."
    assert [str(reason) for reason in refused.value.reasons] == [said]


def test_a_label_with_conditions_holds_a_month_longer_than_the_last_one():
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2, "B3": 2})

    decision = decided(case, "awarded_conditions", conditions=[condition("B3", 90), condition("F3", 60)])

    label = case.label
    assert (label.valid_until - clock.today()).days == 120
    last = date_format(clock.today() + timedelta(days=90))
    assert label.sentence == f"Holds the label; conditions to be met by {last}"
    assert [one["code"] for one in decision.report["conditions"]] == ["B3", "F3"]


def test_not_awarding_says_what_is_missing_and_what_to_do():
    case = voted_case("not_awarded", "not_awarded", "not_awarded", levels=BAD)
    with pytest.raises(StepRefused, match="Write 3 recommendations"):
        decided(case, "not_awarded", recommendations=RECOMMENDATIONS[:2])

    decision = decided(case, "not_awarded")

    assert decision.report["missing"] == ["C4 is at level 1; no mandatory criterion may lie below 2."]
    assert decision.report["recommendations"] == RECOMMENDATIONS
    assert not Label.objects.exists()


@pytest.mark.parametrize("name", CHECKS)
def test_nothing_is_released_unchecked(name):
    with pytest.raises(StepRefused, match="Not checked yet"):
        decided(voted_case("awarded", "awarded", "awarded"), checks=set(CHECKS) - {name})


def test_only_who_leads_the_case_through_decides():
    case = voted_case("awarded", "awarded", "awarded")
    insider = MembershipFactory(organiser=case.organiser, person=PersonFactory(roles=["network_admin"])).person
    for person in [PersonFactory(roles=["coordinator"]), insider, case.seats.first().person]:
        with pytest.raises(PermissionDenied):
            decided(case, by=Person.objects.get(pk=person.pk))

    admin = PersonFactory(roles=["network_admin"])
    DeclarationFactory(application=case, person=admin)
    assert decided(case, by=admin).outcome == "awarded"


def test_a_decision_on_what_changed_meanwhile_is_stale():
    case = voted_case("awarded", "awarded", "awarded")

    with pytest.raises(Stale):
        decided(case, seen=case.version + 1)


def test_without_a_network_nobody_can_sign():
    case = voted_case("awarded", "awarded", "awarded")
    type(case.organiser).objects.filter(is_network=True).update(is_network=False)

    with pytest.raises(StepRefused, match="nobody can sign"):
        decided(case)
    assert Application.objects.get(pk=case.pk).is_ready


def test_a_report_that_names_an_assessor_is_noticed():
    case = voted_case("awarded", "awarded", "awarded", report={"strengths": "As Ingrid said, good work."})
    report = decided(case).report

    assert names_in(report, ["Ingrid Larsen", "Tomas Bar", "Ana Go"]) == ["Ingrid Larsen"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Tomas said so.", ["Tomáš Novák"]),
        ("TOMÁŠ said so.", ["Tomáš Novák"]),
        ("Toma\u0301s\u030c said so.", ["Tomáš Novák"]),
        ("As Lukasz saw.", ["Łukasz Go"]),
        ("We asked Ana twice.", ["Ana Xu-Berg"]),
        ("We asked Berg twice.", ["Ana Xu-Berg"]),
        ("Every ana counts; go on, Xu.", []),
        ("The novel is on the shelf.", []),
    ],
)
def test_names_are_found_without_their_marks_and_short_ones_by_their_capital(words, named):
    assert names_among([words], ["Tomáš Novák", "Ana Xu-Berg", "Łukasz Go"]) == named


def test_facts_are_corrected_once_and_in_time():
    decision = decided(voted_case("awarded", "awarded", "awarded"))
    owner = owner_of(decision.application.organiser)
    with clock.moved_to(timedelta(days=8)), pytest.raises(StepRefused, match="five working days"):
        correct_facts(decision, words="We have 3 badges.", by=owner)
    with pytest.raises(PermissionDenied):
        correct_facts(decision, words="We have 3 badges.", by=PersonFactory())

    correct_facts(decision, words="We have 3 badges.", by=owner)

    coordinator = decision.application.coordinator
    assert Notification.objects.filter(person=coordinator, event="quality_label/facts_corrected").exists()
    with pytest.raises(StepRefused, match="once"):
        correct_facts(decision, words="Again.", by=owner)
    assert is_unchanged(Decision.objects.get())


@pytest.mark.services
def test_the_database_keeps_decisions_whole():
    decision = decided(voted_case("awarded", "awarded", "awarded"))

    for facts in [{"is_departure": True}, {"rule_outcome": "not_awarded"}, {"correction": "x"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**facts)


@pytest.mark.services
def test_one_live_label_an_organiser():
    organiser = OrganiserFactory(verified=True)
    decided(voted_case("awarded", "awarded", "awarded", organiser=organiser))
    case = ready_case(organiser=organiser)

    label = Label.objects.get()
    label.pk, label.application, label._state.adding = None, case, True
    with pytest.raises(IntegrityError), transaction.atomic():
        label.save()
