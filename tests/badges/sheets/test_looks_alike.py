"""Addresses that a person could take for another one are pointed out."""

import pytest

from badges.sheets.likeness import BIG, Warned, looks_alike, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jonas@example.org", "j\u043enas@example.org"),
        ("jonas1@example.org", "jonasl@example.org"),
        ("anna0@example.org", "annao@example.org"),
        ("maria@example.org", "mar\u0131a@example.org"),
        ("jonas@example.org", "jo\u200bnas@example.org"),
        ("jonas@example.org", "jonas@ex\uff41mple.org"),
        ("jonas@paypal.org", "jonas@xn--pypal-4ve.org"),
    ],
)
def test_two_addresses_that_look_the_same_are_both_pointed_out(one, other):
    assert looks_alike(["x@example.org", one, other]) == {1: Warned("alike", other), 2: Warned("alike", one)}


def test_foreign_letter_in_a_latin_address_is_pointed_out_alone():
    warned = looks_alike(["p\u0430ul@example.org"])

    assert warned == {0: Warned("letters", "paul@example.org")}
    assert "paul@example.org" in warned[0].sentence


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@gmai.com", "a@gmail.com"),
        ("a@gnail.com", "a@gmail.com"),
        ("a@gmail.con", "a@gmail.com"),
        ("a@gmail.co", "a@gmail.com"),
        ("a@hotmial.com", "a@hotmail.com"),
        ("a@outlok.com", "a@outlook.com"),
        ("a@yahooo.com", "a@yahoo.com"),
    ],
)
def test_slip_in_a_well_known_domain_is_asked_about(typed, meant):
    warned = looks_alike([typed])

    assert warned == {0: Warned("slip", meant)}
    assert warned[0].sentence == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    "address",
    ["a@mail.com", "a@ymail.com", "a@hotmail.nl", "a@yahoo.lt", "a@mokykla.lt", "žąsis@example.org", "no address", ""]
    + [f"a@{domain}" for domain in BIG],
)
def test_sound_address_is_left_alone(address):
    assert looks_alike([address, address, "other@example.org"]) == {}


@pytest.mark.timeout(20)
def test_address_of_any_length_is_looked_at_before_it_times_out():
    long = "a" + "\u0300\u0327" * 30_000 + "@gmial.com"

    skeleton(long)

    assert looks_alike([long, long.upper()]) == {}
