"""Decodes one picture; run by the gate in a process of its own, so that a bomb harms nobody.

SIDE PIXEL_LIMIT < picture > redrawn.png

Ends with 3 when the picture has too many pixels and with 1 when it cannot be read.
"""

import io
import sys

from PIL import Image


def main(side: int, pixel_limit: int) -> int:
    """Decode standard input; write it redrawn to standard output when `side` is not 0."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        picture = Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["PNG", "JPEG", "WEBP"])
        if picture.width * picture.height > pixel_limit:
            return 3
        picture.load()
        if side:
            picture = picture.convert("RGBA")
            picture.thumbnail((side, side))
            picture.save(sys.stdout.buffer, format="PNG", optimize=True)
    except (OSError, ValueError, SyntaxError, MemoryError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
