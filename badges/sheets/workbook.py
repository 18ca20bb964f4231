"""Reading an XLSX workbook: its XML is streamed and counted first, and the fast reader sees only what was counted."""

import posixpath
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook

from badges.sheets.archive import Archive, stored
from badges.sheets.limits import CELL, COLUMNS, ROWS, TEXT
from badges.sheets.unusable import Unusable

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
ALWAYS = ("[Content_Types].xml", "_rels/.rels", BOOK, LINKS)
VALUES = {"v", "is"}
NAME = 31  # letters of a sheet's name, as in a spreadsheet
WANTED = ("xl/sharedStrings.xml", "xl/styles.xml")


@dataclass
class Scan:
    """What a worksheet holds besides its values, by spreadsheet numbers."""

    filled: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)  # position → its result may be empty
    errors: list[int] = field(default_factory=list)


def read_workbook(archive: Archive) -> tuple[list[tuple[int, list[str]]], list]:
    """Return the numbered rows of the first visible sheet that has any, and notes as (code, facts)."""
    if "xl/workbook.bin" in archive:
        raise Unusable("binary")
    parts = {name: archive.read(name) for name in ALWAYS}
    parts |= {name: archive.read(name) for name in WANTED if name in archive}
    for content in parts.values():
        stream(content)
    notes = [["macros", {}]] if any("vbaproject" in name for name in archive.names()) else []
    sheets = _visible_sheets(parts[BOOK], parts[LINKS])
    for name, path in sheets:
        worksheet = archive.read(path)
        seen = scan(worksheet)
        if seen.filled:
            rows = _values(parts | {path: worksheet}, name, seen)
            return rows, notes + _notes(seen, name if len(sheets) > 1 else "")
    raise Unusable("empty")


def _visible_sheets(book: bytes, links: bytes) -> list[tuple[str, str]]:
    """Return name and path of each sheet that a person sees, each path once."""
    try:
        targets = {link.get("Id"): link.get("Target", "") for link in fromstring(links)}
        sheets = [node for node in fromstring(book).iter() if node.tag.rpartition("}")[2] == "sheet"]
    except (ParseError, DefusedXmlException) as fault:
        raise Unusable("broken") from fault
    found = {}
    for sheet in sheets:
        link = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        path = posixpath.normpath(posixpath.join("/xl", targets.get(link, ""))).lstrip("/")
        if sheet.get("state", "visible") == "visible" and "/worksheets/" in path:
            found.setdefault(path, sheet.get("name", ""))
    return [(name, path) for path, name in found.items()]


def stream(xml: bytes, start=None) -> None:
    """Parse without building a tree; a document type is refused, for only bombs have one."""
    parser = expat.ParserCreate()

    def refuse(*_what):
        raise Unusable("entities")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise Unusable("broken") from fault


class _LocalNames(dict):
    """The names of elements without their prefix."""

    def __missing__(self, name):
        self[name] = name.rpartition(":")[2]
        return self[name]


class _Letters(dict):
    """The number of a column by its letters: A is 1; no spreadsheet has more than three of them."""

    def __missing__(self, letters):
        if len(letters) > 3:
            raise Unusable("columns", limit=COLUMNS)
        number = 0
        for letter in letters:
            number = number * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
        self[letters] = number
        return number


def scan(xml: bytes) -> Scan:
    """Count what a worksheet really holds, whatever it says of itself; cells must stand in order, each once."""
    seen, local, columns = Scan(), _LocalNames(), _Letters()
    row = column = cut = 0
    row_text = kind = ""

    def start(name, attributes):
        nonlocal row, row_text, cut, column, kind
        name = local[name]
        if name == "c":
            kind, reference = attributes.get("t"), attributes.get("r")
            if reference is None:
                column += 1
                return
            place = columns[reference[:cut]]
            if place <= column or reference[cut:] != row_text:
                raise Unusable("order")
            column = place
        elif name in VALUES:
            seen.filled = True
            if column > COLUMNS:
                raise Unusable("columns", limit=COLUMNS)
            if row > ROWS + 1:
                raise Unusable("rows", limit=ROWS)
            if kind == "e":
                seen.errors.append(row)
        elif name == "row":
            number = int(attributes.get("r", row + 1))
            if number <= row:
                raise Unusable("order")
            row, row_text, column = number, str(number), 0
            cut = -len(row_text)
            if attributes.get("hidden") in {"1", "true"} and row <= ROWS + 1:
                seen.hidden_rows.append(row)
        elif name == "f":
            if len(seen.formulas) > ROWS:
                raise Unusable("formulas", limit=ROWS)
            seen.formulas[row, column] = kind in {"str", "e"}
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = max(int(attributes["min"]), 1), min(int(attributes["max"]), COLUMNS)
            seen.hidden_columns.update(range(first, last + 1))

    try:
        stream(xml, start)
    except KeyError as fault:
        raise Unusable("broken") from fault
    return seen


def _values(parts, name, seen):
    """Return the rows as a person sees them; formulas must have been calculated."""
    try:
        with CalamineWorkbook.from_filelike(stored(parts)) as book:
            sheet = book.get_sheet_by_name(name)
            _top, left = sheet.start or (0, 0)
            if sheet.width + left > COLUMNS or sheet.height > ROWS + 1:
                raise Unusable("broken")
            margin = [""] * left
            rows, letters = [], 0
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                shown = margin + [cell if type(cell) is str else as_seen(cell) for cell in cells]
                length = len("".join(shown))
                if length > CELL and any(len(cell) > CELL for cell in shown):
                    raise Unusable("cell", limit=CELL)
                letters += length
                if letters > TEXT:
                    raise Unusable("text", limit=TEXT // 1_000_000)
                if length:
                    rows.append((number, shown))
    except CalamineError as fault:
        raise Unusable("broken") from fault
    _want_results(seen, dict(rows))
    return rows


def _want_results(seen, rows):
    """Refuse formulas that no program has calculated: nobody has seen what they say."""
    for (row, column), may_be_empty in seen.formulas.items():
        cells = rows.get(row, [])
        if not may_be_empty and (column > len(cells) or not cells[column - 1]):
            raise Unusable("uncalculated", row=row)


def as_seen(value) -> str:
    """Return a cell's value as text: dates in ISO, whole numbers without a point, nothing in powers of ten."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        digits = f"{value:.15g}"
        return f"{value:.15f}".rstrip("0") if "e" in digits else digits
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _notes(seen, sheet):
    calculated = sorted({row for row, _column in seen.formulas})
    facts = [
        ["sheet", {"sheet": sheet[:NAME]}] if sheet else None,
        ["hidden rows", {"rows": seen.hidden_rows}] if seen.hidden_rows else None,
        ["hidden columns", {"columns": sorted(seen.hidden_columns)}] if seen.hidden_columns else None,
        ["formulas", {"rows": calculated}] if calculated else None,
        ["errors", {"rows": sorted(set(seen.errors))}] if seen.errors else None,
    ]
    return [note for note in facts if note]
