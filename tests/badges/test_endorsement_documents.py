"""What is signed of an endorsement: the credential, its status, and what badges carry of it."""

import json
from datetime import timedelta

import pytest

from badges.actions import Recipient, award, save_badge_class
from badges.actions import endorsements as actions
from badges.actions.keys import report_compromised
from badges.models import Attestation, Issuer, SignedDocument
from badges.models.attestation import CARRIED
from badges.openbadges import State, decode, verify, verify_endorsement
from badges.published import own_document
from badges.schedule import sign_anew, sign_stale_lists
from badges.subjects import ASSERTION, find
from badges.verdicts import verdict_on_attestation
from organisers.actions import suspend_organiser
from pathways.actions.endorsable import ACTIVITY
from portal import clock
from portal.invariants import violations
from tests.badges.test_documents_served import published
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_assertion, published_badge
from tests.factories.endorsements import TEXT, asked, given, withdrawn
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.factories.pathways import activity
from tests.interop.engines import verify_ob3

pytestmark = pytest.mark.django_db


def state_of(body: str) -> State:
    sign_stale_lists()
    return verify_endorsement(body.encode(), resolve=own_document, now=clock.now()).state


def batch_of(badge, count=4) -> list[str]:
    """Award a badge to some people at once; of the same shape, all but the first are signed from a template."""
    people = [Recipient(f"p{number}-{badge.pk}@example.org", f"P {number}") for number in range(count)]
    made = award(badge, people, by=issuer_of(badge.organiser))
    carry_out()
    found = SignedDocument.objects.filter(format="ob3", assertion__batch=made)
    return list(found.values_list("body", flat=True))


def endorse_thing(kind, key, by):
    """Return the endorsement of a thing by somebody else, asked for by a person who speaks for it."""
    endorser = OrganiserFactory(verified=True)
    request = actions.ask_for_endorsement(find(kind, key), endorser=endorser, message="Please.", by=by)
    return actions.answer_request(request, endorser=endorser, text=TEXT, by=owner_of(endorser))


def test_the_credential_says_who_endorses_what_and_is_genuine():
    found = given()

    said = decode(found.attestation.body.encode())
    assert said["type"] == ["VerifiableCredential", "EndorsementCredential"]
    assert said["credentialSubject"] == {
        "id": found.address,
        "type": ["EndorsementSubject"],
        "endorsementComment": TEXT,
    }
    assert said["issuer"]["id"] == Issuer.objects.get(organiser=found.endorser).did
    assert said["id"] == f"http://localhost:8000/attestations/{found.key}/credential.json"
    assert said["credentialStatus"]["statusPurpose"] == "revocation"
    assert state_of(found.attestation.body) is State.VERIFIED
    assert verdict_on_attestation(found.attestation).tone == "success"
    assert list(violations()) == []


def test_withdrawn_fails_by_its_status_for_good():
    found = withdrawn()

    assert state_of(found.attestation.body) is State.REVOKED
    assert list(violations()) == []


def test_a_badge_and_an_endorsement_are_not_taken_for_each_other():
    found, held = given(), assertion()
    resolve = own_document
    badge = held.documents.get(format="ob3").body

    assert verify(found.attestation.body.encode(), resolve=resolve, now=clock.now()).state is State.INVALID
    assert verify_endorsement(badge.encode(), resolve=resolve, now=clock.now()).state is State.INVALID


def test_each_kind_of_thing_is_named_by_its_own_address():
    holder = PersonFactory()
    held = published_assertion(email=holder.email)
    page = activity()

    of_badge = endorse_thing(ASSERTION, held.key, holder)
    of_activity = endorse_thing(ACTIVITY, page.translation_key, owner_of(page.organiser))
    of_organiser = given(OrganiserFactory())

    assert of_badge.address == f"http://localhost:8000/assertions/{held.key}/credential.json"
    assert of_activity.address == f"http://localhost:8000/activities/{page.translation_key}/"
    assert of_organiser.address == Issuer.objects.get(organiser=of_organiser.organiser).did
    for found in [of_badge, of_activity, of_organiser]:
        assert state_of(found.attestation.body) is State.VERIFIED


