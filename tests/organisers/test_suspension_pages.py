"""The pages of a suspension, for both sides."""

import pytest

from organisers.actions import answer_suspension
from organisers.models import Organiser, Suspension
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of, suspended_by

pytestmark = pytest.mark.django_db
FILED = {"reason": "safety", "words": "No adult was there.", "is_urgent": "on"}


@pytest.fixture
def petra():
    return PersonFactory(roles=["coordinator"])


@pytest.fixture
def admin():
    return PersonFactory(roles=["network_admin"])


def text(response) -> str:
    return response.content.decode()


def test_a_coordinator_suspends_from_the_page_of_the_organiser(client, petra):
    organiser = OrganiserFactory()
    client.force_login(petra)
    url = f"/network/organisers/{organiser.slug}/suspend/"
    assert url in text(client.get(organiser.get_absolute_url()))
    assert "It can award and publish nothing from this moment" in text(client.get(url))

    empty = client.post(url, FILED | {"words": ""})
    sent = client.post(url, FILED)

    suspension = Suspension.objects.get()
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["words"])
    assert sent["Location"] == suspension.get_absolute_url()
    assert (suspension.is_urgent, suspension.confirm_by is not None) == (True, True)
    assert "Unconfirmed until" in text(client.get(suspension.get_absolute_url()))
    assert suspension.get_absolute_url() in text(client.get("/network/verifications/"))


def test_who_may_suspend(client, petra):
    organiser = OrganiserFactory()
    MembershipFactory(organiser=organiser, person=petra, role="author")
    url = f"/network/organisers/{organiser.slug}/suspend/"

    for person in [petra, owner_of(organiser), PersonFactory()]:
        client.force_login(person)
        assert url not in text(client.get(organiser.get_absolute_url()))
        assert client.post(url, FILED).status_code == 403

    assert Organiser.objects.get().standing == "unverified"


def test_members_see_a_notice_everywhere_and_owners_answer(client, petra):
    suspension = suspended_by(petra)
    organiser, url = suspension.organiser, suspension.get_absolute_url()
    author = MembershipFactory(organiser=organiser, role="author").person
    for person, may_answer in [(author, False), (owner_of(organiser), True)]:
        client.force_login(person)
        assert organiser.verification_url in text(client.get(f"/workspace/{organiser.slug}/people/"))
        assert url in text(client.get(organiser.verification_url))
        assert ("Send the answer" in text(client.get(url))) == may_answer

    assert "tell the network your side" in text(client.get(f"/workspace/{organiser.slug}/"))
    empty = client.post(f"{url}answer/", {"words": " "})
    client.post(f"{url}answer/", {"words": "An adult was there."})

    assert (empty.status_code, Suspension.objects.get().answer_words) == (422, "An adult was there.")
    assert "tell the network your side" not in text(client.get(f"/workspace/{organiser.slug}/"))
    client.force_login(author)
    assert client.post(f"{url}answer/", {"words": "Me too."}).status_code == 403


def test_an_admin_confirms_and_lifts(client, petra, admin):
    suspension = suspended_by(petra, is_urgent=True)
    url = suspension.get_absolute_url()
    client.force_login(petra)
    assert [client.post(f"{url}{act}/", {}).status_code for act in ["confirm", "lift", "revoke"]] == [403, 403, 403]
    client.force_login(admin)
    assert "Confirm the suspension" in text(client.get(url))

    client.post(f"{url}confirm/")
    page = text(client.get(url))
    empty = client.post(f"{url}lift/", {"lift-note": ""})
    client.post(f"{url}lift/", {"lift-note": "It was settled."})

    assert ("Confirm the suspension" in page, empty.status_code) == (False, 422)
    assert (Organiser.objects.get().standing, "It was settled." in text(client.get(url))) == ("unverified", True)


def test_an_admin_shuts_out_once_the_organiser_was_heard(client, petra, admin):
    suspension = suspended_by(petra)
    url = suspension.get_absolute_url()
    client.force_login(admin)
    assert "The organiser may still answer." in text(client.get(url))
    early = client.post(f"{url}revoke/", {"revoke-words": "No."})
    answer_suspension(suspension, words="So what.", by=owner_of(suspension.organiser))

    client.post(f"{url}revoke/", {"revoke-words": "The answer does not help."})

    assert (early.status_code, Organiser.objects.get().standing) == (409, "revoked")


def test_strangers_and_the_world_find_nothing(client, petra):
    suspension = suspended_by(petra)
    url = suspension.get_absolute_url()
    assert client.get(url).status_code == 302

    client.force_login(PersonFactory())

    assert client.get(url).status_code == 404
    assert {client.post(f"{url}{act}/").status_code for act in ["answer", "confirm", "lift", "revoke"]} == {404}
