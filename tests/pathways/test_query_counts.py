"""Lists ask the database the same few times, for one row or for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.actions import confirm_activity, join_playlist
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, reviewed_activity, waiting_attempt, with_role

pytestmark = pytest.mark.django_db


def count(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def route_of(length, organiser, person):
    """Put a person on a playlist with activities of its own, the first of them done."""
    badge = published_badge(organiser)
    activities = [activity(organiser, title=f"Stop {number}", badge_class=badge) for number in range(length)]
    page = playlist(*activities, badge_class=badge)
    join_playlist(page, by=person)
    confirm_activity(activities[0], by=person)
    return page


def more_routes(count, like, person):
    """Put a person on more playlists with the same activities."""
    for _number in range(count):
        steps = [step.activity for step in like.live_steps()]
        join_playlist(playlist(*steps, badge_class=like.badge_class), by=person)


def test_a_playlist_page(client):
    organiser, person = OrganiserFactory(verified=True), PersonFactory()
    short, long = route_of(2, organiser, person), route_of(31, organiser, person)
    client.force_login(person)

    assert count(client, short.url) == count(client, long.url) <= 40


def test_my_learning(client):
    person = PersonFactory()
    one = route_of(2, OrganiserFactory(verified=True), person)
    client.force_login(person)
    few = count(client, "/learning/")

    more_routes(29, one, person)

    assert count(client, "/learning/") == few <= 30


def test_the_queue_of_reviews(client):
    page = reviewed_activity()
    client.force_login(with_role(page.organiser, "reviewer"))
    waiting_attempt(page)
    address = f"/workspace/{page.organiser.slug}/reviews/"
    one = count(client, address)

    for _number in range(29):
        waiting_attempt(page)

    assert count(client, address) == one <= 25


def test_the_list_of_content_and_the_organisers_public_page(client):
    organiser = OrganiserFactory(verified=True)
    client.force_login(with_role(organiser, "author"))
    page = route_of(2, organiser, PersonFactory())
    addresses = [f"/workspace/{organiser.slug}/playlists/", organiser.get_absolute_url()]
    few = [count(client, address) for address in addresses]

    more_routes(29, page, PersonFactory())

    assert [count(client, address) for address in addresses] == few
    assert "Bike-Ready" in client.get(addresses[1]).content.decode()
