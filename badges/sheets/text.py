"""Reading text: CSV as spreadsheets of our countries write it, and lists that somebody pasted."""

import csv
import io
import re
from collections import Counter

from badges.sheets.columns import ADDRESS, is_header, meaning
from badges.sheets.encodings import decode
from badges.sheets.limits import CELL, COLUMNS, ROWS, TEXT
from badges.sheets.unusable import Unusable

SEPARATORS = "\t;,|"
TOLD = re.compile(r"\Asep=([\t;,|])\r?\n", re.IGNORECASE)
PERSON = re.compile(r"\s*([^<>]*?)\s*<\s*([^<>]*?)\s*>\s*\Z")


def read_text(content: bytes) -> tuple[list[tuple[int, list[str]]], list]:
    """Return the numbered rows, the first line being 1, and notes as (code, facts)."""
    text, notes = decode(content)
    if "\x00" in text:
        raise Unusable("kind")
    if len(text) > TEXT:
        raise Unusable("text", limit=TEXT // 1_000_000)
    if told := TOLD.match(text):
        text = text[told.end() :]
    separator = told[1] if told else separator_of(text)
    rows = _split(text, separator)
    if people := _people(rows, separator):
        return people, notes
    if separator in ";,|":
        notes.append(["separator", {"separator": separator}])
    return rows, notes


def separator_of(text: str) -> str:
    """Return the separator under which the first lines make most sense: known headers, addresses, even lengths."""
    lines = text[:20_000].splitlines()[:50]
    sample = "\n".join(lines if len(text) <= 20_000 else lines[:-1] or lines)
    used = [separator for separator in SEPARATORS if separator in sample]
    return max(used, key=lambda separator: _sense(sample, separator), default="\t")


def _sense(sample, separator):
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if row]
    except csv.Error:
        return ()
    words = max((sum(bool(meaning(cell)) for cell in row) for row in rows[:10]), default=0)
    addresses = sum(any(ADDRESS.fullmatch(cell.strip()) for cell in row) for row in rows)
    width, often = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
    return words + addresses, often if width > 1 else 0, width > 1


def _split(text, separator):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    csv.field_size_limit(CELL)
    rows = []
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cells) or not any(cell.strip() for cell in cells):
                continue
            if len(cells) > COLUMNS and any(cell.strip() for cell in cells[COLUMNS:]):
                raise Unusable("columns", limit=COLUMNS)
            if len(rows) > ROWS:
                raise Unusable("rows", limit=ROWS)
            rows.append((number, cells[:COLUMNS]))
    except csv.Error as fault:
        raise Unusable("quotes", row=reader.line_num, limit=CELL) from fault
    return rows


def _people(rows, separator):
    """Return name and address of each person when the text is a list of addresses rather than a table."""
    if not rows or (separator == "\t" and any(len(cells) > 1 for _number, cells in rows)):
        return []
    people = [(number, cell) for number, cells in rows for cell in cells if cell.strip()]
    found = [_person(cell) for _number, cell in people]
    if is_header(rows[0][1]) or not any(address for _name, address in found[:1]):
        return []
    alone = {number for number, cells in rows if sum(bool(cell.strip()) for cell in cells) == 1}
    if any(
        not address and number not in alone for (number, _cell), (_name, address) in zip(people, found, strict=True)
    ):
        return []
    numbers = [number for number, _cell in people] if len(alone) == len(rows) else range(1, len(people) + 1)
    if len(people) > ROWS:
        raise Unusable("rows", limit=ROWS)
    named = any(name for name, _address in found)
    return [
        (number, [name, address or cell.strip()] if named else [address or cell.strip()])
        for number, (name, address), (_number, cell) in zip(numbers, found, people, strict=True)
    ]


def _person(cell):
    """Return name and address out of “Name <address>” or an address alone; both empty when it is neither."""
    if "@" not in cell or len(cell) > 500:
        return "", ""
    if match := PERSON.match(cell):
        name, address = match.groups()
        return (name.strip(" \"'"), address) if ADDRESS.fullmatch(address) else ("", "")
    return "", cell.strip() if ADDRESS.fullmatch(cell.strip()) else ""
