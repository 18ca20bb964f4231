"""Editors of the site: made and unmade at the People page, with what Wagtail lets its moderators do."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from cms.models import GuidePage, NewsPage
from portal import clock
from portal.accounts.models import NetworkRole, Person
from portal.audit.models import AuditEvent
from portal.schedule import drain
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import above, written
from tests.factories.pathways import activity

pytestmark = pytest.mark.django_db
ROOMS = [
    "/cms/reports/pages-to-look-after/",
    "/cms/images/",
    "/cms/documents/",
    "/cms/redirects/",
    "/cms/redirects/add/",
    "/cms/settings/cms/operator/",
    "/cms/snippets/organisers/city/add/",
]


def send(person, roles):
    """Save a person at the People page, with these roles."""
    browser = Client()
    browser.force_login(PersonFactory(roles=["network_admin"]))
    facts = {"name": person.name, "country": "LT", "language": "en", "is_active": "on", "is_of_age": "on"}
    assert browser.post(f"/network/people/{person.pk}/", facts | {"roles": roles}).status_code == 302


def opened(client):
    return [client.get(room, follow=True).redirect_chain[-1:] != [("/cms/", 302)] for room in ROOMS]


def test_a_network_admin_makes_an_editor_and_ends_it_at_once(client):
    person = PersonFactory()
    client.force_login(person)

    assert client.get("/cms/").status_code in {302, 403}
    send(person, ["editor"])
    assert all(client.get(room, follow=True).status_code == 200 for room in ROOMS)
    assert all(opened(client))
    send(person, [])
    assert client.get("/cms/").status_code in {302, 403}

    verbs = AuditEvent.objects.filter(verb__startswith="accounts.role.", object_id=str(person.pk))
    assert list(verbs.order_by("pk").values_list("verb", "facts__role")) == [
        ("accounts.role.give", "editor"),
        ("accounts.role.take", "editor"),
    ]


@pytest.mark.parametrize("model", [NewsPage, GuidePage])
def test_an_editor_writes_and_publishes_pages_of_the_site(client, model):
    client.force_login(PersonFactory(roles=["editor"]))
    page = written(model)

    assert client.get(f"/cms/pages/add/cms/{model.__name__.lower()}/{above(model).pk}/").status_code == 200
    client.post(f"/cms/pages/{page.pk}/unpublish/", {})

    assert Page.objects.get(pk=page.pk).live is False


def test_an_editor_may_edit_the_pages_of_every_organiser():
    page = activity(OrganiserFactory(verified=True))

    assert page.permissions_for_user(PersonFactory(roles=["editor"])).can_publish()
    assert not page.permissions_for_user(PersonFactory(roles=["network_admin"])).can_edit()


def test_a_role_that_runs_out_ends_in_the_editor_too():
    person = PersonFactory(roles=["editor"])
    NetworkRole.objects.filter(person=person).update(ends_on=clock.today())

    drain()

    assert not person.groups.exists()


def test_somebody_who_was_let_in_by_hand_goes_when_the_clock_comes_by():
    person = PersonFactory()
    person.groups.add(Group.objects.get(name="Moderators"))

    drain()

    assert not Person.objects.get(pk=person.pk).groups.exists()
