"""Badge and cover art: deterministic, well formed, every choice drawn."""

import hashlib
from xml.etree import ElementTree

import pytest

from badges import art


@pytest.mark.parametrize("symbol", art.SYMBOLS)
def test_every_symbol_is_well_formed(symbol):
    assert ElementTree.fromstring(art.badge("brake-check", symbol=symbol)).tag.endswith("svg")  # noqa: S314 - ours


@pytest.mark.parametrize("shape", art.SHAPES)
@pytest.mark.parametrize("palette", art.PALETTES)
def test_every_shape_in_every_palette_is_well_formed(shape, palette):
    drawing = art.badge("brake-check", shape=shape, palette=palette, milestone=True)

    assert ElementTree.fromstring(drawing).get("viewBox") == "0 0 240 240"  # noqa: S314 - ours


def test_the_same_seed_gives_the_same_bytes():
    assert art.badge("river") == art.badge("river")
    assert art.cover("river") == art.cover("river")


def test_seeds_give_different_art():
    drawings = {hashlib.sha256(art.badge(art.random_seed()).encode()).digest() for _ in range(20)}

    assert len(drawings) == 20


def test_a_title_is_escaped():
    drawing = ElementTree.fromstring(art.badge("x", title="<b> & “Žydrūnė”"))  # noqa: S314 - ours

    assert drawing.get("aria-label") == "<b> & “Žydrūnė”"


@pytest.mark.parametrize("stops", [0, 1, 2, 7, 99])
def test_a_cover_copes_with_any_number_of_stops(stops):
    assert ElementTree.fromstring(art.cover("x", stops=stops)).tag.endswith("svg")  # noqa: S314 - ours
