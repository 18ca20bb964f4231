"""Public lists: what stands in them, and that their length costs no queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from badges.models.skill import BadgeClassSkill
from organisers.models import Organiser, OrganiserText
from portal.workflow import take
from tests.factories.badges import draft_badge, issuer_of, micro_credential, published_badge
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
        published_badge(organiser)
        playlist(activity(organiser, title=f"Activity {organiser.slug}"), title=f"Playlist {number} {organiser.slug}")


def test_lists_cost_the_same_with_1_and_with_30_items(client):
    paths = ["/en/", "/en/playlists/", "/en/activities/", "/en/organisers/", "/en/badges/"]
    fill(1)
    with_one = {path: queries_of(client, path) for path in paths}
    fill(29)

    assert {path: queries_of(client, path) for path in paths} == with_one


def test_an_empty_site_has_a_home_page_without_empty_sections(client):
    page = client.get("/en/").content.decode()

    assert "New playlists" not in page
    assert "badges collected" not in page


@pytest.mark.parametrize("path", ["/en/playlists/", "/en/activities/", "/en/organisers/", "/en/badges/"])
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


@pytest.mark.parametrize("query", ["?kind=label", "?language=xx", "?order=%00", "?skill=" + "x" * 200, "?q=%00"])
def test_strange_choices_show_all_badges(client, query):
    published_badge(name="Brake Check")

    assert "Brake Check" in client.get(f"/en/badges/{query}").text


def test_the_catalogue_holds_what_can_be_earned_now(client):
    draft_badge(name="Not yet")
    shut = published_badge(name="Of a suspended one")
    Organiser.objects.filter(pk=shut.organiser_id).update(standing=Organiser.Standing.SUSPENDED)
    published_badge(name="Lamp Repair")

    page = client.get("/en/badges/").text

    assert "Lamp Repair" in page
    assert "1 badge<" in page
    assert "Not yet" not in page
    assert "Of a suspended one" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=lamp", {"Lamp Repair"}),
        ("q=river", {"Brake Check"}),
        ("skill=solder", {"Lamp Repair"}),
        ("kind=micro-credential", {"Bicycle Mechanics"}),
        ("language=lt", set()),
        ("q=nothing", set()),
        ("order=name", {"Brake Check", "Bicycle Mechanics", "Lamp Repair"}),
    ],
)
def test_badges_are_found_by_words_skill_kind_and_language(client, query, found):
    lamp = published_badge(name="Lamp Repair")
    BadgeClassSkill.objects.create(owner=lamp, label="soldering")
    brake = published_badge(name="Brake Check")
    OrganiserText.objects.filter(owner=brake.organiser).update(name="River School")
    mechanics = micro_credential({"name": "Bicycle Mechanics"})
    take(mechanics.publish, by=issuer_of(mechanics.organiser))

    page = client.get(f"/en/badges/?{query}").text

    assert {name for name in ("Brake Check", "Bicycle Mechanics", "Lamp Repair") if f">{name}</a>" in page} == found


@pytest.mark.parametrize("page", ["what-is-an-open-badge", "how-to-check"])
def test_badges_are_explained_to_everybody(client, page):
    answer = client.get(f"/en/badges/{page}/")

    assert answer.status_code == 200
    assert 'hreflang="lt"' in answer.text


@pytest.mark.parametrize("name", ["playlists", "activities", "badges", "organisers", "map"])
def test_search_engines_read_in_a_sentence_what_a_list_holds(client, name):
    page = client.get(f"/en/{name}/").content.decode()

    assert re.search(r'<meta name="description" content="[A-Z][^"]{20,}\.">', page)
