"""An application is decided by the framework it was written under, whatever that one asks: points, or indicators."""

import pytest

from organisers.models import Organiser
from portal import clock
from portal.workflow import StepRefused
from quality_label.actions import finish_consensus, save_report
from quality_label.actions.consensus import comparison_of
from quality_label.actions.decision import CHECKS, cast_vote, declare_for_panel, record_decision
from quality_label.actions.report import drafted
from quality_label.actions.reviews import lock_review
from quality_label.frameworks import framework_file
from quality_label.models import Application
from tests.factories.label import (
    RECOMMENDATIONS,
    CommitteeTermFactory,
    DeclarationFactory,
    FrameworkVersionFactory,
    review_under_way,
    write_review,
)
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db


def framework(name):
    document = framework_file(name).model_dump(mode="json")
    return FrameworkVersionFactory(in_force=True, name=document["version"], document=document)


def judged(version, *ticked: int):
    """Return a case whose two reviews say level 3 everywhere, each with so many indicators ticked, in consensus."""
    application, assessors, lead = review_under_way(framework=version)
    indicators = application.rules.indicators
    for place, count in zip(assessors, ticked or (0, 0), strict=True):
        place = write_review(place, dict.fromkeys(application.rules.criteria, 3))
        for rating in place.ratings.all():
            own = [one.code for one in application.rules.criteria[rating.code].indicators]
            rating.ticked = [code for code in own if code in indicators[:count]]
            rating.save()
        lock_review(place, by=place.person, has_no_conflict=True)
    return Application.objects.get(pk=application.pk), lead.person


def decide(application, lead, outcome):
    """Lead a case from its consensus to a decision, and return it."""
    if not Organiser.objects.filter(is_network=True).exists():
        OrganiserFactory(verified=True, is_network=True)
    members = [term.person for term in CommitteeTermFactory.create_batch(3)]
    report = drafted(application)
    facts = {
        "areas": {area.code: "It is as the levels say." for area in application.rules.areas},
        "strengths": "Clear criteria.",
        "recommendations": RECOMMENDATIONS,
        "outcome": report.outcome,
        "departure_reason": "",
        "call_held_on": None,
    }
    save_report(application, facts, [], by=lead, seen=report.version)
    application = finish_consensus(application, by=lead)
    for member in members:
        seat = declare_for_panel(application.seats.get(person=member), has_conflict=False, by=member)
        cast_vote(seat, vote=outcome, words="As the team says.", by=member)
    DeclarationFactory(application=application, person=application.coordinator)
    return record_decision(
        application, outcome=outcome, checks=list(CHECKS), recommendations=RECOMMENDATIONS, by=application.coordinator
    )


def test_level_three_everywhere_is_enough_for_the_points_of_the_first_framework():
    application, lead = judged(framework("waymark-1.0"))

    decision = decide(application, lead, "awarded")

    assert (decision.rule_outcome, decision.outcome, decision.is_departure) == ("awarded", "awarded", False)
    assert application.label.valid_until == clock.months_later(clock.today(), 36)


def test_seven_of_ten_indicators_are_enough_for_the_other():
    application, lead = judged(framework("formal-and-indicators"), 8, 7)

    decision = decide(application, lead, "awarded")

    assert (decision.rule_outcome, decision.outcome) == ("awarded", "awarded")


def test_six_of_ten_are_not_and_the_rule_says_so():
    application, lead = judged(framework("formal-and-indicators"), 6, 10)

    with pytest.raises(StepRefused, match="The rule proposes something else"):
        decide(application, lead, "awarded")


def test_the_range_of_a_consensus_counts_indicators_that_only_one_saw():
    application, _lead = judged(framework("formal-and-indicators"), 6, 10)

    low, high = comparison_of(application).range

    assert (low.outcome, high.outcome) == ("not_awarded", "awarded")
