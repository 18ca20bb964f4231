"""Badges as JSON Web Tokens, written and read."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc import jws
from joserfc.jwk import OctKey, OKPKey

from badges import openbadges as ob
from badges.openbadges.keys import load_private

from .samples import (
    DID,
    FULL,
    KEY_URL,
    MINIMAL,
    NOW,
    OTHER_SECRET,
    RSA_SECRET,
    SECRET,
    SHAPES,
    World,
    signed,
    status_list,
    token,
)


def outcome(text, world=None, now=NOW):
    found = (world or World()).verify(text, now)
    return found.state, [check.code for check in found.checks if check.outcome != ob.Outcome.PASSED]


def written(header, payload, key=SECRET):
    """Sign whatever is given, as a forger would."""
    head = b".".join([part({"alg": "EdDSA", **header}), part(payload)])
    return head + b"." + part(load_private(key).sign(head))


def part(value):
    return urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).rstrip(b"=")


def sound():
    header, payload = ob.read_token(token())
    return header, payload


@pytest.mark.parametrize(("secret", "number"), [(SECRET, 1), (RSA_SECRET, 3)], ids=["EdDSA", "RS256"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_verified(shape, secret, number):
    text = token(SHAPES[shape], secret=secret, number=number)

    found = World().verify(text)
    assert found.state == ob.State.VERIFIED
    assert found.document == {k: v for k, v in json.loads(signed(SHAPES[shape])).items() if k != "proof"}


def test_claims_repeat_what_the_badge_says():
    header, payload = sound()

    assert header == {"alg": "EdDSA", "kid": KEY_URL % 1, "typ": "JWT"}
    assert (payload["iss"], payload["jti"], payload["sub"]) == (DID, FULL.id, FULL.recipient.id)
    assert (payload["nbf"], payload["exp"]) == (int(NOW.timestamp()), int(FULL.expires_at.timestamp()))
    assert "exp" not in ob.read_token(token(MINIMAL))[1]


def test_the_same_badge_gives_the_same_token():
    assert token() == token()
    assert token(secret=RSA_SECRET, number=3) == token(secret=RSA_SECRET, number=3)


def test_revoked_and_expired_tokens_are_told_apart():
    assert outcome(token(), World(listing=status_list(7))) == (ob.State.REVOKED, ["status"])
    short = token(replace(FULL, expires_at=NOW + timedelta(days=1)))
    late = World(listing=status_list(valid_from=NOW, ttl=timedelta(days=9)))
    assert outcome(short, late, NOW + timedelta(days=2))[0] == ob.State.EXPIRED


def test_a_token_of_an_unknown_issuer_stays_open():
    assert outcome(token(), World(issuers={}))[0] == ob.State.UNRESOLVED


def test_a_key_that_the_token_brings_along_proves_nothing():
    _header, payload = sound()
    jwk = ob.public_jwk(ob.public_key(bytes(32)))

    assert outcome(written({"jwk": jwk}, payload, bytes(32))) == (ob.State.INVALID, ["issuer"])
    assert outcome(written({"jwk": ob.public_jwk(ob.public_key(SECRET))}, payload))[0] == ob.State.VERIFIED


def test_a_key_at_an_address_is_the_issuers_only_if_the_issuer_says_so():
    _header, payload = sound()
    world = World()
    world.issuers["https://mallory.example/key.json"] = ob.public_jwk(ob.public_key(bytes(32)))

    text = written({"kid": "https://mallory.example/key.json"}, payload, bytes(32))
    assert outcome(text, world) == (ob.State.INVALID, ["issuer"])


@pytest.mark.parametrize(
    ("kid", "state"),
    [
        ("https://school.example/keys/1", ob.State.VERIFIED),
        ("https://school.example:8443/keys/1", ob.State.INVALID),
        ("https://school.example.evil.example/keys/1", ob.State.INVALID),
        ("http://school.example/keys/1", ob.State.INVALID),
    ],
)
def test_an_issuer_without_keys_of_its_own_publishes_them_on_its_own_site(kid, state):
    issuer = "https://school.example/profile"
    _header, payload = sound()
    del payload["credentialStatus"]
    payload |= {"iss": issuer, "issuer": {**payload["issuer"], "id": issuer}}
    world = World(issuers={issuer: {"id": issuer, "type": "Profile"}})
    world.issuers[kid] = ob.public_jwk(ob.public_key(SECRET))

    assert outcome(written({"kid": kid}, payload), world)[0] == state


CHANGES = {
    "another issuer claimed": {"iss": "did:web:example.org"},
    "another id": {"jti": "urn:uuid:00000000-0000-4000-8000-000000000000"},
    "another subject": {"sub": "urn:uuid:00000000-0000-4000-8000-000000000000"},
    "an earlier beginning": {"nbf": 0},
    "a later end": {"exp": 9_999_999_999},
    "an end in words": {"exp": "never"},
}


@pytest.mark.parametrize("name", CHANGES)
def test_claims_that_contradict_the_badge_break_it(name):
    header, payload = sound()

    assert outcome(written(header, payload | CHANGES[name])) == (ob.State.INVALID, ["proof"])


def test_missing_claims_are_borne_with():
    header, payload = sound()
    lean = {name: value for name, value in payload.items() if name not in ("iss", "jti", "nbf", "sub", "exp")}

    assert outcome(written(header, lean))[0] == ob.State.VERIFIED
    assert outcome(written(header, {"vc": lean, "iss": DID}))[0] == ob.State.VERIFIED


def forged():
    header, payload = sound()
    head, body, signature = token().split(b".")
    public = json.dumps(ob.public_jwk(ob.public_key(SECRET))).encode()
    mac = jws.serialize_compact({**header, "alg": "HS256"}, json.dumps(payload), OctKey.import_key(public)).encode()
    return {
        "alg none": b".".join([part({**header, "alg": "none"}), body, b"AA"]),
        "alg none in other letters": b".".join([part({**header, "alg": "nOnE"}), body, signature]),
        "a public key as shared secret": mac,
        "another alg": b".".join([part({**header, "alg": "RS256"}), body, signature]),
        "alg not a text": b".".join([part({**header, "alg": ["EdDSA"]}), body, signature]),
        "another payload": b".".join([head, part({**payload, "name": "Professor"}), signature]),
        "another key": written({"kid": f"{DID}#key-2"}, payload, SECRET),
        "a key that was never published": written({"kid": f"{DID}#key-9"}, payload, bytes(32)),
        "a spoilt signature": token()[:-9] + b"AAAAAAAAA",
        "an unknown header": written({**header, "crit": ["exp"], "exp": 1}, payload),
        "a key from the net": written({"jku": "https://example.org/keys"}, payload),
        "another kind of token": written({**header, "typ": "at+jwt"}, payload),
        "not a badge": written(header, {"iss": DID}),
        "a member twice": b".".join([head, part(b'{"a":1,"a":2}'), signature]),
        "deep": b".".join([head, part(b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}"), signature]),
        "not JSON": b".".join([head, part(b"\xff\xfe"), signature]),
        "no payload": head + b".." + signature,
        "four parts": token() + b".AA",
        "signed by another": token(secret=OTHER_SECRET),
    }


FORGED = forged()


@pytest.mark.parametrize("name", FORGED)
def test_forged_tokens_are_not_verified(name):
    state, failed = outcome(FORGED[name])

    assert state in (ob.State.INVALID, ob.State.UNRESOLVED)
    assert failed


def test_a_private_key_is_no_key_to_trust():
    world = World()
    world.issuers[KEY_URL % 1] = OKPKey.import_key(load_private(SECRET)).as_dict(private=True)

    assert outcome(token(), world) == (ob.State.INVALID, ["proof"])


def test_what_may_not_be_signed_is_not_put_into_a_token():
    document = ob.achievement_credential(MINIMAL) | {"grade": "A"}

    with pytest.raises(ob.LintError):
        ob.TokenSigner(SECRET, algorithm=ob.ED25519, key_address=KEY_URL % 1).sign(document)
