import io
import struct
import zlib

import pytest
from PIL import Image as Picture

from badges.openbadges import BakingError, bake_png, unbake_png

from .samples import png


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def text(keyword: bytes, content: bytes, compressed: bytes = b"\0") -> bytes:
    return chunk(b"iTXt", keyword + b"\0" + compressed + b"\0\0\0" + content)


def with_chunk(picture: bytes, extra: bytes) -> bytes:
    return picture[:-12] + extra + picture[-12:]


def test_both_standards_are_baked_and_read_back():
    baked = bake_png(png(), '{"name":"é"}'.encode(), b"https://example.org/1.json")

    assert unbake_png(baked) == {
        "openbadgecredential": '{"name":"é"}'.encode(),
        "openbadges": b"https://example.org/1.json",
    }


def test_picture_itself_is_untouched():
    baked = bake_png(png(), b"{}", b"{}")

    assert Picture.open(io.BytesIO(baked)).tobytes() == Picture.open(io.BytesIO(png())).tobytes()
    assert bake_png(baked, b"{}", b"{}") == baked


def test_credential_is_plain_utf8_for_other_readers():
    baked = Picture.open(io.BytesIO(bake_png(png(), '{"a":"é"}'.encode())))

    assert baked.text["openbadgecredential"] == '{"a":"é"}'


def test_older_badges_in_the_picture_are_replaced():
    before = with_chunk(bake_png(png(), b"old", b"old"), chunk(b"tEXt", b"openbadges\0older"))

    assert unbake_png(bake_png(before, b"new")) == {"openbadgecredential": b"new"}


def test_other_texts_in_the_picture_stay():
    before = with_chunk(png(), text(b"Author", b"Ada"))

    assert b"Author\0\0\0\0\0Ada" in bake_png(before, b"{}")
    assert unbake_png(before) == {}


@pytest.mark.parametrize(
    "picture",
    [
        with_chunk(bake_png(png(), b"one"), text(b"openbadgecredential", b"two")),
        with_chunk(bake_png(png(), b"{}", b"one"), chunk(b"tEXt", b"openbadges\0two")),
        with_chunk(png(), chunk(b"tEXt", b"openbadges\0old")),
        with_chunk(png(), text(b"openbadges", zlib.compress(b"{}"), b"\1")),
        with_chunk(png(), chunk(b"iTXt", b"openbadges\0\0\0en")),
        with_chunk(png(), text(b"Author", b"Ada")[:-1] + b"?"),
        with_chunk(png(), png()[8:33]),
        bake_png(png(), b"{}") + b"x",
        bake_png(png(), b"{}")[:-1],
        png()[:8],
        png()[:8] + png()[33:],
        b"",
        b"GIF89a",
    ],
    ids=[
        "twice",
        "twice-old",
        "tEXt",
        "packed",
        "cut-text",
        "crc",
        "two-heads",
        "after-end",
        "cut",
        "bare",
        "headless",
        "empty",
        "gif",
    ],
)
def test_unclear_picture_is_refused(picture):
    with pytest.raises(BakingError):
        unbake_png(picture)
