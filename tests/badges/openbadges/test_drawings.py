"""Badges inside drawings."""

import json

import pytest

from badges import openbadges as ob

from .samples import SHAPES, png, signed, token

SVG = b'<?xml version="1.0"?>\n<!-- > --><svg xmlns="http://www.w3.org/2000/svg" a=">" viewBox="0 0 8 8"><g/></svg>'
OB3, OB2 = 'xmlns:x="https://purl.imsglobal.org/ob/v3p0"', 'xmlns:y="http://openbadges.org"'


def drawing(inside, attributes=""):
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_baked_comes_out_as_it_went_in(shape):
    badge, hosted = signed(SHAPES[shape]), ob.encode(ob.assertion(SHAPES[shape]))

    baked = ob.bake_svg(SVG, badge, hosted)

    assert ob.unbake_svg(baked) == {"openbadgecredential": badge, "openbadges": hosted}
    assert baked.endswith(b"<g/></svg>")


def test_a_text_that_ends_character_data_is_split():
    badge = ob.encode({"name": "]]>]]>"})

    assert ob.unbake_svg(ob.bake_svg(SVG, badge))["openbadgecredential"] == badge


def test_a_token_stands_in_its_attribute():
    baked = ob.bake_svg(SVG, token())

    assert b' verify="ey' in baked
    assert ob.unbake_svg(baked) == {"openbadgecredential": token()}


def test_a_picture_in_a_frame_can_be_baked():
    framed = ob.framed_png(png(), width=8, height=8)

    assert ob.unbake_svg(framed) == {}
    assert ob.unbake_svg(ob.bake_svg(framed, b"{}")) == {"openbadgecredential": b"{}"}


def test_any_prefix_is_read():
    found = ob.unbake_svg(
        drawing('<x:credential>{"a": 1}</x:credential><y:assertion verify="https://e.example/1"/>', f"{OB3} {OB2}")
    )

    assert json.loads(found["openbadgecredential"]) == {"a": 1}
    assert found["openbadges"] == b"https://e.example/1"


DEEP = "<g>" * 100_000 + "<x:credential>{}</x:credential>" + "</g>" * 100_000


def test_depth_is_no_danger():
    assert ob.unbake_svg(drawing(DEEP, OB3)) == {"openbadgecredential": b"{}"}


REFUSED = {
    "a badge twice": drawing("<x:credential>{}</x:credential><g><x:credential>{}</x:credential></g>", OB3),
    "an empty one": drawing("<x:credential> </x:credential>", OB3),
    "one with parts": drawing("<x:credential>{<b/>}</x:credential>", OB3),
    "not SVG": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "SVG in no namespace": b"<svg><g/></svg>",
    "not XML": b"<svg",
    "nothing": b"",
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "an outside entity": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "an encoding nobody knows": b'<?xml version="1.0" encoding="nowhere"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "something after its end": SVG + b"<svg/>",
    "depth": b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 200_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_readers_could_read_differently_is_refused(name):
    with pytest.raises(ob.BakingError):
        ob.unbake_svg(REFUSED[name])


@pytest.mark.parametrize(
    "svg", [ob.bake_svg(SVG, b"{}"), drawing("").replace(b"></svg>", b"/>")], ids=["baked", "empty"]
)
def test_nothing_is_baked_twice_or_into_nothing(svg):
    with pytest.raises(ob.BakingError):
        ob.bake_svg(svg, b"{}")
