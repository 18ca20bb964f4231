import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from badges.openbadges import base58, keys

# The key pair of the examples in VC Data Integrity EdDSA Cryptosuites 1.0, appendix B.
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"


def test_standard_key_pair_belongs_together():
    secret = base58.decode(SECRET[1:])[2:]

    assert keys.encode_multikey(keys.public_key(secret)) == PUBLIC
    assert keys.decode_multikey(PUBLIC) == keys.public_key(secret)


def test_generated_secrets_differ_and_make_keys():
    first, second = keys.generate_secret(), keys.generate_secret()

    assert len(first) == 32
    assert first != second
    assert len(keys.public_key(first)) == 32


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        PUBLIC[1:],
        "u" + PUBLIC[1:],
        PUBLIC[:-1],
        PUBLIC + "1",
        "z0OIl",
        "z" + "1" * 48,
        SECRET,
        "z" * 500,
        None,
    ],
)
def test_anything_but_an_ed25519_public_key_is_refused(text):
    with pytest.raises(ValueError):
        keys.decode_multikey(text)


@pytest.mark.parametrize(
    ("base", "did"),
    [
        ("https://badges.example.org", "did:web:badges.example.org:issuers:7b0e"),
        ("https://Badges.Example.org/", "did:web:badges.example.org:issuers:7b0e"),
        ("http://localhost:8000", "did:web:localhost%3A8000:issuers:7b0e"),
        ("https://example.org/portal", "did:web:example.org:portal:issuers:7b0e"),
    ],
)
def test_did_web_follows_the_address(base, did):
    assert keys.did_web(base, ["issuers", "7b0e"]) == did


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000", "http://[::1]:8000", "localhost", "ftp://example.org"])
def test_did_web_refuses_what_the_method_forbids(base):
    with pytest.raises(ValueError):
        keys.did_web(base, ["issuers"])


def test_did_document_lists_retired_keys_too():
    old, new = keys.public_key(bytes(32)), keys.public_key(bytes(range(32)))

    document = keys.did_document("did:web:example.org", [old, new])

    assert document["assertionMethod"] == ["did:web:example.org#key-1", "did:web:example.org#key-2"]
    assert document["verificationMethod"][1] == {
        "id": "did:web:example.org#key-2",
        "type": "Multikey",
        "controller": "did:web:example.org",
        "publicKeyMultibase": keys.encode_multikey(new),
    }


@seed(1)
@settings(max_examples=100, deadline=None, database=None)
@given(st.binary(max_size=80))
def test_base58_reads_back_what_it_wrote(data):
    assert base58.decode(base58.encode(data)) == data


def test_base58_keeps_leading_zeros():
    assert base58.encode(b"\0\0hello") == "11Cn8eVZg"
