"""Claim codes on paper: a sheet of cards to cut out, or one poster, as PDF; and their QR codes."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

import segno
from django.template.loader import render_to_string
from django.utils import translation

from badges.models import ClaimCode, CodeSeries

CARDS_A_SHEET = 10
CARDS_A_FILE = 100  # a web request makes these in seconds, 500 it would not


@cache
def printing() -> ModuleType | None:
    """Return what makes PDF files, loaded by the first who asks: WeasyPrint takes longer than all the rest of a start.

    Pango and HarfBuzz are libraries of the system; where they are missing there is none, and all but printing works.
    """
    try:
        return import_module("badges.printing")
    except OSError:
        return None


def may_print() -> bool:
    """Say whether this installation has what it takes to make a PDF."""
    return printing() is not None


def qr_picture(code: ClaimCode) -> str:
    """Return the QR code of a claim code's address as an SVG that a picture can carry in its own address."""
    return segno.make(code.address, error="m", micro=False).svg_data_uri(border=0, omitsize=True)


def cards_pdf(series: CodeSeries, codes: Sequence[ClaimCode]) -> bytes:
    """Return the codes as cards, ten a sheet, in the language of their badge; one code for many as a poster."""
    with translation.override(series.language):
        words = series.badge_class.words(series.language)
        drawn = [{"code": str(code), "qr": qr_picture(code)} for code in codes]
        context = {
            "series": series,
            "language": series.language,
            "words": words,
            "organiser": series.badge_class.organiser.words(series.language),
            "sheets": [drawn[start : start + CARDS_A_SHEET] for start in range(0, len(drawn), CARDS_A_SHEET)],
            "poster": drawn[0] if is_poster(series.codes.count(), codes[0].uses) else None,
            "place": place_to_type(codes[0]),
        }
        page = render_to_string("badges/documents/code_cards.html", context)
    return printing().pdf(page, series.badge_class.picture)


def is_poster(count: int, uses: int) -> bool:
    """Say whether a series is one code for many people, which hangs on a wall."""
    return count == 1 and uses > 1


def files(count: int) -> list[tuple[int, int]]:
    """Return the first and the last number on each file of a series of so many codes."""
    return [(first, min(first + CARDS_A_FILE - 1, count)) for first in range(1, count + 1, CARDS_A_FILE)]


def place_to_type(code: ClaimCode) -> str:
    """Return where a code is typed in, as short as people type addresses."""
    return code.address.partition("://")[2].removesuffix(str(code)).removesuffix("/")
