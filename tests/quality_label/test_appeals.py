"""Appeals: lodged in time and on a ground, decided by people without a part in the case, and what they bring about."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal import clock
from portal.accounts.models import Person
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions import start_application
from quality_label.actions.appeal import (
    admit_appeal,
    answer_comment,
    comment_on_appeal,
    declare_for_appeal,
    lodge_appeal,
    take_up_appeal,
    turn_appeal_away,
    withdraw_appeal,
)
from quality_label.actions.appeal_decision import decide_appeal, vote_on_appeal
from quality_label.actions.eligibility import find_ineligible, take_up_application
from quality_label.models import Appeal, Application, Label
from quality_label.schedule import keep_appeals
from tests.factories.accounts import PersonFactory
from tests.factories.label import (
    ApplicationFactory,
    AssignmentFactory,
    DeclarationFactory,
    condition,
    decided,
    label,
    revoked,
    suspended,
    voted_case,
)
from tests.factories.organisers import owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
WHY = "Item 17 of the evidence shows the rubric in use, and no review mentions it. It was in the file from day 0."
DAY = timedelta(days=1)


@pytest.fixture
def admin():
    return PersonFactory(roles=["network_admin"])


@pytest.fixture
def refused():
    """A case that two assessors and a lead judged, and a panel refused."""
    case = voted_case(*["not_awarded"] * 3, levels={"C4": 1})
    AssignmentFactory.create_batch(2, application=case, locked=True)
    AssignmentFactory(application=case, accepted=True, role="lead")
    return decided(case, "not_awarded").application


@pytest.fixture
def judges():
    """Five people of the network who had no part in anything."""
    return PersonFactory.create_batch(5, roles=["assessor", "lead_assessor"])


def owner(application):
    return owner_of(application.organiser)


def lodge(application, subject="not_awarded", **facts):
    facts = {"grounds": ["overlooked"], "words": WHY, "by": owner(application)} | facts
    return lodge_appeal(Application.objects.get(pk=application.pk), subject=subject, **facts)


def with_panel(application, admin, subject="not_awarded", **facts):
    """Return an appeal whose panel declared to be free."""
    appeal = admit_appeal(take_up_appeal(lodge(application, subject, **facts), by=admin), by=admin)
    for seat in appeal.seats.all():
        declare_for_appeal(seat, has_conflict=False, by=seat.person)
    return appeal


def voted(appeal, *votes, criteria=()):
    for seat, vote in zip(appeal.seats.standing(), votes, strict=False):
        vote_on_appeal(
            seat, vote=vote, words="So it seems.", criteria=criteria if vote == "partly_upheld" else (), by=seat.person
        )
    return Appeal.objects.get(pk=appeal.pk)


def decide(appeal, admin):
    return decide_appeal(appeal, findings=dict.fromkeys(appeal.grounds, "We looked at it."), by=admin)


def at(days):
    return clock.moved_to(clock.now() + days * DAY)


def told(event):
    return set(Notification.objects.filter(event=f"quality_label/{event}").values_list("person", flat=True))


def test_an_owner_appeals_once_within_thirty_days_on_a_ground(refused, judges, admin):
    with at(31), pytest.raises(StepRefused, match="were taken until"):
        lodge(refused)
    with pytest.raises(PermissionDenied):
        lodge(refused, by=PersonFactory())
    with pytest.raises(StepRefused, match="none by itself"):
        lodge(refused, grounds=[])
    with pytest.raises(StepRefused, match="100 characters"):
        lodge(refused, words="Please look again.")
    with pytest.raises(StepRefused, match="Nothing of that kind"):
        lodge(refused, subject="suspension")

    appeal = lodge(refused, new_evidence="A letter that came later.")

    assert (appeal.state, appeal.decide_by) == ("lodged", clock.today() + 45 * DAY)
    assert told("appeal_received") == {owner(refused).pk}
    assert told("appeal_lodged") == {admin.pk}
    with pytest.raises(StepRefused, match="already"):
        lodge(refused)
    assert Application.objects.get(pk=refused.pk).state == "not_awarded"


def test_no_new_application_while_an_appeal_may_open_the_last_one_and_the_other_way_round(refused, judges):
    with at(95):
        draft = start_application(refused.organiser, by=owner(refused))
    with pytest.raises(StepRefused, match="begun another"):
        lodge(refused)
    draft.delete()
    lodge(refused)

    with at(95), pytest.raises(StepRefused, match="Your appeal"):
        start_application(refused.organiser, by=owner(refused))


def test_who_had_a_part_neither_admits_nor_decides(refused, judges, admin):
    appeal = lodge(refused)
    recorder = Person.objects.get(pk=refused.coordinator_id)
    recorder.network_roles.create(role="network_admin", starts_on="2020-01-01")
    with pytest.raises(PermissionDenied):
        take_up_appeal(appeal, by=Person.objects.get(pk=recorder.pk))

    appeal = admit_appeal(take_up_appeal(appeal, by=admin), by=admin)

    panel = {seat.person for seat in appeal.seats.all()}
    assert len(panel) == 3
    assert panel <= set(judges)
    assert told("appeal_seat_offered") == {one.pk for one in panel}
    lead = refused.assignments.get(role="lead").person
    assert told("appeal_to_comment") == {lead.pk}


def test_fewer_than_three_free_people_are_no_panel(refused, admin):
    PersonFactory.create_batch(2, roles=["assessor"])

    appeal = take_up_appeal(lodge(refused), by=admin)

    with pytest.raises(StepRefused, match="Fewer than three"):
        admit_appeal(appeal, by=admin)


def test_a_member_with_a_conflict_is_replaced_by_the_next_of_the_lot(refused, judges, admin):
    appeal = admit_appeal(take_up_appeal(lodge(refused), by=admin), by=admin)
    first = appeal.seats.first()

    declare_for_appeal(first, has_conflict=True, by=first.person)

    assert appeal.seats.standing().count() == 3
    with pytest.raises(PermissionDenied):
        vote_on_appeal(first, vote="upheld", words="Yes.", by=first.person)


def test_the_lead_comments_and_the_applicant_answers_each_once_and_in_time(refused, judges, admin):
    appeal = with_panel(refused, admin)
    lead = Person.objects.get(pk=refused.assignments.get(role="lead").person_id)
    with at(8), pytest.raises(StepRefused, match="within seven days"):
        comment_on_appeal(appeal, words="It was seen.", by=lead)
    with pytest.raises(StepRefused, match="no comment"):
        answer_comment(appeal, words="It was not.", by=owner(refused))

    appeal = comment_on_appeal(appeal, words="It was seen.", by=lead)

    assert told("appeal_commented") == {owner(refused).pk}
    with at(8), pytest.raises(StepRefused):
        answer_comment(appeal, words="It was not.", by=owner(refused))
    appeal = answer_comment(appeal, words="It was not.", by=owner(refused))
    with pytest.raises(StepRefused):
        answer_comment(appeal, words="Once more.", by=owner(refused))


def test_an_upheld_appeal_has_new_people_judge_everything_in_45_days(refused, judges, admin):
    appeal = decide(voted(with_panel(refused, admin), "upheld", "upheld", "dismissed"), admin)

    case = Application.objects.get(pk=refused.pk)
    assert (appeal.state, case.state, case.round, case.days().total) == ("upheld", "assigning", 2, 45)
    assert case.standing_decision is None
    assert case.decision.replaced_at is not None
    assert not case.consensus.exists()
    assert list(case.asked) == list(case.rules.criteria)
    assert told("judged_again") == {refused.coordinator_id}
    assert list(violations()) == []


def test_one_upheld_in_part_asks_for_the_named_criteria_and_keeps_the_others(refused, judges, admin):
    appeal = voted(with_panel(refused, admin), "partly_upheld", "partly_upheld", criteria=["C4", "B1"])
    decide(appeal, admin)

    case = Application.objects.get(pk=refused.pk)
    assert (case.state, case.days().total, list(case.asked)) == ("assigning", 30, ["B1", "C4"])
    assert case.consensus.carried().count() == 23
    assert list(violations()) == []


def test_a_vote_in_part_names_criteria(refused, judges, admin):
    seat = with_panel(refused, admin).seats.first()

    with pytest.raises(StepRefused, match="Name the criteria"):
        vote_on_appeal(seat, vote="partly_upheld", words="In part.", by=seat.person)


def test_a_decision_takes_a_majority_and_an_answer_to_each_ground(refused, judges, admin):
    appeal = voted(with_panel(refused, admin, grounds=["overlooked", "rule"]), "upheld", "dismissed")
    with pytest.raises(StepRefused, match="no majority"):
        decide(appeal, admin)
    appeal = voted(appeal, "dismissed", "dismissed")
    with pytest.raises(StepRefused, match="each ground"):
        decide_appeal(appeal, findings={"rule": "It was followed."}, by=admin)

    appeal = decide(appeal, admin)

    assert (appeal.state, Application.objects.get(pk=refused.pk).state) == ("dismissed", "not_awarded")
    assert told("appeal_decided") == {owner(refused).pk}


def test_it_is_taken_back_before_a_vote_and_not_after(refused, judges, admin):
    appeal = with_panel(refused, admin)
    with pytest.raises(StepRefused, match="voted"):
        withdraw_appeal(voted(appeal, "upheld"), by=owner(refused))
    appeal.seats.update(vote="", voted_at=None)

    assert withdraw_appeal(Appeal.objects.get(pk=appeal.pk), by=owner(refused)).state == "withdrawn"


def test_one_that_is_not_admissible_says_why(refused, admin):
    appeal = take_up_appeal(lodge(refused), by=admin)
    with pytest.raises(StepRefused, match="Say why"):
        turn_appeal_away(appeal, words=" ", by=admin)

    assert turn_appeal_away(appeal, words="It names no rule.", by=admin).state == "inadmissible"


def test_not_eligible_after_all_is_checked_by_somebody_else_and_the_days_go_on(judges, admin):
    case = ApplicationFactory(in_check=True)
    DeclarationFactory(application=case, person=case.coordinator)
    with at(5):
        case = find_ineligible(case, gate="G6", words="No privacy notice.", by=case.coordinator)
        appeal = with_panel(case, admin, "ineligible", grounds=["fact"])
    with at(20):
        decide(voted(appeal, "upheld", "upheld"), admin)
        again = Application.objects.get(pk=case.pk)
        assert (again.state, again.coordinator, again.days().day) == ("submitted", None, 5)
        with pytest.raises(StepRefused):
            take_up_application(again, {}, by=case.coordinator)
        assert list(violations()) == []


def test_conditions_fall_and_the_label_becomes_whole(judges, admin):
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2, "B3": 2})
    case = decided(case, "awarded_conditions", conditions=[condition("F3", 60), condition("B3", 90)]).application

    appeal = voted(with_panel(case, admin, "conditions"), "partly_upheld", "partly_upheld", criteria=["F3"])
    decide(appeal, admin)

    held = Label.objects.get(application=case)
    assert ([one.code for one in held.open_conditions], held.state) == (["B3"], "conditional")


def test_all_conditions_fall(judges, admin):
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2})
    case = decided(case, "awarded_conditions", conditions=[condition("F3", 60)]).application

    decide(voted(with_panel(case, admin, "conditions"), "upheld", "upheld"), admin)

    held = Label.objects.get(application=case)
    assert (held.state, held.valid_until) == ("active", clock.months_later(held.valid_from, 36))
    assert list(violations()) == []


def test_a_suspension_is_lifted(judges, admin):
    held = suspended(label())

    decide(voted(with_panel(held.application, admin, "suspension", grounds=["fact"]), "upheld", "upheld"), admin)

    assert Label.objects.get(pk=held.pk).state == "active"


def test_a_revoked_label_holds_again_with_new_statements(judges, admin):
    held = label()
    until, first = held.valid_until, held.credential_id
    revoked(held)

    decide(voted(with_panel(held.application, admin, "revocation", grounds=["fact"]), "upheld", "upheld"), admin)

    held = Label.objects.get(pk=held.pk)
    assert (held.state, held.valid_until, held.ground, held.ended_on) == ("active", until, "", None)
    assert held.credential_id != first
    assert held.credential.withdrawn_at is None
    assert list(violations()) == []


def test_admins_are_reminded_before_the_days_to_admit_and_to_decide(refused, judges, admin):
    lodge(refused)
    for days in (0, 1, 5, 6):
        with at(days):
            keep_appeals()

    assert Notification.objects.filter(event="quality_label/appeal_waiting").count() == 2
