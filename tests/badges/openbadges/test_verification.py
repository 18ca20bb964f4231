import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from badges.openbadges import State, achievement_credential, encode

from .samples import (
    DID,
    MINIMAL,
    NOW,
    OTHER_DID,
    OTHER_SECRET,
    SHAPES,
    STATUS_URL,
    World,
    signed,
    signer,
    status_list,
    tampered,
)

TAMPERED = tampered()


def told(verification, code):
    return next((check.outcome, check.detail) for check in verification.checks if check.code == code)


@pytest.mark.parametrize("shape", SHAPES)
def test_sound_badge_is_verified_step_by_step(shape):
    verification = World().verify(signed(SHAPES[shape]))

    assert verification.state == State.VERIFIED
    assert [(check.code, check.outcome) for check in verification.checks] == [
        ("readable", "passed"),
        ("proof", "passed"),
        ("issuer", "passed"),
        ("not_before", "passed"),
        ("expiry", "passed"),
        ("status", "passed"),
    ]


@pytest.mark.parametrize("name", TAMPERED)
def test_tampered_badge_is_invalid(name):
    assert World().verify(TAMPERED[name]).state == State.INVALID


def test_revoked_badge_is_revoked():
    verification = World(listing=status_list(7)).verify(signed())

    assert verification.state == State.REVOKED
    assert told(verification, "status") == ("failed", "The issuer set the revocation of this badge.")


def test_another_revoked_badge_is_none_of_ours():
    assert World(listing=status_list(6, 8)).verify(signed()).state == State.VERIFIED


def test_badge_expires_at_its_moment():
    badge = signed(replace(MINIMAL, expires_at=NOW + timedelta(days=1)))

    assert World().verify(badge, NOW + timedelta(days=1, seconds=-1)).state == State.VERIFIED
    assert World().verify(badge, NOW + timedelta(days=1)).state == State.EXPIRED


def test_revoked_outranks_expired():
    late = datetime(2100, 1, 1, tzinfo=UTC)

    assert World(listing=status_list(7)).verify(signed(), late).state == State.REVOKED


def test_badge_from_the_future_is_invalid():
    verification = World().verify(signed(), NOW - timedelta(seconds=1))

    assert verification.state == State.INVALID
    assert told(verification, "not_before") == ("failed", "The badge is valid only from 2026-01-02T03:04:05Z.")


def test_unknown_issuer_leaves_the_badge_unresolved():
    verification = World(issuers={}).verify(signed())

    assert verification.state == State.UNRESOLVED
    assert told(verification, "issuer") == ("unknown", "The issuer is not known here.")


def test_unknown_status_list_leaves_the_badge_unresolved():
    assert World(listing=None).verify(signed()).state == State.UNRESOLVED


def test_proof_of_another_kind_leaves_the_badge_unresolved():
    document = json.loads(signed())
    document["proof"]["cryptosuite"] = "ecdsa-sd-2023"

    assert World().verify(encode(document)).state == State.UNRESOLVED


def test_context_we_do_not_hold_leaves_the_badge_unresolved():
    document = json.loads(signed())
    document["@context"].append("https://example.org/v1")

    assert World().verify(encode(document)).state == State.UNRESOLVED


@pytest.mark.parametrize(
    ("listing", "reason"),
    [
        (status_list(did=OTHER_DID, secret=OTHER_SECRET), "The status list is not the issuer's."),
        (status_list(secret=bytes(32)), "The signature does not match the content."),
        (status_list(purpose="suspension"), "The status list has another purpose."),
        (status_list(url="http://localhost:8000/status/2"), "The status list is another one."),
        (status_list(valid_until=NOW), "The badge expired at 2026-01-02T03:04:05Z."),
        (signed(), "The status list is not a status list."),
    ],
)
def test_unsound_status_list_makes_the_badge_invalid(listing, reason):
    verification = World(listing=listing).verify(signed())

    assert verification.state == State.INVALID
    assert told(verification, "status") == ("failed", reason)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.update(id=OTHER_DID), "The issuer's document is someone else's."),
        (lambda d: d["verificationMethod"][0].update(controller=OTHER_DID), "The key is not controlled by the issuer."),
        (lambda d: d["verificationMethod"][0].update(revoked="2026-01-01T00:00:00Z"), "The issuer withdrew the key."),
        (
            lambda d: d["verificationMethod"][0].update(type="JsonWebKey"),
            "The key is not published as a key for these signatures.",
        ),
        (lambda d: d["assertionMethod"].pop(0), "The issuer does not use this key to assert anything."),
        (lambda d: d.pop("verificationMethod"), "The issuer never published the key of this signature."),
    ],
)
def test_key_must_be_the_issuers_own(change, reason):
    world = World()
    change(world.issuers[DID])

    verification = world.verify(signed(MINIMAL))

    assert verification.state == State.INVALID
    assert told(verification, "issuer") == ("failed", reason)


@pytest.mark.parametrize("key", ["issuer", "validFrom", "credentialSubject", "id"])
def test_badge_without_an_essential_part_is_invalid_even_if_signed(key):
    document = achievement_credential(MINIMAL)
    del document[key]

    assert World().verify(signer().sign(document)).state == State.INVALID


def test_nothing_thrown_at_it_makes_it_raise():
    chance = random.Random(1)
    badge = signed()
    odd = [None, [], {}, "", "x", 7, 1e300, True, [[]], {"id": []}, [{"type": 3}], STATUS_URL, "9" * 5000]

    for _ in range(400):
        document = json.loads(badge)
        node = chance.choice([document, document["proof"], document["credentialSubject"], document["credentialStatus"]])
        node[chance.choice(list(node))] = chance.choice(odd)
        World().verify(encode(document))
    for _ in range(200):
        spoilt = bytearray(badge)
        spoilt[chance.randrange(len(badge))] = chance.randrange(256)
        assert World().verify(bytes(spoilt)).state != State.VERIFIED or json.loads(spoilt) == json.loads(badge)


@pytest.mark.parametrize("disguise", [lambda n: {}, lambda n: {"points": None}, lambda n: {"points": ["a"] * n}])
def test_badge_made_to_keep_us_busy_for_ever_is_refused_at_once(disguise):
    document = json.loads(signed())
    levels = [{"type": "RubricCriterionLevel", **disguise(n)} for n in range(1, 15)]
    document["credentialSubject"]["achievement"]["resultDescription"] = [
        {"type": "ResultDescription", "rubricCriterionLevel": levels} for _ in range(2)
    ]

    outcome, detail = told(World().verify(encode(document)), "proof")

    assert outcome == "failed"
    assert "look alike" in detail


def test_badge_with_more_parts_than_any_badge_needs_is_refused_before_they_are_put_in_order():
    document = json.loads(signed())
    document["evidence"] = [{"id": f"https://example.org/{number}", "type": ["Evidence"]} for number in range(2_000)]

    found = World().verify(encode(document))

    assert found.state == State.INVALID
    assert [check.code for check in found.checks] == ["readable"]


def test_badge_with_more_signatures_than_any_badge_needs_is_refused():
    document = json.loads(signed())

    for count, state in [(10, State.VERIFIED), (11, State.INVALID)]:
        assert World().verify(encode({**document, "proof": [document["proof"]] * count})).state == state
