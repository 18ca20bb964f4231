"""Copying somebody else's playlist, with credit."""

import pytest

from pathways.actions import copy_playlist
from pathways.models import PlaylistPage
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs():
    organiser = OrganiserFactory(verified=True)
    return playlist(activity(organiser), activity(organiser, title="Chain"), badge_class=published_badge(organiser))


def copy(client, page, organiser):
    return client.post(f"/learn/playlists/{page.pk}/copy/", {"organiser": organiser.slug})


def test_a_copy_is_a_draft_that_says_whose_it_was(client, theirs):
    ours = OrganiserFactory(verified=True)
    client.force_login(with_role(ours, "author"))
    assert "Copy it for your organiser" in client.get(theirs.url).content.decode()

    answer = copy(client, theirs, ours)

    made = PlaylistPage.objects.get(organiser=ours)
    assert answer.url == f"/cms/pages/{made.pk}/edit/"
    assert (made.live, made.badge_class, made.steps.count()) == (False, None, 2)
    made.save_revision().publish()
    assert f'Based on <a href="/playlists/{theirs.translation_key}/">{theirs.title}</a>' in (
        client.get(made.url).content.decode()
    )


def test_what_others_keep_to_themselves_is_left_out(client, theirs):
    ours = OrganiserFactory(verified=True)
    client.force_login(with_role(ours, "author"))
    kept = theirs.steps.first().activity
    kept.others_may_use = False
    kept.save()

    copy(client, theirs, ours)

    assert [step.activity.title for step in PlaylistPage.objects.get(organiser=ours).steps.all()] == ["Chain"]


def test_two_copies_have_addresses_of_their_own(client, theirs):
    ours = OrganiserFactory(verified=True)
    client.force_login(with_role(ours, "author"))

    for _time in range(2):
        copy(client, theirs, ours)

    assert PlaylistPage.objects.filter(organiser=ours).values("slug").distinct().count() == 2


def test_nobody_copies_what_is_not_to_be_copied_nor_into_a_section_next_door(client, theirs):
    ours = OrganiserFactory(verified=True)
    client.force_login(with_role(ours, "author"))
    assert copy(client, theirs, OrganiserFactory(verified=True)).status_code == 422
    theirs.others_may_copy = False
    theirs.save()

    assert copy(client, theirs, ours).status_code == 409
    client.force_login(PersonFactory())
    assert copy(client, theirs, ours).status_code == 403
    assert PlaylistPage.objects.count() == 1


def test_a_copy_of_an_archived_playlist_is_open():
    page = playlist(activity(), is_archived=True)
    organiser = OrganiserFactory(verified=True)

    copy = copy_playlist(page, organiser, by=with_role(organiser, "author"))

    assert copy.is_archived is False
    assert copy.get_latest_revision_as_object().is_archived is False
