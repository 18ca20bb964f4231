"""The map of activities with a place, and the list beside it."""

import pytest

from tests.factories.organisers import OrganiserFactory
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

    assert answer.json() == {"places": [[here.pk, 54.6872, 25.2797, "Lamp Repair", "course"]]}
    assert "max-age=300" in answer["Cache-Control"]


def test_list_and_map_are_narrowed_down_alike(client, organiser):
    activity(organiser, title="Lamp Repair", kind="course", **PLACE)
    kettle = activity(organiser, title="Kettle", kind="event", **PLACE)

    page = client.get("/en/map/?kind=event")

    assert [one.title for one in page.context["page"]] == ["Kettle"]
    assert 'data-places="/en/map/places.json?kind=event"' in page.text
    assert [one[0] for one in client.get("/en/map/places.json?kind=event").json()["places"]] == [kettle.pk]


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
