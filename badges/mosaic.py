"""The pictures of several badges as one, with a name above them, drawn without asking anybody."""

import io
from collections.abc import Sequence
from functools import cache

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN, GAP = 1200, 630, 70, 36
PAPER, INK, ACCENT = "#FBFAF6", "#17202B", "#0B6B66"
PICTURES, A_ROW = 8, 4
ALPHABETS = ("latin", "latin-ext", "cyrillic")
SIZE, WEIGHT, LARGEST = 60, 700, 300


def mosaic(title: str, pictures: Sequence[bytes]) -> bytes:
    """Return a picture of badges, at most `PICTURES` of them, under a title, as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HEIGHT - 16, WIDTH, HEIGHT), fill=ACCENT)
    _write(draw, _cut(title, WIDTH - 2 * MARGIN), MARGIN, 120)
    rows = [pictures[:A_ROW], pictures[A_ROW:PICTURES]] if len(pictures) > A_ROW else [pictures]
    room = HEIGHT - 16 - 160 - MARGIN // 2
    side = min(LARGEST, (room - GAP * (len(rows) - 1)) // len(rows), (WIDTH - 2 * MARGIN - 3 * GAP) // A_ROW)
    top = 160 + (room - side * len(rows) - GAP * (len(rows) - 1)) // 2
    for number, row in enumerate(rows):
        for place, picture in enumerate(row):
            _paste(image, picture, side, MARGIN + place * (side + GAP), top + number * (side + GAP))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _paste(image, picture, side, left, top):
    badge = Image.open(io.BytesIO(picture)).convert("RGBA")
    badge.thumbnail((side, side), Image.Resampling.LANCZOS)
    image.paste(badge, (left + (side - badge.width) // 2, top + (side - badge.height) // 2), badge)


def _write(draw, text, left, baseline):
    for run, alphabet in _runs(text):
        draw.text((left, baseline), run, font=_font(alphabet), fill=INK, anchor="ls")
        left += _font(alphabet).getlength(run)


def _cut(text, width) -> str:
    """Return a text, shortened where it is too wide."""
    if _width(text) <= width:
        return text
    while text and _width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _width(text) -> float:
    return sum(_font(alphabet).getlength(run) for run, alphabet in _runs(text))


def _runs(text) -> list[tuple[str, str]]:
    """Return a text in pieces, each with the alphabet whose font has its letters; what no font has is left out."""
    runs = []
    for letter in text:
        alphabet = next((one for one in ALPHABETS if ord(letter) in _letters(one)), None)
        if alphabet and runs and runs[-1][1] == alphabet:
            runs[-1] = (runs[-1][0] + letter, alphabet)
        elif alphabet:
            runs.append((letter, alphabet))
    return runs


@cache
def _letters(alphabet) -> frozenset[int]:
    return frozenset(TTFont(_file(alphabet)).getBestCmap())


@cache
def _font(alphabet) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(_file(alphabet), SIZE)
    font.set_variation_by_axes([WEIGHT])
    return font


@cache
def _file(alphabet) -> str:
    return finders.find(f"portal/fonts/onest-{alphabet}-wght-normal.woff2")
