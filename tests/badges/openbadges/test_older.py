"""Badges of older generations, hosted and signed, and what forgers make of them."""

import json
from copy import deepcopy
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from joserfc import jws
from joserfc.jwk import RSAKey

from badges import openbadges as ob

from .samples import FULL

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SITE, EVIL = "https://school.example", "https://evil.example"
KEY, OTHER_KEY = (generate_private_key(65537, 2048) for _key in range(2))
ASSERTION, BADGE, ISSUER = f"{SITE}/assertions/1", f"{SITE}/badges/1", f"{SITE}/issuer"
CONTEXT = "https://w3id.org/openbadges/v2"


def pem(key):
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def world():
    """Return a small web: a badge of 2.0 with all it leads to."""
    return {
        ASSERTION: {
            "@context": CONTEXT,
            "type": "Assertion",
            "id": ASSERTION,
            "recipient": {"type": "email", "hashed": False, "identity": "a@example.com"},
            "badge": BADGE,
            "issuedOn": "2025-01-01T00:00:00Z",
            "verification": {"type": "hosted"},
        },
        BADGE: {"@context": CONTEXT, "type": "BadgeClass", "id": BADGE, "name": "Cook", "issuer": ISSUER},
        ISSUER: {"@context": CONTEXT, "type": "Issuer", "id": ISSUER, "name": "School", "publicKey": f"{SITE}/key"},
        f"{SITE}/key": {"id": f"{SITE}/key", "owner": ISSUER, "publicKeyPem": pem(KEY)},
        f"{SITE}/revoked": {"revokedAssertions": [{"id": "urn:uuid:2", "revocationReason": "Mistake"}]},
    }


def outcome(given, web):
    given = given if isinstance(given, bytes) else json.dumps(given).encode()
    found = ob.verify_older(given, fetch=lambda url: deepcopy(web.get(url)), now=NOW)
    return found.state, [check.code for check in found.checks if check.outcome != ob.Outcome.PASSED]


def signed(payload, key=KEY):
    return jws.serialize_compact({"alg": "RS256"}, json.dumps(payload), RSAKey.import_key(key)).encode()


def to_be_signed(**facts):
    verification = {"type": "signed", "creator": f"{SITE}/key"}
    return {**world()[ASSERTION], "id": "urn:uuid:1", "verification": verification, **facts}


VERIFIED, INVALID = ob.State.VERIFIED, ob.State.INVALID


def test_a_hosted_badge_is_verified_by_its_json_or_its_address():
    web = world()

    assert outcome(web[ASSERTION], web) == (VERIFIED, [])
    assert outcome(ASSERTION.encode(), web) == (VERIFIED, [])
    found = ob.verify_older(ASSERTION.encode(), fetch=web.get, now=NOW)
    assert found.document["badge"]["name"] == "Cook"
    assert found.document["badge"]["issuer"]["name"] == "School"


def test_our_own_hosted_badges_are_verified():
    web = {
        FULL.hosted_url: ob.assertion(FULL),
        FULL.achievement.hosted_url: ob.badge_class(FULL.achievement, FULL.issuer),
        FULL.issuer.profile_url: ob.issuer_profile(FULL.issuer),
    }

    assert outcome(web[FULL.hosted_url], web) == (VERIFIED, [])


def test_a_badge_of_the_first_generation_is_verified():
    badge = {"name": "Cook", "issuer": ISSUER}
    assertion = {
        "uid": "1",
        "recipient": {"type": "email", "hashed": False, "identity": "a@example.com"},
        "badge": BADGE,
        "issuedOn": 1359217910,
        "verify": {"type": "hosted", "url": ASSERTION},
    }
    web = {ASSERTION: assertion, BADGE: badge, ISSUER: {"name": "School", "url": SITE}}

    assert outcome(assertion, web) == (VERIFIED, [])
    assert outcome(ASSERTION.encode(), web) == (VERIFIED, [])
    assert outcome({**assertion, "expires": "1359217911"}, {**web, ASSERTION: {**assertion, "expires": "1359217911"}})[
        0
    ] == (ob.State.EXPIRED)


def test_an_issuer_inside_a_badge_without_an_address_speaks_for_the_site():
    web = world()
    web[BADGE]["issuer"] = {"name": "School"}

    assert outcome(web[ASSERTION], web) == (VERIFIED, [])


