"""Who judged a case reads how it ended, and their own part; nothing of the file or of the others."""

from datetime import timedelta

import pytest

from portal import clock
from portal.accounts.actions import set_network_roles
from quality_label.actions.application import withdraw_application
from quality_label.models import Application, Declaration
from quality_label.permissions import may_see_outcome
from tests.factories.accounts import PersonFactory
from tests.factories.label import AssignmentFactory, decided, rate, review_under_way, voted_case
from tests.factories.organisers import MembershipFactory, owner_of
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
LIST = "/quality-label/places/"
OWN, OTHERS = "Seen by me in each sampled award.", "Seen by somebody else in each award."


def past(case):
    return f"/quality-label/past/{case.key}/"


@pytest.fixture
def over():
    """A case that was decided, with an assessor, its lead and a member of its panel."""
    case = voted_case("awarded", "awarded", "not_awarded", levels={"C4": 3})
    one, other = (AssignmentFactory(application=case, locked=True) for _number in range(2))
    rate(one, {"A1": 3}, reason=OWN)
    rate(other, {"A1": 4}, reason=OTHERS)
    lead = AssignmentFactory(application=case, accepted=True, role="lead")
    decided(case)
    return Application.objects.get(pk=case.pk), one, lead, case.seats.last()


def test_an_assessor_reads_the_outcome_and_their_own_review(client, over):
    case, place, _lead, _seat = over
    client.force_login(place.person)

    page = client.get(past(case)).text

    assert past(case) in client.get(LIST).text
    assert past(case) in client.get(place.get_absolute_url()).text
    assert "Label awarded" in page
    assert f"/quality-label/holders/{case.organiser.slug}/" in page
    assert (OWN in page, OTHERS in page, "So it seems." in page) == (True, False, False)


def test_a_member_of_the_panel_is_led_from_the_panel_to_the_outcome_and_their_own_vote(client, over):
    case, _place, _lead, seat = over
    client.force_login(seat.person)

    page = client.get(f"/network/applications/{case.key}/panel/", follow=True)

    assert page.redirect_chain == [(past(case), 302)]
    assert past(case) in client.get(LIST).text
    assert "Do not issue the label yet" in page.text
    assert (page.text.count("So it seems."), OWN in page.text) == (1, False)


def test_the_lead_reads_the_outcome(client, over):
    case, _place, lead, _seat = over
    client.force_login(lead.person)

    assert "You led the team." in client.get(past(case)).text


def test_the_rest_of_the_case_stays_closed(client, over):
    case, place, lead, seat = over
    item = f"/quality-label/applications/{case.key}/"
    for person in [place.person, lead.person, seat.person]:
        client.force_login(person)
        paths = [
            item,
            f"{item}report/",
            f"/quality-label/lead/{case.key}/consensus/",
            f"/quality-label/desk/{place.key}/",
        ]
        assert [client.get(path).status_code for path in paths] == [404] * 4


def test_who_had_no_part_or_a_conflict_sees_nothing(client, over):
    case, place, _lead, seat = over
    MembershipFactory(organiser=case.organiser, person=place.person, role="author")
    Declaration.objects.filter(person=seat.person).update(conflict="excluding")
    voided = AssignmentFactory(application=case, accepted=True, state="voided")
    others = [place.person, seat.person, voided.person, PersonFactory(roles=["assessor"]), owner_of(case.organiser)]

    for person in others:
        client.force_login(person)
        assert client.get(past(case)).status_code == 404
        assert not may_see_outcome(case, person)


def test_who_lost_the_role_or_judged_three_years_ago_sees_nothing(client, over):
    case, place, lead, _seat = over
    set_network_roles(lead.person, [], by=None)
    for person, days in [(lead.person, 0), (place.person, 36 * 31)]:
        with clock.moved_to(timedelta(days=days)):
            client.force_login(type(person).objects.get(pk=person.pk))
            assert client.get(past(case)).status_code == 404


def test_a_withdrawn_case_says_so_to_its_team(client):
    case, (place, _other), _lead = review_under_way()
    withdraw_application(case, by=owner_of(case.organiser))
    client.force_login(place.person)

    assert "Withdrawn" in client.get(past(case)).text


def test_the_list_costs_the_same_for_1_and_3_past_cases(client):
    person = PersonFactory(roles=["assessor"])

    def one_more():
        case, _places, _lead = review_under_way()
        AssignmentFactory(application=case, person=person, accepted=True, role="assessor")
        withdraw_application(case, by=owner_of(case.organiser))

    one_more()
    client.force_login(person)
    few = queries_of(client, LIST)
    one_more()
    one_more()

    assert queries_of(client, LIST) == few
