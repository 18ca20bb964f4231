"""What people judge stands on one page, and every place leads to where its holder works."""

import pytest

from quality_label.models import PanelSeat
from tests.factories.accounts import PersonFactory
from tests.factories.cases import expert, led_case
from tests.factories.label import (
    ApplicationFactory,
    AssignmentFactory,
    case_in_consensus,
    decided,
    voted_case,
)
from tests.factories.organisers import MembershipFactory
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
PAGE = "/quality-label/places/"


def test_each_part_leads_to_its_work(client):
    application, (one, _other), lead = case_in_consensus("3" * 25, "3" * 25)
    consensus = f"/quality-label/lead/{application.key}/consensus/"
    ways = {one.person: f"/quality-label/desk/{one.key}/", lead.person: f"/quality-label/lead/{application.key}/"}

    for person, way in ways.items():
        client.force_login(person)
        place = application.assignments.get(person=person)
        for page in [PAGE, place.get_absolute_url()]:
            found = client.get(page).text
            assert (page, f'"{way}"' in found, consensus in found) == (page, True, True)


def test_an_invitation_leads_to_its_answer_and_a_seat_to_its_vote(client):
    person = expert()
    place = AssignmentFactory(application=led_case(), person=person)
    seat = PanelSeat.objects.create(application=ApplicationFactory(ready=True), person=person)
    client.force_login(person)

    page = client.get(PAGE).text

    assert place.get_absolute_url() in page
    assert f"/network/applications/{seat.application.key}/panel/" in page
    assert PAGE in client.get("/inbox/").text


def test_what_others_judge_what_is_over_and_what_a_conflict_bars_is_not_listed(client):
    person = expert()
    AssignmentFactory()
    AssignmentFactory(
        person=person, application=ApplicationFactory(submitted=True, state="withdrawn", ended_at="2026-11-20T09:00Z")
    )
    barred = AssignmentFactory(person=person)
    MembershipFactory(organiser=barred.application.organiser, person=person, role="author")
    client.force_login(person)

    assert "Nothing to judge now" in client.get(PAGE).text


def test_people_who_do_not_judge_have_no_such_page(client):
    client.force_login(PersonFactory())

    assert client.get(PAGE).status_code == 403


def test_the_page_costs_the_same_for_1_and_3_rows(client):
    person = expert()
    AssignmentFactory(person=person, accepted=True)
    PanelSeat.objects.create(application=ApplicationFactory(ready=True), person=person)
    client.force_login(person)
    few = queries_of(client, PAGE)
    for _number in range(2):
        AssignmentFactory(person=person, accepted=True)
        PanelSeat.objects.create(application=ApplicationFactory(ready=True), person=person)

    assert queries_of(client, PAGE) == few


def test_a_case_leads_its_coordinator_to_reviews_panel_and_report(client):
    application = voted_case("awarded", "awarded", "awarded")
    client.force_login(application.coordinator)
    case = f"/network/applications/{application.key}/"
    ways = [f"{case}panel/", f"/quality-label/lead/{application.key}/consensus/"]

    assert [way in client.get(case).text for way in ways] == [True, True]
    report = f"/quality-label/applications/{application.key}/report/"
    assert report not in client.get(case).text
    decided(application)
    assert report in client.get(case).text


def test_who_declines_comes_back_to_what_they_judge_with_a_word_of_thanks(client):
    place = AssignmentFactory(application=led_case(), person=expert())
    client.force_login(place.person)

    answer = client.post(f"{place.get_absolute_url()}decline/", {"no-reason": "time"}, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Thank you for answering. Somebody else is asked." in answer.text
