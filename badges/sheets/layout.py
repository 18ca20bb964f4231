"""Finding the header of a list, and giving every row the same width."""

from badges.sheets.columns import has_address, is_header, meaning
from badges.sheets.unusable import Unusable

SEARCHED = 20


def lay_out(rows: list[tuple[int, list[str]]]) -> tuple[list[str], list[tuple[int, list[str]]], list]:
    """Return header, rows below it and notes; without a header the columns are A, B, C."""
    if not rows:
        raise Unusable("empty")
    width = max(_filled(cells) for _number, cells in rows)
    rows = [(number, _fit(cells, width)) for number, cells in rows]
    at = _header_at(rows)
    if at is None:
        return [_letters(index) for index in range(width)], rows, [["no header", {}]]
    if at + 1 == len(rows):
        raise Unusable("no rows")
    above = [number for number, _cells in rows[:at]]
    number, header = rows[at]
    notes = [["above header", {"rows": above}]] if above else []
    if not any(map(meaning, header)):
        notes.append(["header taken", {"row": number}])
    return [cell.strip() for cell in header], rows[at + 1 :], notes


def _header_at(rows):
    for index, (_number, cells) in enumerate(rows[:SEARCHED]):
        if is_header(cells):
            return index
        if has_address(cells):
            return None if index == 0 else index - 1
    return 0


def _filled(cells):
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)


def _fit(cells, width):
    return cells if len(cells) == width else (cells + [""] * width)[:width]


def _letters(index):
    return chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)
