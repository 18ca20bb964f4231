"""What people drop on the page, and the badge inside."""

import pytest

from badges import openbadges as ob

from .samples import FULL, NOW, World, png, signed, token
from .test_drawings import SVG, drawing

HOSTED = ob.encode(ob.assertion(FULL))
GIVEN = {
    "picture with both": (ob.bake_png(png(), signed(), HOSTED), signed()),
    "picture with a token": (ob.bake_png(png(), token()), token()),
    "drawing": (ob.bake_svg(SVG, signed(), HOSTED), signed()),
    "drawing with a byte order mark": (b"\xef\xbb\xbf" + ob.bake_svg(SVG, token()), token()),
    "document": (signed(), signed()),
    "document with space around it": (b"\r\n  " + signed() + b"\n", signed()),
    "token": (token() + b"\n", token()),
    "address in capitals": (b"HTTPS://example.org/assertions/1", b"https://example.org/assertions/1"),
    "address": (b" https://example.org/assertions/1 \n", b"https://example.org/assertions/1"),
}


@pytest.mark.parametrize("name", GIVEN)
def test_the_badge_is_found(name):
    given, inside = GIVEN[name]

    assert ob.badge_in(given) == inside


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"hello",
        b"<p>hello</p>",
        png(),
        SVG,
        b"\xff\xd8\xff\xe0 a photo",
        b"%PDF-1.7",
        b"{}" * 11_000_000,
        b"data:,x",
        b"https://\xff",
        drawing("<g/>" * 130_000),
    ],
    ids=["nothing", "word", "page", "picture", "drawing", "photo", "paper", "a lot", "data", "bytes", "many parts"],
)
def test_what_holds_no_badge_is_refused_with_a_sentence(given):
    with pytest.raises(ob.Unreadable, match=r"^[A-Z].*\.$"):
        ob.badge_in(given)


@pytest.mark.parametrize(
    ("badge", "state"),
    [(signed(), ob.State.VERIFIED), (token(), ob.State.VERIFIED), (HOSTED, ob.State.VERIFIED)],
    ids=["document", "token", "older"],
)
def test_each_generation_is_checked_in_its_own_way(badge, state):
    web = {
        FULL.hosted_url: ob.assertion(FULL),
        FULL.achievement.hosted_url: ob.badge_class(FULL.achievement, FULL.issuer),
        FULL.issuer.profile_url: ob.issuer_profile(FULL.issuer),
    }

    assert ob.verify_any(badge, resolve=World().resolve, fetch=web.get, now=NOW).state == state


def test_what_is_no_json_is_unreadable():
    for text in [b"{", b'{"a":1,"a":2}', b'{"a": NaN}', b"{" + b"[" * 200_000]:
        with pytest.raises(ob.Unreadable):
            ob.verify_any(text, resolve=World().resolve, fetch={}.get, now=NOW)
