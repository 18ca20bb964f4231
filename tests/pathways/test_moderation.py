"""An unverified organiser writes, and a moderator publishes."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from organisers.models import Organiser
from pathways.models import PlaylistPage
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, playlist, with_role
from tests.pathways.editor import section, send_playlist

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_an_unverified_organiser_writes_but_nothing_goes_live(client, organiser):
    page = activity(organiser, live=False)
    published = playlist(activity(organiser))
    Organiser.objects.update(standing="unverified")
    parent, live = section(organiser), Page.objects.live().count()
    copy = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(parent.pk), "publish_copies": "on"}

    send_playlist(client, published, [page], **{"action-publish": "1", "title": "Not live"})
    client.post(f"/cms/pages/{published.pk}/copy/", copy)
    client.post(f"/cms/pages/{published.pk}/copy/", copy | {"new_slug": "draft", "publish_copies": ""})
    client.post(f"/cms/pages/{published.pk}/copy/", copy | {"new_slug": "alias", "alias": "on"})
    client.post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}&next=/cms/", {"include_descendants": "on"})

    published.refresh_from_db()
    assert published.title == "Bike-Ready"
    assert Page.objects.live().count() == live
    assert {p.slug: p.live for p in PlaylistPage.objects.exclude(pk=published.pk)} == {"draft": False}


def test_verification_that_ran_out_counts_as_none(client, organiser):
    page = activity(organiser)

    def may_publish():
        return page.permissions_for_user(with_role(organiser, "author")).can_publish()

    assert may_publish()
    with clock.moved_to(datetime(2099, 1, 2, tzinfo=UTC)):
        assert not may_publish()


def test_a_moderator_lets_a_page_of_an_unverified_organiser_go_live(client, organiser):
    page = playlist(one := activity(organiser), live=False)
    Organiser.objects.update(standing="unverified")
    send_playlist(client, page, [one], **{"action-submit": "1"})
    page = PlaylistPage.objects.get(pk=page.pk)
    task = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])

    client.post(approve, {"comment": ""})
    page.refresh_from_db()
    assert not page.live
    client.force_login(moderator())
    client.post(approve, {"comment": ""})

    page.refresh_from_db()
    assert page.live


def moderator():
    person = PersonFactory()
    person.groups.add(Group.objects.get(name="Moderators"))
    return person
