"""Public lists: what stands in them, and that their length costs no queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist

pytestmark = pytest.mark.django_db


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def fill(count):
    for number in range(count):
        organiser = OrganiserFactory(verified=True, latitude=54.0, longitude=25.0)
        playlist(activity(organiser, title=f"Activity {organiser.slug}"), title=f"Playlist {number} {organiser.slug}")


def test_lists_cost_the_same_with_1_and_with_30_items(client):
    paths = ["/en/", "/en/playlists/", "/en/activities/", "/en/organisers/"]
    fill(1)
    with_one = {path: queries_of(client, path) for path in paths}
    fill(29)

    assert {path: queries_of(client, path) for path in paths} == with_one


def test_an_empty_site_has_a_home_page_without_empty_sections(client):
    page = client.get("/en/").content.decode()

    assert "New playlists" not in page
    assert "badges collected" not in page


@pytest.mark.parametrize("path", ["/en/playlists/", "/en/activities/", "/en/organisers/"])
def test_an_empty_list_says_so(client, path):
    assert 'class="empty"' in client.get(path).content.decode()


def test_activities_are_filtered_by_where_they_are(client):
    organiser = OrganiserFactory(verified=True)
    activity(organiser, title="At the river", mode="on-site")
    activity(organiser, title="At the screen", mode="online")

    page = client.get("/en/activities/?mode=on-site").content.decode()

    assert "At the river" in page
    assert "At the screen" not in page


@pytest.mark.parametrize("query", ["?page=99999999999", "?page=x", "?mode=%00", "?page=-1"])
def test_strange_queries_show_the_list(client, query):
    assert client.get(f"/en/activities/{query}").status_code == 200
