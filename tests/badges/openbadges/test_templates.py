"""What a template says of a badge is what the full algorithm says, byte for byte, or it says nothing."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from badges import openbadges as ob
from badges.openbadges import forms
from badges.openbadges.credentials import outline
from badges.openbadges.forms import take_apart
from badges.openbadges.templates import Template

from .awards import awards, recipient
from .samples import FULL, HOSTILE, NOW, SHAPES, signed, signer

EXAMPLES = 3400 if os.environ.get("FULL_SIZE") == "1" else 85


def by_template(template_of, award):
    """Return the canonical form of `award` by the template of another badge."""
    shape, _ = take_apart(outline(template_of))
    its_shape, texts = take_apart(outline(award))
    assert its_shape == shape
    return Template(outline(template_of)).canonical(texts)


def in_full(award):
    return ob.canonical(ob.achievement_credential(award))


@pytest.mark.timeout(7200)
@seed(1)
@settings(max_examples=EXAMPLES, deadline=None, database=None)
@given(st.data())
def test_any_award_of_a_shape_gets_the_bytes_of_the_full_algorithm(data):
    first = data.draw(awards())
    others = [data.draw(awards(like=first)) for _ in range(2)]
    batch = ob.BatchSigner(signer())

    for award in (first, *others):
        assert by_template(first, award) in (None, in_full(award))
        assert batch.sign(award) == signed(award)


@pytest.mark.parametrize("shape", SHAPES)
def test_template_speaks_for_every_shape(shape):
    award = replace(SHAPES[shape], recipient=recipient(1), issued_at=NOW + timedelta(days=1))

    assert by_template(SHAPES[shape], award) == in_full(award)


@pytest.mark.parametrize("text", ["%s", "%(0)s", "%", "{0}", "_:c14n0 .", "urn:text:0;", "\\n", '"', "\u2028", HOSTILE])
def test_texts_that_look_like_our_own_marks_are_only_texts(text):
    base = replace(FULL, issuer=replace(FULL.issuer, name=f"A {text}", description=text))
    award = replace(
        base, narrative=f"{text}{text}", evidence=(ob.Evidence(narrative=text, name=text), *FULL.evidence[:1])
    )
    other = replace(award, narrative="plain")

    assert by_template(other, award) == in_full(award)


def test_nameless_subject_is_told_apart_from_its_nameless_identity():
    first, other = (replace(FULL, recipient=replace(recipient(number), id="")) for number in (1, 2))

    assert by_template(first, other) == in_full(other)


def test_two_stories_at_one_address_make_one_node():
    first = replace(FULL, evidence=(ob.Evidence(url="https://a.example/"), ob.Evidence(url="https://b.example/")))
    other = replace(FULL, evidence=(ob.Evidence(url="https://c.example/"),) * 2)

    assert by_template(first, other) == in_full(other)


def test_labels_follow_the_person():
    # Without it, a template that never gave a label anew would pass.
    people = [replace(FULL, recipient=recipient(number)) for number in range(40)]
    batch = ob.BatchSigner(signer())

    identities = {next(quad for quad in in_full(award).split(b"\n") if b"identifier" in quad)[-8:] for award in people}
    assert len(identities) == 8
    assert [batch.sign(award) for award in people] == [signed(award) for award in people]


def test_parts_that_look_alike_are_left_to_the_full_algorithm():
    story = ob.Evidence(narrative="The same story")
    told_twice = replace(FULL, evidence=(story, story))
    told_apart = replace(FULL, evidence=(story, ob.Evidence(narrative="Another story")))
    batch = ob.BatchSigner(signer())

    assert by_template(told_apart, told_twice) is None
    assert [batch.sign(award) for award in (told_apart, told_apart, told_twice)] == [
        signed(told_apart),
        signed(told_apart),
        signed(told_twice),
    ]


@pytest.mark.parametrize(
    "address", ["HTTP://example.org", "https://é.example/", "mailto:a@example.org", "schema:name", "https://a/%zz"]
)
def test_unusual_addresses_are_left_to_the_full_algorithm(address):
    award = replace(FULL, evidence=(ob.Evidence(url=address, name="Plan", narrative="How"), FULL.evidence[1]))

    assert by_template(FULL, award) is None


@pytest.mark.parametrize("address", ["plan.pdf", "https://example.org/a b", "https://example.org/<b>", "_:b0", "//a"])
def test_address_that_cannot_be_signed_is_refused_after_any_number_of_sound_ones(address):
    batch = ob.BatchSigner(signer())
    for _ in range(3):
        batch.sign(FULL)

    with pytest.raises(ob.LintError):
        batch.sign(replace(FULL, evidence=(ob.Evidence(url=address, name="Plan", narrative="How"), FULL.evidence[1])))


def test_a_template_that_errs_is_found_out_and_not_used(monkeypatch, caplog):
    digest = forms._first_degree
    monkeypatch.setattr(forms, "_first_degree", lambda view: digest(view)[::-1])
    people = [replace(FULL, recipient=recipient(number)) for number in range(3)]
    batch = ob.BatchSigner(signer())

    assert [batch.sign(award) for award in people] == [signed(award) for award in people]
    assert [line.message for line in caplog.records] == [
        "a template gave other bytes than the full algorithm; all badges of its shape are signed in full"
    ]
