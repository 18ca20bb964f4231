"""The page on which anybody checks a badge checks endorsements too: who endorses what, and whether that still holds."""

import json

import pytest
from django.conf import settings

from badges.actions.known_issuers import add_known_issuer
from badges.models import ImportedBadge
from badges.schedule import sign_stale_lists
from organisers.actions import suspend_organiser
from organisers.models import Organiser
from portal.fetching import door
from tests.badges.elsewhere import DID
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.endorsements import TEXT, given, withdrawn
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db


def ask(client, text):
    return client.post("/verify", {"text": text}).content.decode()


def answer(client, text):
    return client.post("/verify", {"text": text}, headers={"Accept": "application/json"}).json()


def states(found):
    return {step["code"]: step["state"] for step in found["steps"]}


@pytest.fixture
def ours():
    """An endorsement of a badge, of a verified organiser."""
    found = given(published_badge(), OrganiserFactory(verified=True, words="Kalnų žygiai"))
    sign_stale_lists()
    return found


def test_an_endorsement_of_ours_says_who_endorses_what_and_that_it_is_genuine(client, ours):
    page = ask(client, ours.attestation.body)

    assert 'data-tone="success"' in page
    assert "This endorsement is genuine." in page
    assert f"Kalnų žygiai endorses “{ours.title}”." in page
    assert f'href="{ours.subject().url}"' in page
    assert TEXT in page
    assert "badge is genuine" not in page


def test_it_is_told_to_programs_as_well(client, ours):
    found = answer(client, ours.attestation.body)

    assert (found["kind"], found["finding"], found["generation"]) == ("endorsement", "genuine", "3.0")
    assert found["issuer"]["known_as"] == "Kalnų žygiai"
    assert found["endorses"] == {"id": ours.address, "name": ours.title}
    assert set(states(found).values()) == {""}
    assert found["summary"].startswith("This endorsement is genuine.")


def test_every_form_and_address_of_it_is_the_same(client, ours, monkeypatch):
    monkeypatch.setattr(door, "DOOR", None)  # it is not asked for over the network
    addresses = [f"/attestations/{ours.key}{end}" for end in ["/credential.json", ".jwt"]]
    texts = [client.get(path).content.decode() for path in addresses]

    for path in [ours.get_absolute_url(), *addresses]:
        texts.append(f"{settings.BASE_URL}{path}")
    for text in texts:
        found = answer(client, text)
        assert (found["kind"], found["finding"]) == ("endorsement", "genuine"), text[:80]


def test_one_that_was_withdrawn_does_not_count(client, ours):
    withdrawn(ours)
    sign_stale_lists()

    page, found = ask(client, ours.attestation.body), answer(client, ours.attestation.body)
    assert 'data-tone="danger"' in page
    assert "This endorsement does not count: who gave it took it back." in page
    assert f"Kalnų žygiai endorses “{ours.title}”." in page
    assert (found["finding"], states(found)["status"], states(found)["proof"]) == ("revoked", "failed", "")


def test_one_that_was_changed_does_not_hold(client, ours):
    changed = ours.attestation.body.replace("whoever holds this mends", "whoever holds this never mends")

    page, found = ask(client, changed), answer(client, changed)
    assert changed != ours.attestation.body
    assert 'data-tone="danger"' in page
    assert "This endorsement does not hold." in page
    assert "Not confirmed" in page
    assert 'data-tone="success"' not in page
    assert (found["finding"], states(found)) == ("not-valid", {"readable": "", "proof": "failed"})
    assert found["issuer"]["known_as"] == ""


def test_an_endorsement_of_an_organiser_leads_to_its_page(client):
    found = given(OrganiserFactory(verified=True, words="Marios"))
    sign_stale_lists()

    page = ask(client, found.attestation.body)
    assert "endorses “Marios”." in page
    assert f'href="{found.organiser.get_absolute_url()}"' in page


def test_what_nobody_may_see_any_more_is_named_by_its_address_alone(client, ours):
    by = PersonFactory(roles=["coordinator"])
    suspend_organiser(Organiser.objects.get(pk=ours.organiser_id), by=by, reason="complaint", words="A complaint.")

    assert answer(client, ours.attestation.body)["endorses"] == {"id": ours.address, "name": ""}
    assert f"endorses “{ours.address}”." in ask(client, ours.attestation.body)


def test_a_sound_endorsement_by_somebody_unknown_is_never_green(client, school):
    text = school.endorses("https://school.example.org/badge", "<script>alert(1)</script>").decode()
    page = ask(client, text)

    assert answer(client, text)["finding"] == "issuer-unknown"
    assert 'data-tone="warning"' in page
    assert 'data-tone="success"' not in page
    assert "School endorses “https://school.example.org/badge”." in page
    assert "<script>alert(1)" not in page

    add_known_issuer(by=PersonFactory(roles=["coordinator"]), address=DID, name="School")
    assert answer(client, text)["finding"] == "genuine"


def test_what_cannot_be_reached_leaves_the_answer_open(client, school):
    text = school.endorses("https://school.example.org/badge").decode()
    del school["/issuer/did.json"]

    assert "This endorsement could not be checked completely." in ask(client, text)


def test_one_that_does_not_say_what_it_is_about_is_none(client, school):
    said = json.loads(school.endorses("https://school.example.org/badge"))
    said["credentialSubject"].pop("id")

    found = answer(client, json.dumps(said))
    assert (found["kind"], found["finding"]) == ("endorsement", "not-valid")
    assert "not readable as an endorsement" in ask(client, json.dumps(said))


def test_an_endorsement_is_no_badge_to_keep(client, school):
    client.force_login(PersonFactory())

    response = client.post("/backpack/add/", {"text": school.endorses("https://school.example.org/badge").decode()})
    assert response.status_code == 422
    assert "This is an endorsement, not a badge." in response.content.decode()
    assert not ImportedBadge.objects.exists()
