import json

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from badges.openbadges import ProofError, achievement_credential, canonical, encode, public_key, verify_proof
from badges.openbadges.wire import tidy

from .samples import FULL, MINIMAL, NOW, SECRET, SHAPES, signed, signer


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_signed_and_verifies(shape):
    document = json.loads(signed(SHAPES[shape]))
    proof = document.pop("proof")

    assert document == achievement_credential(SHAPES[shape])
    verify_proof(document, proof, public_key(SECRET), now=NOW)


def test_signing_is_deterministic_and_one_signer_serves_a_batch():
    one = signer()
    first, second = (one.sign(achievement_credential(award)) for award in (FULL, MINIMAL))

    assert first == signed(FULL)
    assert second == signed(MINIMAL)
    assert first == encode(json.loads(first))


def test_proof_says_who_when_and_how():
    proof = json.loads(signed())["proof"]

    assert proof.pop("proofValue").startswith("z")
    assert proof == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-02T03:04:05Z",
        "verificationMethod": "did:web:localhost%3A8000:issuers:7b0e#key-1",
        "proofPurpose": "assertionMethod",
    }


def test_another_key_does_not_verify():
    document = json.loads(signed())
    proof = document.pop("proof")

    with pytest.raises(ProofError):
        verify_proof(document, proof, public_key(bytes(32)), now=NOW)


def test_awarded_date_keeps_the_datatype_of_the_published_context():
    assert b"^^<xsd:dateTime>" in canonical(achievement_credential(MINIMAL))


def test_canonical_form_does_not_depend_on_the_order_of_members():
    document = achievement_credential(FULL)

    assert canonical(dict(reversed(document.items()))) == canonical(document)


@seed(1)
@settings(max_examples=30, deadline=None, database=None)
@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_any_text_a_person_types_is_signed_and_verifies(name, narrative):
    document = achievement_credential(FULL)
    document["credentialSubject"]["achievement"]["name"] = name
    document["credentialSubject"]["narrative"] = narrative
    result = json.loads(signer().sign(tidy(document)))
    proof = result.pop("proof")

    verify_proof(result, proof, public_key(SECRET), now=NOW)
