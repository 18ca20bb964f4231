"""Files that somebody sends to hurt us, made when they are needed."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(name, content, content_type="image/png"):
    """Return what a form receives."""
    return SimpleUploadedFile(name, content, content_type)


def png(width=40, height=30, kind="PNG"):
    """Return a small honest picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#0B6B66").save(file, kind)
    return file.getvalue()


def pixel_bomb(side=9000):
    """Return a PNG of a few kilobytes that unpacks to 9000 x 9000 one-bit pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\x00" * ((side // 8 + 1) * side), 9)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg_bomb(side=30_000):
    """Return a small JPEG whose header claims 30,000 x 30,000 pixels."""
    content = bytearray(png(16, 16, "JPEG"))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", side, side)
    return bytes(content)


def webp_bomb(kind, side=16_000):
    """Return a small WebP of one of the three kinds whose header claims 16,000 x 16,000 pixels."""
    file = io.BytesIO()
    Image.new("RGB", (16, 16)).save(file, "WEBP", lossless=kind == "VP8L")
    content = bytearray(file.getvalue())
    if kind == "VP8 ":
        content[26:30] = struct.pack("<HH", side, side)
    if kind == "VP8L":
        content[21:25] = ((side - 1) | (side - 1) << 14).to_bytes(4, "little")
    if kind == "VP8X":
        sides = (side - 1).to_bytes(3, "little") * 2
        content[12:12] = b"VP8X" + struct.pack("<I", 10) + bytes(4) + sides
        content[4:8] = struct.pack("<I", len(content) - 8)
    return bytes(content)


def zip_bomb():
    """Return a document of half a megabyte that claims 300 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\x00" * 300_000_000)
    return file.getvalue()


def office(folder="word"):
    """Return a small honest document."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{folder}/document.xml", "<a/>")
    return file.getvalue()


def archive(mimetype, **members):
    """Return a zip that says what it is, truly or not."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"mimetype": mimetype, "content.xml": "<a/>", **members}.items():
            made.writestr(name, content)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
DEEP_SVG = SVG.partition(b"<script")[0] + b"<g>" * 1_000_000
USING_SVG = SVG.partition(b"<script")[0] + b'<g id="a"/>' + b'<use href="#a"/>' * 1000 + b"</svg>"
HTML = b"<!doctype html><script>alert(1)</script>"

NAMES = {
    "long": "W" * 150,
    "right-to-left": "\u202eRatas\u2066 Ltd",
    "control": "Bell\x07 \x0b\x1f\x85\ufffe",
    "emoji": "\U0001f469\u200d\U0001f3eb" * 40,
    "lines": "A\r\nBcc: b@example.org\u2028c",
    "header": '"; filename="evil.exe"; x="',
    "markup": "<script>x</script> & 'co\"",
}
