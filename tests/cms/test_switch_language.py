"""Switching the language leads to the same page, or stays where nobody translated it."""

import pytest

from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, translated

pytestmark = pytest.mark.django_db


def switch(client, path, code="lt"):
    return client.get("/language/lt/".replace("lt", code), {"next": path}).url


def test_a_list_and_a_fixed_address_follow(client):
    organiser = OrganiserFactory()

    assert switch(client, "/en/playlists/?page=2") == "/lt/playlists/?page=2"
    assert switch(client, organiser.get_absolute_url()) == organiser.get_absolute_url()


def test_a_translated_page_follows_and_back(client):
    one = activity(OrganiserFactory(verified=True))
    page = playlist(one)
    translated(one)
    other = translated(page)

    assert switch(client, page.get_url()) == other.get_url()
    assert switch(client, other.get_url(), "en") == page.get_url()


def test_a_page_that_nobody_translated_stays_and_says_so(client):
    page = activity(OrganiserFactory(verified=True))

    assert switch(client, page.get_url()) == page.get_url()
    assert client.get(page.get_url()).status_code == 200


@pytest.mark.parametrize(
    "target", ["//evil.example.org", "https://evil.example.org/", "/\\evil.example.org", "javascript:alert(1)"]
)
def test_no_other_site_is_reached(client, target):
    reached = switch(client, target)

    assert reached.startswith("/")
    assert "evil" not in reached


def test_a_stranger_reads_that_a_page_is_not_there_in_another_language(client):
    page = activity(OrganiserFactory(verified=True))

    answer = client.get("/language/lt/", {"next": page.get_url()}, follow=True)

    assert answer.request["PATH_INFO"] == page.get_url()
    assert "This page is not there in that language yet." in answer.text
