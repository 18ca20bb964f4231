"""Who decides on a label: those who may today, on organisers that may hold it today."""

import pytest

from organisers.actions.standing import lift_suspension
from portal import clock
from portal.audit.models import AuditEvent
from portal.workflow import StepRefused
from quality_label.actions.decision import cast_vote, tally
from quality_label.models import Application, CommitteeTerm, Label
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory, DeclarationFactory, decided, panel_of, ready_case, voted_case
from tests.factories.organisers import suspended_by

pytestmark = pytest.mark.django_db


def fresh(case):
    return Application.objects.get(pk=case.pk)


@pytest.mark.parametrize("outcome", ["awarded", "awarded_conditions", "not_awarded"])
def test_nothing_is_decided_on_a_suspended_organiser(outcome):
    case = voted_case("awarded", "awarded", "awarded")
    suspended_by(PersonFactory(roles=["network_admin"]), case.organiser)

    with pytest.raises(StepRefused, match="organiser is suspended"):
        decided(fresh(case), outcome)

    assert fresh(case).is_ready
    assert not Label.objects.exists()


def test_nobody_votes_while_the_organiser_is_suspended(client):
    case = ready_case()
    (seat,) = panel_of(case, 1)
    suspension = suspended_by(PersonFactory(roles=["network_admin"]), case.organiser)
    client.force_login(seat.person)

    page = client.get(f"/network/applications/{case.key}/panel/")
    with pytest.raises(StepRefused, match="organiser is suspended"):
        cast_vote(seat, vote="awarded", words="Good.", by=seat.person)

    assert ("vote" in page.context["forms"], "The organiser is suspended." in page.text) == (False, True)
    lift_suspension(suspension, note="Settled.", by=PersonFactory(roles=["network_admin"]))
    assert cast_vote(seat, vote="awarded", words="Good.", by=seat.person).vote == "awarded"


def test_no_label_once_the_verification_is_over():
    case = voted_case("awarded", "awarded", "awarded")
    type(case.organiser).objects.filter(pk=case.organiser_id).update(verified_until=clock.today())

    with pytest.raises(StepRefused, match="verification of the organiser is not in force"):
        decided(fresh(case))


def test_an_admin_declares_before_they_decide_in_place_of_the_coordinator():
    case = voted_case("awarded", "awarded", "awarded")
    admin = PersonFactory(roles=["network_admin"])

    with pytest.raises(StepRefused, match="Say first whether you have a conflict"):
        decided(case, by=admin)

    DeclarationFactory(application=case, person=admin)
    decided(case, by=admin)
    assert AuditEvent.objects.filter(verb="quality_label.act_for_coordinator", actor=admin).exists()


def test_nobody_votes_after_their_term():
    case = ready_case()
    first, second = panel_of(case, 2)
    cast_vote(first, vote="awarded", words="Good.", by=first.person)
    CommitteeTerm.objects.update(ends_on=clock.today())

    with pytest.raises(StepRefused, match="term in the committee is over"):
        cast_vote(second, vote="awarded", words="Good.", by=second.person)

    assert tally(case).cast == 1


def test_the_page_of_the_panel_is_not_open_before_the_team_agreed(client):
    case = ApplicationFactory(in_review=True)
    client.force_login(case.coordinator)

    answer = client.get(f"/network/applications/{case.key}/panel/")

    assert answer.status_code == 409
    assert "The panel meets once the team has agreed." in answer.content.decode()


@pytest.mark.parametrize("step", ["vote", "declare"])
def test_a_late_vote_does_not_open_the_file(client, step):
    case = voted_case("awarded", "awarded", "awarded")
    decided(case)
    client.force_login(case.seats.first().person)

    answer = client.post(f"/network/applications/{case.key}/panel/{step}/", {"vote": "of no kind"})

    assert answer.status_code == 409
    assert "Good badges." not in answer.content.decode()
