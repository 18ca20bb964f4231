"""Joining and leaving a playlist."""

import pytest
from django.core.exceptions import PermissionDenied

from organisers.models import Organiser
from pathways.actions import confirm_activity, join_playlist, leave_playlist
from pathways.models import Enrolment
from portal.audit.models import AuditEvent
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, playlist

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_a_learner_joins_once_however_often_they_press():
    page, person = playlist(activity()), PersonFactory()

    join_playlist(page, by=person)
    join_playlist(page, by=person)

    assert Enrolment.objects.of(person).count() == 1
    assert AuditEvent.objects.filter(verb="pathways.join").count() == 1


def test_who_leaves_keeps_what_they_did_and_may_join_again():
    first, second = activity(), activity()
    page, person = playlist(first, second), PersonFactory()
    join_playlist(page, by=person)
    confirm_activity(first, by=person)

    leave_playlist(page, by=person)
    assert not Enrolment.objects.of(person).active().exists()
    confirm_activity(second, by=person)
    assert not Enrolment.objects.of(person).completed().exists()
    enrolment = join_playlist(page, by=person)

    assert enrolment.is_active
    assert enrolment.is_completed


def test_a_playlist_that_is_not_published_cannot_be_joined():
    page = playlist(activity(), live=False)

    with pytest.raises(StepRefused):
        join_playlist(page, by=PersonFactory())


def test_a_playlist_of_a_suspended_organiser_cannot_be_joined():
    page = playlist(activity())
    Organiser.objects.update(standing=Organiser.Standing.SUSPENDED)

    with pytest.raises(StepRefused):
        join_playlist(page, by=PersonFactory())


def test_nobody_joins_without_an_account():
    with pytest.raises(PermissionDenied):
        join_playlist(playlist(activity()), by=None)


def test_the_buttons_join_and_leave(client):
    page, person = playlist(activity()), PersonFactory()
    client.force_login(person)

    joined = client.post(f"/learn/playlists/{page.pk}/join/", follow=True)
    assert "Leave this playlist" in joined.content.decode()
    left = client.post(f"/learn/playlists/{page.pk}/leave/", follow=True)

    assert "Join again" in left.content.decode()
    assert client.get(f"/learn/playlists/{page.pk}/join/").status_code == 405


def test_a_stranger_is_sent_to_sign_in_first(client):
    page = playlist(activity())

    answer = client.post(f"/learn/playlists/{page.pk}/join/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_the_page_counts_who_joined_and_who_finished(client):
    one = activity()
    page = playlist(one, activity(), required_count=1)
    for number in range(3):
        person = PersonFactory()
        join_playlist(page, by=person)
        if not number:
            confirm_activity(one, by=person)

    text = client.get(page.url).content.decode()

    assert "3 people have joined." in text
    assert "1 has finished." in text
