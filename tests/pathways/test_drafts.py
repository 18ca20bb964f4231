"""What is not published is not public."""

import uuid

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, playlist, quiz_activity, reviewed_activity

pytestmark = pytest.mark.django_db
VERBS = ["confirm", "quiz", "evidence", "take-back"]


@pytest.mark.parametrize(
    "make", [activity, quiz_activity, reviewed_activity, lambda **facts: playlist(activity(), **facts)]
)
def test_a_draft_is_found_by_nobody(client, make):
    page = make(live=False)
    kind = page._meta.model_name.removesuffix("page")
    client.force_login(PersonFactory())

    assert client.get(page.url).status_code == 404
    assert (
        client.get(f"/{'playlists' if kind == 'playlist' else 'activities'}/{page.translation_key}/").status_code == 404
    )


@pytest.mark.parametrize("verb", VERBS)
def test_a_draft_takes_no_work(client, verb):
    client.force_login(PersonFactory())

    assert client.post(f"/learn/activities/{activity(live=False).pk}/{verb}/").status_code == 404


@pytest.mark.parametrize("verb", ["join", "leave"])
def test_a_draft_playlist_cannot_be_joined(client, verb):
    page = playlist(activity(), live=False)
    client.force_login(PersonFactory())

    assert client.post(f"/learn/playlists/{page.pk}/{verb}/").status_code == 404


def test_a_draft_on_a_route_is_not_shown(client):
    shown, hidden = activity(title="Shown"), activity(title="Hidden", live=False)

    text = client.get(playlist(shown, hidden).url).content.decode()

    assert "Shown" in text
    assert "Hidden" not in text


def test_view_restrictions_come_before_our_views(client):
    page = activity()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Others"))
    client.force_login(PersonFactory())

    assert client.get(page.url).status_code == 302
    assert client.post(f"/learn/activities/{page.pk}/confirm/").status_code == 404


def test_an_unknown_key_is_not_found(client):
    assert client.get(f"/activities/{uuid.uuid4()}/").status_code == 404


def test_a_section_leads_to_its_organiser(client):
    page = activity()

    assert client.get(page.get_parent().url)["Location"] == page.organiser.get_absolute_url()


def test_the_index_lists_the_playlists(client):
    page = playlist(activity())

    answer = client.get("/en/learn/")

    assert [route.playlist for route in answer.context["routes"]] == [page]
