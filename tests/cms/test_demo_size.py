"""The crowd of the demo: a sound tree, pages that are found, and a portal that stays quick with it."""

import pytest
from django.db import transaction
from wagtail.models import Page

from cms.demo import crowd
from organisers.models import Organiser
from pathways.models import ActivityPage
from portal.invariants import violations
from tests.cms.cards import titles_on
from tests.factories.accounts import PersonFactory
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
PLACES_LIMIT = 600_000  # bytes


def test_the_tree_is_sound_and_the_rules_hold():
    crowd.build_crowd(60)

    assert not any(Page.find_problems())
    assert list(violations()) == []
    assert (ActivityPage.objects.count(), Organiser.objects.count()) == (60, 6)
    page = ActivityPage.objects.order_by("pk").last()
    assert page.get_parent().specific.organiser == page.organiser
    assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"
    assert (page.get_prev_sibling().specific.organiser, page.is_leaf()) == (page.organiser, True)


def test_it_is_found_on_lists_and_pages(client):
    crowd.build_crowd(60)
    page = ActivityPage.objects.order_by("pk").first()

    words = client.get("/en/activities/", {"q": page.title, "city": page.city.slug})

    assert page.title in titles_on(words.context["page"])
    assert page.title in client.get(page.get_url()).text
    assert client.get(page.organiser.get_absolute_url()).status_code == 200


def test_it_can_be_edited_as_anything_else():
    crowd.build_crowd(20)
    page = ActivityPage.objects.order_by("pk").first()

    page.title = "Another title"
    page.save_revision(user=PersonFactory()).publish()
    page.get_parent().add_child(instance=ActivityPage(title="One more", summary="More."))

    assert crowd.is_there()
    assert not any(Page.find_problems())


def test_it_is_the_same_each_time():
    assert facts_of_a_crowd() == facts_of_a_crowd()


def facts_of_a_crowd():
    """Return what a crowd holds, and take it back."""
    with transaction.atomic():
        crowd.build_crowd(20)
        names = [
            "title",
            "slug",
            "path",
            "latitude",
            "longitude",
            "kind",
            "minutes",
            "translation_key",
            "organiser__slug",
        ]
        found = list(ActivityPage.objects.order_by("path").values_list(*names))
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
def test_ten_thousand_places_cost_no_query_more_and_are_small(client):
    paths = ["/en/map/places.json", "/en/map/", "/en/activities/"]
    with transaction.atomic():
        crowd.build_crowd(60)
        with_few = {path: queries_of(client, path) for path in paths}
        transaction.set_rollback(True)
    crowd.build_crowd(11_200, each=2_000)

    answer = client.get("/en/map/places.json")

    assert len(answer.json()["places"]) > 10_000
    assert len(answer.content) < PLACES_LIMIT
    assert {path: queries_of(client, path) for path in paths} == with_few
