"""A badge inside its picture: PNG iTXt chunks, spliced in without touching a pixel (OB 3.0, 5.3; OB 2.0 baking)."""

import struct
import zlib
from collections.abc import Iterator

OPEN_BADGES_3 = "openbadgecredential"
OPEN_BADGES_2 = "openbadges"

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TEXT_CHUNKS = (b"iTXt", b"tEXt", b"zTXt")
_PLAIN = b"\0\0\0\0"  # not compressed, method 0, no language, no translated keyword


class BakingError(ValueError):
    """The picture is not a sound PNG, or says two things at once."""


def bake_png(png: bytes, credential: bytes, hosted: bytes | None = None) -> bytes:
    """Return `png` with the 3.0 credential, and the 2.0 assertion if given, each exactly once; older ones go."""
    chunks = [(kind, data) for kind, data in _chunks(png) if _keyword(kind, data) is None]
    baked = [(b"iTXt", OPEN_BADGES_3.encode() + b"\0" + _PLAIN + credential)]
    if hosted is not None:
        baked.append((b"iTXt", OPEN_BADGES_2.encode() + b"\0" + _PLAIN + hosted))
    return _SIGNATURE + b"".join(_chunk(*chunk) for chunk in [*chunks[:1], *baked, *chunks[1:]])


def unbake_png(png: bytes) -> dict[str, bytes]:
    """Return what is baked into `png` by keyword; raise BakingError for whatever two readers could read differently."""
    found: dict[str, bytes] = {}
    for kind, data in _chunks(png):
        keyword = _keyword(kind, data)
        if keyword is None:
            continue
        if keyword in found:
            raise BakingError(f"The picture holds {keyword} twice.")
        if kind != b"iTXt":
            raise BakingError(f"{keyword} must be an iTXt chunk.")
        found[keyword] = _text(data)
    return found


def _text(data: bytes) -> bytes:
    fields = data.partition(b"\0")[2]
    if fields[:1] != b"\0":
        raise BakingError("The badge inside the picture must not be compressed.")
    parts = fields[2:].split(b"\0", 2)
    if len(parts) < 3:
        raise BakingError("The iTXt chunk is incomplete.")
    return parts[2]


def _keyword(kind: bytes, data: bytes) -> str | None:
    keyword = data.partition(b"\0")[0]
    is_badge = kind in _TEXT_CHUNKS and keyword in (OPEN_BADGES_3.encode(), OPEN_BADGES_2.encode())
    return keyword.decode() if is_badge else None


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(_SIGNATURE):
        raise BakingError("This is not a PNG picture.")
    position, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        if len(png) < position + 12:
            raise BakingError("The picture is cut short.")
        length, kind = struct.unpack_from(">I4s", png, position)
        end = position + 12 + length
        if len(png) < end:
            raise BakingError("The picture is cut short.")
        if (kind == b"IHDR") != (position == len(_SIGNATURE)):
            raise BakingError("IHDR must be the first chunk, and only that.")
        data = png[position + 8 : end - 4]
        if struct.pack(">I", zlib.crc32(kind + data)) != png[end - 4 : end]:
            raise BakingError("A chunk of the picture is damaged.")
        yield kind, data
        position = end
    if position != len(png):
        raise BakingError("The picture has something after its end.")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
