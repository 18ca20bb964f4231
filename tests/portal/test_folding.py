"""Names that look the same are the same."""

import pytest

from portal.folding import folded


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
