"""The canonical form of an address."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.addresses import AddressTooLong, canonical, look_alike, mailbox


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Anna@Example.ORG", "anna@example.org"),
        ("  anna@example.org ", "anna@example.org"),
        ("anna@ŽMOGUS.lt", "anna@xn--mogus-tib.lt"),
        ("Ža\u0307 ba@example.org".replace(" ", ""), "žȧba@example.org"),
        ("=cmd@example.org", "=cmd@example.org"),
        ("a@b@example.org", "a@b@example.org"),
    ],
)
def test_canonical_address(typed, stored):
    assert canonical(typed) == stored


@pytest.mark.parametrize(
    ("address", "arrives_at"),
    [
        ("anna+b@example.org", "anna@example.org"),
        ("anna+b+c@example.org", "anna@example.org"),
        ("anna@example.org", "anna@example.org"),
        ("+anna@example.org", "+anna@example.org"),
        ("a@b+c@example.org", "a@b@example.org"),
    ],
)
def test_a_tag_leads_to_the_same_mailbox(address, arrives_at):
    assert mailbox(address) == arrives_at


@pytest.mark.parametrize(
    "typed", ["", "anna", "@example.org", "anna@", "anna@exa mple.org", "anna@-x.org", "anna@xn--a"]
)
def test_what_cannot_be_an_address_is_refused(typed):
    with pytest.raises(ValueError):
        canonical(typed)


@pytest.mark.parametrize(
    "typed",
    ["l" * 243 + "@example.org", "l" * 180 + "@" + "ą." * 20 + "lt", "a" + "\u0300\u0327" * 500_000 + "@example.org"],
    ids=["as typed", "in its canonical form", "far too long to normalize"],
)
def test_address_that_no_column_holds_is_refused(typed):
    with pytest.raises(AddressTooLong):
        canonical(typed)


def test_longest_address_is_taken():
    assert len(canonical("l" * 242 + "@example.org")) == 254


@given(
    st.text(max_size=30), st.sampled_from(["Example.org", "ŽMOGUS.lt", "straße.de", "faß.example", "xn--mogus-tib.lt"])
)
def test_canonical_form_is_stable(local, domain):
    try:
        once = canonical(f"{local}@{domain}")
    except ValueError:
        return

    assert canonical(once) == once


@given(st.text(max_size=40))
def test_any_text_is_taken_or_refused_with_a_value_error(text):
    with contextlib.suppress(ValueError):
        assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    ("one", "other"), [("mike@example.org", "mıke@example.org"), ("anna@example.org", "аnna@example.org")]
)
def test_look_alikes_are_different_people(one, other):
    assert canonical(one) != canonical(other)


def test_stronger_folding_flags_what_looks_the_same():
    assert look_alike("ﬁnn@example.org") == look_alike("FINN@example.org")
