"""Members of the committee who judge a case cannot sit on its panel: enough of them are left for it."""

import pytest

from portal.accounts.models import Person
from quality_label.actions import invite_team
from quality_label.actions.decision import invite_panel
from quality_label.actions.team import TeamRefused, pool
from quality_label.conflicts import free_members
from quality_label.models import Application
from tests.factories.accounts import PersonFactory
from tests.factories.cases import expert, led_case, trio
from tests.factories.label import AssignmentFactory, CommitteeTermFactory, DeclarationFactory, ready_case
from tests.factories.organisers import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def petra(client):
    person = PersonFactory(name="Petra N.", roles=["coordinator"])
    client.force_login(person)
    return person


def elected(*people):
    return [CommitteeTermFactory(person=person).person for person in people]


def committee(size, **facts):
    return [CommitteeTermFactory(**facts).person for _number in range(size)]


def team_url(case):
    return f"/network/applications/{case.key}/team/"


def wanted(case, people, **facts) -> dict:
    places = {f"place_{number}": person.pk for number, person in enumerate(people)}
    return {"seen": Application.objects.get(pk=case.pk).version} | places | facts


def test_who_sits_on_the_panel_is_who_was_counted_for_it():
    case = ready_case()
    free = committee(2)
    committee(1, ends_on="2020-06-01")
    elected(
        AssignmentFactory(application=case, accepted=True).person,
        AssignmentFactory(application=case, accepted=True, state="released").person,
        AssignmentFactory(application=case).person,
        case.coordinator,
        MembershipFactory(organiser=case.organiser, role="author").person,
        DeclarationFactory(application=case, conflict="excluding").person,
    )

    assert free_members(case) == free
    assert [seat.person for seat in invite_panel(case)] == free


def test_a_member_is_proposed_last_where_too_few_would_be_left(petra):
    case = led_case(petra)
    people = trio()
    polish = expert(languages=["pl"])
    elected(people[0])
    committee(2)

    found = pool(case)

    assert [one.person for one in found][-2:] == [polish, people[0]]
    assert [one.person for one in found if one.leaves_too_few] == [people[0]]
    assert "of which 2 members would be left for the panel of 3" in found[-1].reasons()


def test_the_page_marks_who_is_needed_for_the_panel(client, petra):
    case = led_case(petra)
    elected(trio()[0])
    committee(2)
    needed = client.get(team_url(case)).text
    committee(1)
    spared = client.get(team_url(case)).text

    assert ("of which 2 members would be left" in needed, "needed for the panel" in needed) == (True, True)
    assert ("of which 3 members would be left" in spared, "needed for the panel" in spared) == (True, False)


@pytest.mark.parametrize("spares", ["", "on"])
def test_too_few_left_is_422_with_the_number(client, petra, spares):
    case = led_case(petra)
    people = trio()
    elected(people[0], people[2])
    committee(2)
    assert "needed for the panel" not in client.get(team_url(case)).text

    response = client.post(team_url(case), wanted(case, people, spares_members=spares))

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {"place_0", "place_2"}
    assert "2 members would be left for the panel of 3" in str(errors["place_0"])
    assert not case.assignments.exists()


def test_a_member_who_can_be_spared_is_asked_after_a_warning(client, petra):
    case = led_case(petra)
    people = trio()
    elected(people[0])
    committee(3)

    warned = client.post(team_url(case), wanted(case, people))
    asked = client.post(team_url(case), wanted(case, people, spares_members="on"))

    assert warned.status_code == 422
    assert "3 members would be left for the panel of 3. To ask them all the same" in str(
        warned.context["form"].errors["place_0"]
    )
    assert asked.status_code == 302
    assert case.assignments.count() == 3
    assert people[0] not in free_members(case)


def test_a_committee_that_is_short_already_holds_nobody_else_up(petra):
    case = led_case(petra)
    people = trio()
    elected(people[1])

    with pytest.raises(TeamRefused, match="0 members would be left"):
        invite_team(case, people, spares_members=True, by=petra)
    others = [people[0], expert(), people[2]]

    assert len(invite_team(case, others, by=Person.objects.get(pk=petra.pk))) == 3


def test_the_page_says_before_anybody_is_asked_who_reads_the_language(client):
    case = led_case(language="lt")
    expert(languages=["lt"])
    expert(languages=["en"])
    client.force_login(case.coordinator)

    page = client.get(f"/network/applications/{case.key}/team/").text

    assert "The application is written in Lithuanian: one of the two assessors has to read it." in page
    assert page.count('data-tone="mark">reads Lithuanian<') == 1
