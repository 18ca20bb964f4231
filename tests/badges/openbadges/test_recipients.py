import hashlib

import pytest

from badges.openbadges import identity_hash, matches, new_salt

VECTOR = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"


def identity(**changes):
    return {"hashed": True, "identityHash": VECTOR, "identityType": "emailAddress", "salt": "Kosher"} | changes


def test_hash_is_the_one_of_the_standard():
    assert identity_hash("a@example.com", "Kosher") == VECTOR


def test_hash_does_not_depend_on_capitals_or_spaces():
    assert identity_hash(" A@Example.COM ", "Kosher") == VECTOR


def test_salts_differ():
    assert new_salt() != new_salt()


def test_address_matches_in_any_capitals():
    assert matches(identity(), "A@EXAMPLE.com")


def test_address_hashed_with_its_capitals_matches_as_written():
    digest = hashlib.sha256(b"Ada@example.com" + b"salt").hexdigest()

    assert matches(identity(identityHash=f"sha256${digest}", salt="salt"), "Ada@example.com")
    assert not matches(identity(identityHash=f"sha256${digest}", salt="salt"), "ADA@example.com")


def test_identity_of_a_2_0_badge_matches_too():
    assert matches({"type": "email", "hashed": True, "identity": VECTOR, "salt": "Kosher"}, "a@example.com")
    assert matches({"type": "email", "hashed": False, "identity": "A@example.com"}, "a@example.com")


@pytest.mark.parametrize(
    "other",
    [
        identity(salt="Salt"),
        identity(salt=None),
        identity(identityType="name"),
        identity(identityHash=None),
        identity(identityHash="crc32$b5809d8a"),
        identity(identityHash=VECTOR.removeprefix("sha256$")),
        identity(hashed=False),
        {},
    ],
)
def test_any_other_identity_does_not_match(other):
    assert not matches(other, "a@example.com")