def test_badges_awarded_afterwards_carry_it_and_those_before_stay():
    badge = published_badge()
    (before,) = batch_of(badge, 1)
    of_badge, of_organiser = given(badge), given(badge.organiser)

    for body in batch_of(badge):
        said = json.loads(body)
        assert said["issuer"]["endorsement"] == [decode(of_organiser.attestation.body.encode())]
        assert said["credentialSubject"]["achievement"]["endorsement"] == [decode(of_badge.attestation.body.encode())]
        assert verify(body.encode(), resolve=own_document, now=clock.now()).state is State.VERIFIED
    assert "endorsement" not in before


def test_the_address_of_a_version_says_what_stands_in_its_favour(client):
    found = given()
    path = found.address.removeprefix("http://localhost:8000")

    assert client.get(path).json()["endorsement"] == [decode(found.attestation.body.encode())]
    withdrawn(found)
    assert "endorsement" not in client.get(path).json()


def test_an_old_status_list_keeps_nobody_from_endorsing():
    badge = published_badge()
    endorser = OrganiserFactory(verified=True)
    given(badge, endorser)
    sign_stale_lists()

    with clock.moved_to(timedelta(days=3)):
        assert given(badge.organiser, endorser).is_given


def test_the_invariant_names_what_stands_without_its_statement():
    found = given()
    Attestation.objects.filter(pk=found.attestation_id).update(withdrawn_at=clock.now())
    sign_stale_lists()

    assert [line.split(":")[0] for line in violations()] == ["I12 endorsement"]


def test_what_was_withdrawn_or_is_of_another_version_or_of_a_suspended_organiser_is_not_carried():
    badge, other = published_badge(), published_badge()
    withdrawn(given(badge))
    suspended = given(badge)
    coordinator = PersonFactory(roles=["coordinator"])
    suspend_organiser(suspended.endorser, by=coordinator, reason="complaint", words="A complaint.")
    given(other)
    words = {"language": "en", "name": "Other", "description": "Something else.", "picture_text": "A wheel"}
    save_badge_class(other, by=issuer_of(other.organiser), words=words | {"criteria": "Come."}, skills=[])

    assert not [body for one in [badge, other] for body in batch_of(one, 1) if '"endorsement"' in body]


def test_a_badge_carries_the_newest_endorsements_and_not_all():
    badge = published_badge()
    newest = [given(badge) for _number in range(CARRIED + 1)][1:]

    (body,) = batch_of(badge, 1)

    carried = json.loads(body)["credentialSubject"]["achievement"]["endorsement"]
    assert {one["id"] for one in carried} == {found.attestation.address for found in newest}


def test_signed_anew_where_its_key_fell_into_wrong_hands():
    found = given()
    report_compromised(found.attestation.signing_key, by=PersonFactory(roles=["network_admin"]), words="Lost.")
    sign_anew()

    row = Attestation.objects.get(pk=found.attestation_id)
    assert row.body != found.attestation.body
    assert state_of(row.body) is State.VERIFIED


@pytest.mark.interop
def test_foreign_engine_agrees_on_endorsements_and_badges_that_carry_them(client, tmp_path):
    badge = published_badge()
    of_badge, of_organiser = given(badge), given(badge.organiser)
    bodies = batch_of(badge, 2)
    sign_stale_lists()

    def judged(body, *, strict):
        (tmp_path / "it.json").write_text(body)
        return verify_ob3([tmp_path / "it.json"], published(client, json.loads(body), tmp_path), strict=strict)[0]

    # The schema at hand is of achievements.
    for found in [of_badge, of_organiser]:
        assert tuple(judged(found.attestation.body, strict=False)) == ("VALID", [])
    for body in bodies:
        assert tuple(judged(body, strict=True)) == ("VALID", [])

    over = withdrawn(of_badge)
    sign_stale_lists()
    assert judged(over.attestation.body, strict=False).verdict == "INVALID"


def test_a_request_is_signed_by_nobody():
    asked()

    assert not Attestation.objects.exists()
