"""Creating, editing and handing over an organiser."""

import pytest
from django.core import mail

from organisers.actions import record_standing, update_organiser
from organisers.models import Organiser
from portal.notifications.models import Notification
from portal.schedule import drain
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import RATAS, MembershipFactory, OrganiserFactory
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db


def test_person_creates_an_organiser_and_owns_it(client, ona):
    response = client.post("/workspace/new/", RATAS | {"contact_email": "Ona@Example.org"})

    organiser = Organiser.objects.get()
    assert response["Location"] == "/workspace/ratas/"
    assert (organiser.name, organiser.contact_email, organiser.standing) == ("Ratas", "ona@example.org", "unverified")
    assert list(organiser.memberships.values_list("person", "role")) == [(ona.pk, "owner")]


@pytest.mark.parametrize(
    ("name", "slug"), [("New", "new-2"), ("Ratas", "ratas-2"), ("Нови Сад", "organiser"), ("!!!", "organiser")]
)
def test_name_becomes_an_address_that_is_free(client, ona, name, slug):
    OrganiserFactory(slug="ratas")

    client.post("/workspace/new/", RATAS | {"name": name, "contact_email": ona.email})

    assert Organiser.objects.filter(slug=slug).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"contact_email": "somebody@else.example"}, "contact_email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"privacy_url": "javascript:alert(1)"}, "privacy_url"),
        ({"linkedin_id": "my-organisation"}, "linkedin_id"),
        ({"privacy_url": "ftp://ratas.example.org/privacy"}, "privacy_url"),
        ({"latitude": "54.7"}, "longitude"),
        ({"latitude": "154.7", "longitude": "25"}, "latitude"),
        ({"language": "xx"}, "language"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_answer_is_refused_beside_its_field(client, ona, wrong, field):
    response = client.post("/workspace/new/", RATAS | {"contact_email": ona.email} | wrong)

    assert list(response.context["form"].errors) == [field]


def test_form_cannot_set_what_it_does_not_show(client, ona):
    extra = {"standing": "verified", "verified_until": "2999-01-01", "is_network": "on", "slug": "mine", "picture": "x"}

    client.post("/workspace/new/", RATAS | {"contact_email": ona.email} | extra)

    organiser = Organiser.objects.get()
    assert (organiser.standing, organiser.is_network, organiser.slug, organiser.picture) == (
        "unverified",
        False,
        "ratas",
        "",
    )


def test_privacy_notice_is_linked_from_the_page_once_there_is_one(client, ona):
    organiser = OrganiserFactory(owner=ona, contact_email=ona.email)
    path = f"/organisers/{organiser.slug}/"

    before = client.get(path).text
    client.post(
        f"/workspace/{organiser.slug}/profile/",
        RATAS | {"contact_email": ona.email, "privacy_url": "ratas.example.org/privacy"},
    )

    assert "Privacy notice" not in before.split("<footer")[0]
    assert (
        '<a href="https://ratas.example.org/privacy" rel="nofollow noopener">Privacy notice</a>'
        in client.get(path).text
    )


def test_words_are_kept_language_by_language(client, ona):
    organiser = OrganiserFactory(owner=ona, contact_email=ona.email, words="Ratas")
    page = client.get(f"/workspace/{organiser.slug}/profile/?language=lt")

    client.post(
        f"/workspace/{organiser.slug}/profile/",
        RATAS | {"language": "lt", "name": "Ratas LT", "contact_email": ona.email},
    )

    assert page.context["form"]["name"].value() == ""
    assert dict(organiser.texts.values_list("language", "name")) == {"en": "Ratas", "lt": "Ratas LT"}
    assert Organiser.objects.get().words("lt").name == "Ratas LT"
    assert Organiser.objects.get().words("pl").name == "Ratas"


def test_admin_hands_an_organiser_to_its_owner_who_is_told(client):
    owner = PersonFactory(email="owner@example.org")
    client.force_login(PersonFactory(roles=["network_admin"]))

    client.post("/network/organisers/new/", RATAS | {"owner": "Owner@Example.org"})
    drain()

    organiser = Organiser.objects.get()
    assert list(organiser.memberships.values_list("person", "role")) == [(owner.pk, "owner")]
    assert organiser.contact_email == "owner@example.org"
    assert [message.to for message in mail.outbox] == [["owner@example.org"]]
    assert Notification.objects.get().person == owner


def test_organiser_cannot_be_handed_to_a_stranger(client):
    client.force_login(PersonFactory(roles=["network_admin"]))

    response = client.post("/network/organisers/new/", RATAS | {"owner": "nobody@example.org"})

    assert list(response.context["form"].errors) == ["owner"]
    assert Organiser.objects.count() == 0


def test_workspaces_ask_as_often_for_thirty_organisers_as_for_one(client, ona):
    OrganiserFactory(owner=ona)
    few = queries_of(client, "/workspace/")

    OrganiserFactory.create_batch(29, owner=ona)

    assert queries_of(client, "/workspace/") == few


def test_members_ask_as_often_for_thirty_people_as_for_one(client, ona):
    organiser = OrganiserFactory(owner=ona)
    few = queries_of(client, f"/workspace/{organiser.slug}/people/")

    MembershipFactory.create_batch(29, organiser=organiser, role="issuer")

    assert queries_of(client, f"/workspace/{organiser.slug}/people/") == few


def test_profile_saved_from_an_older_look_keeps_a_suspension():
    organiser = OrganiserFactory(verified=True)
    owner = MembershipFactory(organiser=organiser, role="owner").person
    looked_at = Organiser.objects.get(pk=organiser.pk)
    record_standing(organiser, by=None, standing="suspended")

    update_organiser(looked_at, by=owner, language="en", name="Ratas", description="We mend bicycles.")

    organiser.refresh_from_db()
    assert (organiser.standing, organiser.verified_until) == ("suspended", None)