@pytest.mark.parametrize("gone", [{"revoked": True}, {"id": ASSERTION, "revoked": True, "revocationReason": "Mistake"}])
def test_a_badge_that_was_taken_back_says_so(gone):
    web = world()
    held = web[ASSERTION]
    web[ASSERTION] = gone

    assert outcome(held, web) == (ob.State.REVOKED, ["status"])
    assert outcome(ASSERTION.encode(), web) == (ob.State.REVOKED, ["status"])


def test_what_cannot_be_read_stays_open():
    for missing, state in [(BADGE, "issuer"), (ISSUER, "issuer")]:
        web = world()
        del web[missing]
        assert outcome(web[ASSERTION], web) == (ob.State.UNRESOLVED, [state])
    web = world()
    held = web.pop(ASSERTION)
    assert outcome(held, web) == (ob.State.UNRESOLVED, ["proof"])
    assert outcome(ASSERTION.encode(), web)[0] == INVALID


def test_a_signed_badge_is_verified():
    assert outcome(signed(to_be_signed()), world()) == (VERIFIED, [])
    assert outcome(signed(to_be_signed(), OTHER_KEY), world()) == (INVALID, ["issuer"])


def test_a_signed_badge_of_the_first_generation_is_verified_by_a_bare_key():
    web = world()
    del web[ISSUER]["publicKey"]
    web[f"{SITE}/key.pem"] = {"publicKeyPem": pem(KEY)}
    payload = to_be_signed(verification=None, verify={"type": "signed", "url": f"{SITE}/key.pem"})
    del payload["verification"]

    assert outcome(signed(payload), web) == (VERIFIED, [])


@pytest.mark.parametrize(("listed", "state"), [("urn:uuid:1", ob.State.REVOKED), ("urn:uuid:2", VERIFIED)])
def test_a_signed_badge_is_looked_up_in_its_issuers_list(listed, state):
    web = world()
    web[ISSUER]["revocationList"] = f"{SITE}/revoked"
    web[f"{SITE}/revoked"] = {"revokedAssertions": [{"id": listed}, "urn:uuid:9"]}

    assert outcome(signed(to_be_signed()), web)[0] == state


def forgeries():
    def changed(change):
        web = world()
        held = change(web) or web[ASSERTION]
        return held, web

    def elsewhere(web):
        """A badge on the forger's site that names the school's class."""
        web[f"{EVIL}/1"] = {**web[ASSERTION], "id": f"{EVIL}/1"}
        return web[f"{EVIL}/1"]

    def inline(web):
        """The school written out by the forger, with leave for the forger's site."""
        school = {**web[ISSUER], "verification": {"allowedOrigins": ["evil.example"], "startsWith": EVIL}}
        badge = {**web[BADGE], "issuer": school}
        web[f"{EVIL}/1"] = {**web[ASSERTION], "id": f"{EVIL}/1", "badge": badge}
        return web[f"{EVIL}/1"]

    def own_class(web):
        web[f"{EVIL}/badge"] = {**web[BADGE], "id": f"{EVIL}/badge"}
        web[f"{EVIL}/1"] = {**web[ASSERTION], "id": f"{EVIL}/1", "badge": f"{EVIL}/badge"}
        return web[f"{EVIL}/1"]

    def own_key(web):
        web[f"{EVIL}/key"] = {"id": f"{EVIL}/key", "owner": ISSUER, "publicKeyPem": pem(OTHER_KEY)}
        return signed(to_be_signed(verification={"type": "signed", "creator": f"{EVIL}/key"}), OTHER_KEY)

    def own_key_unnamed(web):
        del web[ISSUER]["publicKey"]
        return own_key(web)

    def key_written_out(web):
        named = {"owner": ISSUER, "publicKeyPem": pem(OTHER_KEY)}
        return signed(to_be_signed(verification={"type": "signed", "creator": named}), OTHER_KEY)

    def unnamed_issuer(web, **key):
        """A token that stands for the school by its id alone, with a school that nobody published."""
        badge = {"name": "Cook", "issuer": {"name": "School", "publicKey": ["", f"{EVIL}/key"]}}
        creator = key or {"publicKeyPem": pem(OTHER_KEY)}
        named = {"type": "signed", "creator": creator}
        return signed(to_be_signed(id=ISSUER, badge=badge, verification=named), OTHER_KEY)

    def unnamed_issuer_with_key(web):
        own_key(web)
        return unnamed_issuer(web, id=f"{EVIL}/key")

    def uploaded_key(web):
        """A key that somebody put on the school's site."""
        where = f"{SITE}/uploads/key"
        web[where] = {"id": where, "owner": ISSUER, "publicKeyPem": pem(OTHER_KEY)}
        return signed(to_be_signed(verification={"type": "signed", "creator": where}), OTHER_KEY)

    def claims(**facts):
        return lambda web: {**web[ASSERTION], **facts}

    def served(**facts):
        return lambda web: web[ASSERTION].update(facts)

    return {
        "on another site": changed(elsewhere),
        "issuer written out": changed(inline),
        "own class": changed(own_class),
        "own key": changed(own_key),
        "own key, where the issuer names none": changed(own_key_unnamed),
        "key written out": changed(key_written_out),
        "issuer and key written out": changed(unnamed_issuer),
        "issuer written out, the key elsewhere": changed(unnamed_issuer_with_key),
        "a key that the issuer does not name": changed(uploaded_key),
        "another recipient": changed(claims(recipient={"type": "email", "hashed": False, "identity": "b@example.com"})),
        "another class": changed(claims(badge=f"{EVIL}/badge")),
        "no address": changed(claims(id="urn:uuid:1")),
        "an address of a file": changed(claims(id="file:///etc/passwd")),
        "another one at its address": (world()[ASSERTION], world() | {ASSERTION: {**world()[ASSERTION], "id": ISSUER}}),
        "issued tomorrow": changed(served(issuedOn="2026-01-03T00:00:00Z")),
        "issued never": changed(served(issuedOn=None)),
        "issued some time": changed(served(issuedOn="yesterday")),
        "issued at the end of time": changed(served(issuedOn=1e300)),
        "expired": changed(served(expires="2025-06-01T00:00:00Z")),
        "issuer without name": changed(lambda web: web[ISSUER].pop("name") and None),
        "class without name": changed(lambda web: web[BADGE].pop("name") and None),
        "issuer of another address": changed(lambda web: web[ISSUER].update(id=f"{EVIL}/issuer")),
        "not a badge": changed(lambda web: {"hello": "world"}),
        "not JSON": changed(lambda web: b"hello"),
    }


