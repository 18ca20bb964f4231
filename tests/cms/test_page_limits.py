"""What strangers read most costs the database at most twelve questions, however much stands on it."""

import pytest

from tests.factories.badges import published_assertion, published_badge
from tests.factories.endorsements import given
from tests.factories.label import label
from tests.factories.pathways import activity, playlist, translated
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
LIMIT = 12


@pytest.fixture
def organiser():
    return label().organiser


@pytest.fixture
def route(organiser):
    badge = published_badge(organiser)
    pages = [activity(organiser, title=f"Stop {number}", badge_class=badge) for number in range(9)]
    made = playlist(*pages, badge_class=published_badge(organiser), organiser=organiser)
    translated(made)
    return made


def test_lists(client, route):
    for address in ["/en/playlists/", "/en/activities/", "/en/badges/", "/en/organisers/"]:
        assert queries_of(client, address) <= LIMIT, address


def test_a_playlist(client, route):
    assert queries_of(client, route.url) <= LIMIT


def test_a_badge_that_somebody_holds(client, organiser):
    badge = published_badge(organiser)
    given(badge)
    shown = published_assertion(badge)

    assert queries_of(client, shown.get_absolute_url()) <= LIMIT


@pytest.mark.parametrize("address", ["/en/about/nowhere/", "/en/learn/nobody/", "/lt/playlists/nowhere/"])
def test_what_is_not_there(client, route, address):
    assert client.get(address).status_code == 404


def test_a_page_that_was_unpublished_is_gone(client, route):
    address = route.url
    route.unpublish()

    assert client.get(address).status_code == 404


def test_a_page_is_read_in_the_language_of_its_address(client, route):
    other = route.get_translations().get()

    answer = client.get(other.url)

    assert answer.context["page"].pk == other.pk
    assert answer.wsgi_request.LANGUAGE_CODE == "lt"
