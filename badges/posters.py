"""A badge as a picture to share, in the shapes that networks show: drawn here, so that nothing is asked of others."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

SHAPES = {"card": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}
PAPER, INK, SOFT, ACCENT = "#FBFAF6", "#17202B", "#4C5866", "#0B6B66"
ALPHABETS = ("latin", "latin-ext", "cyrillic")
HEADING, TEXT, BOLD, REGULAR = "onest", "source-sans-3", 700, 420
MOST_LINES = 4
TILES, A_ROW = 8, 4  # badges in a mosaic


@dataclass(frozen=True)
class Poster:
    """What a picture says; an empty `recipient` stays unsaid."""

    badge: bytes
    title: str
    kicker: str
    recipient: str
    issuer: str
    foot: str


@dataclass(frozen=True)
class Line:
    """One line of text as it is drawn."""

    text: str
    family: str
    size: int
    colour: str
    room_above: int = 0


def poster_png(poster: Poster, shape: str) -> bytes:
    """Return the picture of a badge in one of `SHAPES` as PNG."""
    width, height = SHAPES[shape]
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height - 16, width, height), fill=ACCENT)
    if shape == "card":
        _paste(image, poster.badge, size=380, left=70, top=(height - 400) // 2)
        lines = _fitting(poster, sizes=range(68, 34, -4), width=width - 570, room=height - 90)
        _write(draw, lines, left=510, top=(height - _height(lines)) // 2, width=0)
    else:
        size = 440 if shape == "square" else 680
        lines = _fitting(poster, sizes=range(84, 40, -4), width=width - 160, room=height - size - 150)
        top = (height - size - 60 - _height(lines)) // 2
        _paste(image, poster.badge, size=size, left=(width - size) // 2, top=top)
        _write(draw, lines, left=0, top=top + size + 60, width=width)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def mosaic_png(title: str, badges: Sequence[bytes]) -> bytes:
    """Return several badges, at most `TILES` of them, under a title as PNG, in the shape of a card."""
    width, height = SHAPES["card"]
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height - 16, width, height), fill=ACCENT)
    margin, gap, head, size = 70, 36, 160, 60
    _write(
        draw, [Line(_cut(title, HEADING, size, width - 2 * margin), HEADING, size, INK)], left=margin, top=60, width=0
    )
    rows = [badges[:A_ROW], badges[A_ROW:TILES]] if len(badges) > A_ROW else [badges]
    room = height - 16 - head - margin // 2
    side = min((room - gap * (len(rows) - 1)) // len(rows), (width - 2 * margin - (A_ROW - 1) * gap) // A_ROW)
    top = head + (room - side * len(rows) - gap * (len(rows) - 1)) // 2
    for number, row in enumerate(rows):
        for place, badge in enumerate(row):
            _paste(image, badge, size=side, left=margin + place * (side + gap), top=top + number * (side + gap))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _fitting(poster: Poster, *, sizes: Iterable[int], width: int, room: int) -> list[Line]:
    """Return the lines with the title in the first size that fits, in the last one cut."""
    for size in sizes:
        title = _wrapped(poster.title, HEADING, size, width)
        lines = list(_lines(poster, title, size, width))
        is_narrow = all(_width(line, HEADING, size) <= width for line in title)
        if is_narrow and len(title) <= MOST_LINES and _height(lines) <= room:
            break
    return lines


def _lines(poster: Poster, title: list[str], size: int, width: int) -> Iterator[Line]:
    yield Line(_cut(poster.kicker.upper(), TEXT, 28, width), TEXT, 28, ACCENT)
    for number, line in enumerate(title[:MOST_LINES]):
        yield Line(_cut(line, HEADING, size, width), HEADING, size, INK, 12 if number == 0 else 4)
    if poster.recipient:
        yield Line(_cut(poster.recipient, HEADING, 38, width), HEADING, 38, INK, 26)
    yield Line(_cut(poster.issuer, TEXT, 34, width), TEXT, 34, SOFT, 14)
    yield Line(_cut(poster.foot, TEXT, 26, width), TEXT, 26, SOFT, 26)


def _paste(image, badge, *, size, left, top):
    picture = Image.open(io.BytesIO(badge)).convert("RGBA")
    picture.thumbnail((size, size), Image.Resampling.LANCZOS)
    place = (left + (size - picture.width) // 2, top + (size - picture.height) // 2)
    image.paste(picture, place, picture)


def _height(lines) -> int:
    return sum(line.room_above + round(line.size * 1.25) for line in lines)


def _write(draw, lines, *, left, top, width):
    """Write lines one below the other: from the left, or in the middle of a width."""
    for line in lines:
        top += line.room_above
        at = left + ((width - _width(line.text, line.family, line.size)) / 2 if width else 0)
        for text, alphabet in _runs(line.text, line.family):
            font = _font(line.family, alphabet, line.size)
            draw.text((at, top + line.size), text, font=font, fill=line.colour, anchor="ls")
            at += font.getlength(text)
        top += round(line.size * 1.25)


def _wrapped(text, family, size, width) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, family, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(text, family, size, width) -> str:
    """Return a text, shortened where it is too wide."""
    if _width(text, family, size) <= width:
        return text
    while text and _width(f"{text}…", family, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _width(text, family, size) -> float:
    return sum(_font(family, alphabet, size).getlength(run) for run, alphabet in _runs(text, family))


def _runs(text, family) -> list[tuple[str, str]]:
    """Return a text in pieces, each with the alphabet whose font has its letters; what no font has is left out."""
    runs = []
    for letter in text:
        alphabet = next((one for one in ALPHABETS if ord(letter) in _letters(family, one)), None)
        if alphabet is None:
            continue
        if runs and runs[-1][1] == alphabet:
            runs[-1] = (runs[-1][0] + letter, alphabet)
        else:
            runs.append((letter, alphabet))
    return runs


@cache
def _letters(family, alphabet) -> frozenset[int]:
    return frozenset(TTFont(_file(family, alphabet)).getBestCmap())


@cache
def _font(family, alphabet, size) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(_file(family, alphabet), size)
    font.set_variation_by_axes([BOLD if family == HEADING else REGULAR])
    return font


@cache
def _file(family, alphabet) -> str:
    return finders.find(f"portal/fonts/{family}-{alphabet}-wght-normal.woff2")
