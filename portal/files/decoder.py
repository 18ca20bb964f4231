"""The picture decoder: run as a program of its own, so that a hostile picture can hurt nobody but itself.

    python -m portal.files.decoder SIDE PIXEL_LIMIT SECONDS < picture > redrawn.png

Ends with 3 when the picture has too many pixels and with 1 when it cannot be read.
"""

import io
import resource
import sys

MEMORY = 512 * 1024 * 1024


def main(side: int, pixel_limit: int, seconds: int) -> int:
    """Decode standard input; write it redrawn to standard output when `side` is not 0."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    from PIL import Image  # noqa: PLC0415 after the limits are set

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
    sys.exit(main(*(int(word) for word in sys.argv[1:4])))
