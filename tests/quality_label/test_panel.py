"""The panel: who gets a seat, and who votes."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.models import Person
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from quality_label.actions.decision import cast_vote, declare_for_panel, invite_panel, tally
from quality_label.models import Application, CommitteeTerm
from quality_label.permissions import may_see_case
from quality_label.schedule import invite_panels
from tests.factories.accounts import PersonFactory
from tests.factories.label import (
    ApplicationFactory,
    AssignmentFactory,
    CommitteeTermFactory,
    DeclarationFactory,
    decided,
    panel_of,
    ready_case,
    voted_case,
)
from tests.factories.organisers import MembershipFactory

pytestmark = pytest.mark.django_db


def test_who_only_sits_on_a_panel_is_led_to_it_from_every_page(client):
    case = ready_case()
    member, stranger = CommitteeTermFactory().person, PersonFactory()
    invite_panel(case)

    for person, is_led in [(member, True), (stranger, False)]:
        client.force_login(person)
        assert ("/quality-label/places/" in client.get("/about/", follow=True).text) == is_led


def test_everybody_of_the_committee_without_another_part_gets_a_seat():
    case = ready_case()
    free, former = CommitteeTermFactory().person, CommitteeTermFactory(ends_on="2020-06-01").person
    CommitteeTermFactory(person=AssignmentFactory(application=case, accepted=True).person)
    CommitteeTermFactory(person=AssignmentFactory(application=case, accepted=True, state="released").person)
    CommitteeTermFactory(person=case.coordinator)
    CommitteeTermFactory(person=MembershipFactory(organiser=case.organiser, role="author").person)
    CommitteeTermFactory(person=DeclarationFactory(application=case, conflict="excluding").person)

    seats = invite_panel(case)

    assert [seat.person for seat in seats] == [free]
    assert CommitteeTerm.objects.current().filter(person=former).count() == 0
    assert Notification.objects.get(person=free).event == "quality_label/panel_invited"
    assert invite_panel(case) == []


def test_the_clock_invites_the_panel_of_what_became_ready():
    CommitteeTermFactory()
    case, other = ready_case(), ApplicationFactory(consensus=True)

    invite_panels()

    assert (case.seats.count(), other.seats.count()) == (1, 0)


def test_a_seat_opens_the_case_while_it_is_ready():
    case = ready_case()
    seat = panel_of(case, 1)[0]
    decided_case = decided(voted_case("awarded", "awarded", "awarded")).application

    assert may_see_case(case, seat.person)
    assert list(Application.objects.cases_for(seat.person)) == [case]
    assert not may_see_case(decided_case, decided_case.seats.first().person)
    assert not Application.objects.cases_for(decided_case.seats.first().person).exists()


def test_who_has_a_seat_does_not_coordinate():
    case = ready_case()
    admin = PersonFactory(roles=["network_admin"])
    CommitteeTermFactory(person=admin)
    invite_panel(case)

    with pytest.raises(PermissionDenied):
        decided(case, by=Person.objects.get(pk=admin.pk))


def test_nobody_votes_before_declaring():
    case = ready_case()
    CommitteeTermFactory()
    seat = invite_panel(case)[0]

    with pytest.raises(StepRefused, match="Declare first"):
        cast_vote(seat, vote="awarded", words="Good.", by=seat.person)


def test_who_declares_a_conflict_loses_the_case_and_cannot_vote():
    case = ready_case()
    CommitteeTermFactory()
    seat = invite_panel(case)[0]

    declare_for_panel(seat, has_conflict=True, by=seat.person)

    assert not may_see_case(case, seat.person)
    with pytest.raises(PermissionDenied):
        cast_vote(seat, vote="awarded", words="Good.", by=seat.person)


def test_a_vote_says_why_and_can_be_changed_until_the_decision():
    case = voted_case("awarded", "awarded", "awarded")
    seat = case.seats.first()
    with pytest.raises(StepRefused):
        cast_vote(seat, vote="awarded", words=" ", by=seat.person)
    cast_vote(seat, vote="abstain", words="I cannot say.", by=seat.person)
    assert tally(case).votes == {"awarded": 2, "abstain": 1}

    decided(case)

    with pytest.raises(StepRefused, match="taken already"):
        cast_vote(seat, vote="awarded", words="Good.", by=seat.person)


def test_nobody_votes_from_the_seat_of_another():
    first, second = panel_of(ready_case(), 2)

    with pytest.raises(PermissionDenied):
        cast_vote(first, vote="awarded", words="Good.", by=second.person)


def test_the_vote_of_who_joined_the_applicant_counts_no_more():
    case = voted_case("awarded", "awarded", "awarded")
    MembershipFactory(organiser=case.organiser, person=case.seats.first().person, role="author")

    assert tally(case).cast == 2
    with pytest.raises(StepRefused, match="2 votes were cast"):
        decided(case)
