"""Decodes one picture; run by the gate in a process of its own, so that a bomb harms nobody.

SIDE PIXEL_LIMIT < picture > redrawn.png

Ends with 3 when the picture has too many pixels and with 1 when it cannot be read.
"""

import io
import sys

from PIL import Image, ImageOps


def webp_pixels(content: bytes) -> int:
    """Return how many pixels a WebP file says it has, 0 for any other: Pillow unpacks it before it tells the size."""
    if content[8:12] != b"WEBP":
        return 0
    if content[12:16] == b"VP8X":
        return (1 + int.from_bytes(content[24:27], "little")) * (1 + int.from_bytes(content[27:30], "little"))
    if content[12:16] == b"VP8L":
        sides = int.from_bytes(content[21:25], "little")
        return (1 + (sides & 0x3FFF)) * (1 + (sides >> 14 & 0x3FFF))
    return (int.from_bytes(content[26:28], "little") & 0x3FFF) * (int.from_bytes(content[28:30], "little") & 0x3FFF)


def main(side: int, pixel_limit: int) -> int:
    """Decode standard input; write it redrawn to standard output when `side` is not 0."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        content = sys.stdin.buffer.read()
        if webp_pixels(content) > pixel_limit:
            return 3
        picture = Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"])
        if picture.width * picture.height > pixel_limit:
            return 3
        picture.load()
        if side:
            picture = ImageOps.exif_transpose(picture).convert("RGBA")
            picture.thumbnail((side, side))
            picture.save(sys.stdout.buffer, format="PNG", optimize=True)
    except (OSError, ValueError, SyntaxError, MemoryError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
