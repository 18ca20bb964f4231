"""An event is told in the time of its place, whose zone is named to readers whose clock shows another."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from organisers.models import City
from pathways.actions import register
from pathways.models import ActivityDate, ActivityPage
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import city
from tests.factories.pathways import activity, with_role
from tests.pathways.editor import activity_words, section
from tests.pathways.test_author_sections import EVENING, dates_of

pytestmark = pytest.mark.django_db
EVENING_IN_BARCELONA = datetime(2027, 3, 1, 17, tzinfo=UTC)


def reader(zone):
    return PersonFactory(time_zone=zone)


def evening(**facts) -> ActivityDate:
    """Return the date of an activity at 18:00 in Barcelona."""
    page = activity(**{"mode": "on-site", "city": city("Barcelona", "ES")} | facts)
    ends_at = EVENING_IN_BARCELONA + timedelta(hours=2)
    page.dates = [
        ActivityDate(begins_at=EVENING_IN_BARCELONA, ends_at=ends_at, closes_at=EVENING_IN_BARCELONA, capacity=8)
    ]
    page.save_revision().publish()
    return ActivityDate.objects.get(page=page)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.moved_to(EVENING_IN_BARCELONA - timedelta(hours=1)):
        yield


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Vilnius", "18:00–20:00, Madrid time"),
        ("Europe/Paris", "18:00–20:00<"),
        (None, "18:00–20:00, Madrid time"),
    ],
)
def test_everybody_reads_the_time_of_the_place(client, zone, words):
    date = evening()
    if zone:
        client.force_login(reader(zone))

    text = client.get(date.page.url).text

    assert words in text
    assert re.search(r"register until \S+ \S+ 2027,? 18:00", text)


@pytest.mark.parametrize(
    ("zone", "words"),
    [("Europe/Vilnius", "19:00–21:00, Vilnius time"), ("Atlantic/Canary", "17:00–19:00, Canary time")],
)
def test_what_is_online_is_told_in_the_readers_time_with_its_name(client, zone, words):
    date = evening(mode="online")
    client.force_login(reader(zone))

    assert words in client.get(date.page.url).text


def test_every_page_tells_the_time_of_the_place(client):
    date = evening(latitude="41.38", longitude="2.17")
    owner = reader("Europe/Vilnius")
    with_role(date.page.organiser, "owner", owner)
    register(date, by=owner)
    client.force_login(owner)
    desk = f"/workspace/{date.page.organiser.slug}/dates/"

    for address in (
        "/learning/", "/en/activities/", "/en/map/", f"/en/map/{date.page_id}/", desk, f"{desk}{date.key}/",
        f"{desk}{date.key}/door/",
    ):  # fmt: skip
        text = client.get(address).text
        assert "18:00, Madrid time" in text, address


def test_a_city_has_the_time_of_its_country_unless_it_says_another():
    assert city("Barcelona", "ES").zone.key == "Europe/Madrid"
    assert city("Kyiv", "UA").zone.key == "Europe/Kyiv"
    assert City(name="Las Palmas", country="ES", time_zone="Atlantic/Canary").zone.key == "Atlantic/Canary"
    with pytest.raises(ValidationError, match="no time zone"):
        City(name="Nowhere", country="ES", time_zone="Europe/Nowhere").clean()


def test_without_a_city_the_organiser_says_where_it_is():
    page = activity(OrganiserFactory(verified=True, country="PT", city=None), mode="on-site")

    assert page.zone.key == "Europe/Lisbon"


@pytest.mark.parametrize(("mode", "hour"), [("on-site", 17), ("online", 16)])
def test_the_editor_takes_the_time_of_the_place(client, organiser, mode, hour):
    client.force_login(with_role(organiser, "author", reader("Atlantic/Canary")))
    words = activity_words(
        slug="lamps", judge="presence", peers="1", dates_needed="1", mode=mode, city=str(city("Barcelona", "ES").pk),
        **dates_of(EVENING),
    )  # fmt: skip
    client.post(
        f"/cms/pages/add/pathways/activitypage/{section(organiser).pk}/", words | {"action-publish": "action-publish"}
    )
    page = ActivityPage.objects.get(slug="lamps")

    shown = client.get(f"/cms/pages/{page.pk}/edit/").text

    assert page.dates.get().begins_at == EVENING_IN_BARCELONA.replace(hour=hour)
    assert 'value="2027-03-01 18:00"' in shown
    assert f"The time in Europe/{'Madrid' if mode == 'on-site' else 'Vilnius'}" in shown
