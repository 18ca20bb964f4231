"""A third review: its assessor is asked alone, sees the file once no tie is open, and has 14 days."""

from datetime import timedelta

import pytest

from portal import clock
from portal.accounts.models import Person
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from quality_label.actions import accept_place, agree_to_tie, call_third_review, invite_team, void_place
from quality_label.models import Application, Assignment
from tests.factories.cases import NO, expert, said, typed
from tests.factories.label import DeclarationFactory, case_in_consensus
from tests.factories.organisers import MembershipFactory, OrganiserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def called():
    """A case in which a third review was called for, with its first two places."""
    application, places, lead = case_in_consensus("4" * 25, "2" * 25)
    Person.objects.filter(pk__in=[place.person_id for place in [*places, lead]]).update(country="NO")
    DeclarationFactory(application=application, person=application.coordinator, answers=NO)
    return call_third_review(application, by=lead.person), places


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def test_coordinator_asks_a_third_assessor_who_has_fourteen_days(client, called):
    case, _places = called
    ingrid, team = expert(), f"/network/applications/{case.key}/team/"
    client.force_login(case.coordinator)
    assert team in client.get(f"/network/applications/{case.key}/").text
    assert "Third assessor" in client.get(team).text

    client.post(team, {"seen": case.version, "place_0": ingrid.pk})
    place = Assignment.objects.get(person=ingrid)
    client.force_login(ingrid)
    client.post(f"{place.get_absolute_url()}accept/", typed())

    place = fresh(place)
    assert (place.role, place.due_on) == ("third", clock.today() + timedelta(days=14))
    events = OutgoingMail.objects.filter(person=ingrid).order_by("pk").values_list("event", flat=True)
    assert list(events) == ["quality_label/place_offered", "quality_label/review_opened"]
    assert f"/quality-label/desk/{place.key}/" in client.get(place.get_absolute_url()).text
    assert client.get(f"/quality-label/desk/{place.key}/A1/").status_code == 200


def test_one_third_assessor_is_asked_at_a_time(called):
    case, _places = called
    invite_team(case, [expert()], by=case.coordinator)

    with pytest.raises(StepRefused):
        invite_team(fresh(case), [expert()], by=case.coordinator)


def test_a_colleague_of_an_assessor_is_no_third_one(called):
    case, (one, _other) = called
    colleague, organiser = expert(), OrganiserFactory()
    for person in [one.person, colleague]:
        MembershipFactory(organiser=organiser, person=person, role="author")

    with pytest.raises(StepRefused, match="belong to the same organisation"):
        invite_team(case, [colleague], by=case.coordinator)


def test_a_tie_keeps_the_file_shut_until_it_is_agreed_to(client, called):
    case, _places = called
    (place,) = invite_team(case, [expert()], by=case.coordinator)
    place = accept_place(place, said("other"), by=place.person)
    client.force_login(place.person)
    desk = f"/quality-label/desk/{place.key}/A1/"

    assert client.get(desk).status_code == 404
    assert not Application.objects.opened_to(place.person).exists()
    agree_to_tie(place, words="Known from events.", by=case.coordinator)

    assert client.get(desk).status_code == 200
    assert fresh(place).due_on == clock.today() + timedelta(days=14)


def test_the_third_place_can_be_taken_away_and_the_others_for_a_conflict_alone(client, called):
    case, (one, _other) = called
    (place,) = invite_team(case, [expert()], by=case.coordinator)
    client.force_login(case.coordinator)
    page = client.get(f"/network/applications/{case.key}/team/").text
    assert [f"/places/{row.key}/void/" in page for row in [one, place]] == [True, True]

    with pytest.raises(StepRefused):
        void_place(one, words="No.", by=case.coordinator)
    void_place(place, words="We found somebody closer.", by=case.coordinator)

    assert len(invite_team(fresh(case), [expert()], by=case.coordinator)) == 1