FORGERIES = forgeries()


@pytest.mark.parametrize("name", FORGERIES)
def test_forgeries_are_not_verified(name):
    given, web = FORGERIES[name]
    state, failed = outcome(given, web)

    assert state in (INVALID, ob.State.EXPIRED)
    assert failed


@pytest.mark.parametrize("policy", [{"startsWith": f"{EVIL}/school/"}, {"allowedOrigins": ["evil.example"]}])
def test_an_issuer_may_let_another_site_serve_its_badges(policy):
    web = world()
    web[ISSUER]["verification"] = policy
    address = f"{EVIL}/school/1"
    web[address] = {**web[ASSERTION], "id": address}

    assert outcome(web[address], web) == (VERIFIED, [])


def test_nothing_thrown_at_it_makes_it_raise():
    odd = [None, [], {}, "", "x", 7, 1e300, -1, True, [[]], {"id": []}, ISSUER, "9" * 400, {"id": ISSUER}]
    places = world() | {ISSUER: world()[ISSUER] | {"revocationList": f"{SITE}/revoked"}}
    for address in [ASSERTION, BADGE, ISSUER, f"{SITE}/key", f"{SITE}/revoked"]:
        for name in places[address]:
            for value in odd:
                web = deepcopy(places)
                web[address][name] = value
                outcome(web[ASSERTION], web)
                outcome(ASSERTION.encode(), web)
                outcome(signed(to_be_signed(**({name: value} if address == ASSERTION else {}))), web)


@pytest.mark.parametrize("odd", [[["urn:uuid:1"]], [{"id": ["urn:uuid:1"]}], [{"id": {}}, None, 7]])
def test_odd_entries_of_a_revocation_list_are_passed_over(odd):
    web = world()
    web[ISSUER]["revocationList"] = f"{SITE}/revoked"
    web[f"{SITE}/revoked"] = {"revokedAssertions": odd}

    assert outcome(signed(to_be_signed()), web) == (VERIFIED, [])


def test_a_private_key_that_somebody_published_proves_nothing():
    web = world()
    for encryption in (NoEncryption(), BestAvailableEncryption(b"secret")):
        private = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption).decode()
        web[f"{SITE}/key"]["publicKeyPem"] = private

        assert outcome(signed(to_be_signed()), web) == (INVALID, ["issuer"])
