"""The map of activities with a place, and the list beside it."""

import gzip
import re

import pytest

from cms.models import CityPage
from tests.cms.cards import titles_on
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import written
from tests.factories.pathways import activity
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
PLACE = {"latitude": "54.68720", "longitude": "25.27970", "mode": "on-site"}


@pytest.fixture
def organiser():
    return OrganiserFactory(verified=True)


def test_the_map_gets_what_it_draws_and_nothing_else(client, organiser):
    here = activity(organiser, title="Lamp Repair", kind="course", **PLACE)
    activity(organiser, title="At the screen")
    activity(organiser, title="Among us", audience="invited", **PLACE)

    answer = client.get("/en/map/places.json")

    assert answer.json() == {"places": [[here.pk, 54.6872, 25.2797, "Lamp Repair"]]}


def test_list_and_map_are_narrowed_down_alike(client, organiser):
    activity(organiser, title="Lamp Repair", kind="course", **PLACE)
    kettle = activity(organiser, title="Kettle", kind="event", **PLACE)

    page = client.get("/en/map/?kind=event")

    assert titles_on(page.context["page"]) == ["Kettle"]
    assert 'data-places="/en/map/places.json?kind=event"' in page.text
    assert [one[0] for one in client.get("/en/map/places.json?kind=event").json()["places"]] == [kettle.pk]


def test_list_and_map_lead_to_each_other_with_the_same_filters(client, organiser):
    activity(organiser, title="Lamp Repair", kind="course", **PLACE)

    for path in ("/en/activities/", "/en/map/"):
        text = client.get(f"{path}?kind=course").text

        assert '<a href="/en/activities/?kind=course"' in text
        assert '<a href="/en/map/?kind=course"' in text
        assert 'data-places="/en/map/places.json?kind=course"' in text


def test_a_list_loads_no_map_before_it_is_asked_for(client, organiser):
    activity(organiser, **PLACE)

    text = client.get("/en/activities/").text

    assert not re.search(r"<(script|link)[^>]*(leaflet|map\.(js|css))", text)
    assert re.search(r'<button[^>]* data-beside data-style="/static/portal/css/map.css"[^>]* hidden>', text)


def test_the_points_are_sent_small_to_who_can_unpack_them(client, organiser):
    for number in range(30):
        activity(organiser, title=f"Lamp Repair {number}", **PLACE)

    packed = client.get("/en/map/places.json", headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == client.get("/en/map/places.json").content


def test_only_pages_with_a_map_may_fetch_tiles(client, settings, organiser):
    settings.MAP_TILES, settings.MAP_CREDIT = "https://tiles.example.org:8443/{z}/{x}/{y}.png", "© Tile <Makers>"
    activity(organiser, **PLACE)
    with_map = ["/en/map/", "/en/activities/", written(CityPage, title="Vilnius").get_url()]

    for path in with_map:
        answer = client.get(path)
        assert "img-src 'self' data: https://tiles.example.org:8443;" in f"{answer['Content-Security-Policy']};"
        assert (
            'data-tiles="https://tiles.example.org:8443/{z}/{x}/{y}.png" data-credit="© Tile &lt;Makers&gt;"'
            in answer.text
        )
    for path in ("/en/", "/en/playlists/"):
        assert "example.org:8443" not in client.get(path)["Content-Security-Policy"]


def test_without_tiles_the_map_asks_nobody_else(client, organiser):
    activity(organiser, **PLACE)

    answer = client.get("/en/map/")

    assert "data-tiles" not in answer.text
    assert "https://" not in answer["Content-Security-Policy"]


def test_a_point_says_what_it_is(client, organiser):
    here = activity(organiser, title="Lamp & Repair", kind="course", **PLACE)
    hidden = activity(organiser, title="Among us", audience="invited", **PLACE)

    assert "Lamp &amp; Repair" in client.get(f"/en/map/{here.pk}/").text
    assert "course · on site" in client.get(f"/en/map/{here.pk}/").text
    assert client.get(f"/en/map/{hidden.pk}/").status_code == 404


def test_what_cannot_be_looked_for_is_refused(client):
    assert client.get("/en/map/", {"q": "x" * 5000}).status_code == 422
    assert client.get("/en/map/places.json", {"q": "x" * 5000}).status_code == 422


@pytest.mark.parametrize("path", ["/en/map/", "/en/map/places.json"])
def test_the_map_costs_the_same_with_1_and_with_30_places(client, path):
    activity(title="Lamp Repair", **PLACE)
    with_one = queries_of(client, path)
    for _number in range(29):
        activity(title="Lamp Repair", **PLACE)

    assert queries_of(client, path) == with_one
