"""Names that look the same are the same."""

import pytest

from portal.folding import folded, printable


@pytest.mark.parametrize(
    "typed",
    [
        "Ruta\u200b Kazlausk\u0117",
        "RUTA KAZLAUSK\u0116",
        "Ruta\u00a0 Kazlauske\u0307 ",
        "\uff32uta Kazlausk\u0117",
        "\u202eRuta\u2060 Kazlausk\u0117\u202c",
    ],
)
def test_spelling_makes_no_other_name(typed):
    assert folded(typed) == folded("Ruta Kazlausk\u0117")


def test_another_name_stays_another():
    assert folded("Ruta") != folded("R\u016bta")
    assert folded("\u200b") == ""


@pytest.mark.parametrize(
    "sign", ["\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
)
def test_no_sign_that_turns_letters_around_is_printed(sign):
    assert printable(f"e{sign}fdp.txt") == "efdp.txt"


def test_line_breaks_and_joined_letters_are_printed():
    assert printable("one\ntwo\t\U0001f469\u200d\U0001f3eb") == "one\ntwo\t\U0001f469\u200d\U0001f3eb"
