"""Pages that are kept for strangers: the same bytes, nobody's own, and gone as soon as anything changes."""

import gzip
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from badges.actions.showing import hide_badge
from pathways.actions import join_playlist
from portal import pages
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_assertion
from tests.factories.pathways import activity, playlist

pytestmark = [pytest.mark.usefixtures("committing_db"), pytest.mark.services]


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """A store as the embedded portal has it."""
    kind = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": kind, "LOCATION": tmp_path}}


@contextmanager
def asks_nothing():
    """Want that nothing is asked of the database."""
    with CaptureQueriesContext(connection) as asked:
        yield
    assert asked.captured_queries == []


@pytest.fixture
def page():
    return playlist(activity(), title="Bike-Ready")


def test_the_second_stranger_costs_no_query_and_reads_the_same(client, page):
    first = client.get(page.url)
    with asks_nothing():
        second = Client().get(page.url)

    assert second.content == first.content
    assert {**second.headers} == {**first.headers}
    assert "csrftoken" not in second.cookies


def test_a_browser_that_has_it_is_told_so(client, page):
    tag = client.get(page.url)["ETag"]

    again = Client().get(page.url, headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_pages_are_kept_as_they_are_sent_compressed_for_those_who_can_read_that(client, page):
    plain, small = client.get(page.url), Client().get(page.url, headers={"accept-encoding": "gzip"})
    with asks_nothing():
        again = Client().get(page.url, headers={"accept-encoding": "gzip"})

    assert again.content == small.content
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 3
    assert ("Content-Encoding" in plain, small["Content-Encoding"]) == (False, "gzip")
    assert "Accept-Encoding" in plain["Vary"]
    assert (
        Client().get(page.url, headers={"accept-encoding": "gzip", "if-none-match": small["ETag"]}).status_code == 304
    )


def test_what_is_no_text_is_sent_as_it_is(client, page):
    client.force_login(PersonFactory())
    headers = {"accept-encoding": "gzip"}

    assert client.get(page.url, headers=headers)["Content-Encoding"] == "gzip"
    assert client.get("/art/cover/waymark-home.svg", headers=headers)["Content-Encoding"] == "gzip"
    picture = client.get(published_assertion().badge_version.picture_url, headers=headers)
    assert (picture.status_code, "Content-Encoding" in picture) == (200, False)


@pytest.mark.parametrize(
    "address",
    ["/en/", "/en/playlists/", "/en/activities/", "/en/badges/", "/en/organisers/", "/en/map/", "/en/map/places.json"],
)
def test_lists_are_kept(client, page, address):
    client.get(address)

    with asks_nothing():
        assert Client().get(address).status_code == 200


def test_a_kept_page_with_a_map_may_still_fetch_its_tiles(client, settings, page):
    settings.MAP_TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
    first = client.get("/en/map/")

    assert "https://tiles.example.org" in first["Content-Security-Policy"]
    assert Client().get("/en/map/")["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_who_cannot_unpack_gets_no_packed_page(client, page):
    for number in range(20):
        activity(title=f"Lamp Repair {number}", latitude="54.68720", longitude="25.27970")
    assert client.get("/en/map/places.json", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"

    with asks_nothing():
        assert Client().get("/en/map/places.json", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in Client().get("/en/map/places.json")


def test_a_change_is_seen_at_once(client, page):
    assert "Bike-Ready" in client.get(page.url).content.decode()
    page.title = "Bike-Steady"
    page.save_revision().publish()

    assert "Bike-Steady" in Client().get(page.url).content.decode()


def test_any_audited_step_empties_the_store(client, page):
    assert "person has joined" not in client.get(page.url).content.decode()
    join_playlist(page, by=PersonFactory())

    assert "1 person has joined" in Client().get(page.url).content.decode()


def test_a_badge_that_is_hidden_is_gone(client):
    badge = published_assertion()
    assert client.get(badge.absolute_url).status_code == 200
    hide_badge(badge, by=badge.person)

    assert Client().get(badge.absolute_url).status_code == 404


def test_what_a_change_overtakes_is_not_kept(client, page, monkeypatch):
    versions = iter(["old"])
    monkeypatch.setattr(pages, "version_of", lambda _name: next(versions, "new"))
    client.get(page.url)

    assert Client().get(page.url).content
    assert next(versions, None) is None


def test_who_has_signed_in_neither_gets_nor_leaves_a_kept_page(page):
    reader = Client()
    reader.force_login(PersonFactory(name="Goda Petraitytė"))
    own = reader.get(page.url).content.decode()
    strangers = Client().get(page.url).content.decode()

    assert "Join this playlist" in own
    assert "Sign in to join" in strangers
    assert "Sign in to join" not in reader.get(page.url).content.decode()


def test_languages_looks_and_kinds_have_pages_of_their_own(page):
    seen = set()
    for cookies in [{}, {"language": "lt"}, {"theme": "dark"}]:
        reader = Client()
        reader.cookies.load(cookies)
        seen.add(reader.get("/badges/what/").status_code)
        seen.add(reader.get("/en/playlists/").content)

    assert len(seen) == 1 + 2  # the theme changes the page, the language cookie does not where the address names one


def test_the_language_of_an_address_is_remembered_from_a_kept_page(page):
    Client().get("/lt/playlists/")

    kept = Client().get("/lt/playlists/")

    assert kept.cookies["language"].value == "lt"


def test_other_cookies_are_never_answered_from_the_store(client, page):
    client.get(page.url)
    reader = Client()
    reader.cookies.load({"csrftoken": "a" * 32})

    assert "ETag" not in reader.get(page.url)


def test_a_filter_makes_another_page_and_a_long_query_none(client, page):
    tags = {client.get(f"/en/activities/{query}").get("ETag") for query in ("", "?mode=online", f"?q={'x' * 400}")}

    assert len(tags) == 3
    assert None in tags
