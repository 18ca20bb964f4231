"""Writing lists that people open in a spreadsheet program, in which no cell can act as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import xlsxwriter

from badges.sheets.limits import CELL

FORMULA = tuple("=+-@＝＋－＠\t\r\n")
COVER = " \"'\u00a0\u200b\u2060\ufeff"
CHUNK = 500
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class _Line:
    """Keeps what the CSV writer writes."""

    def write(self, text):
        return text


def report_csv(header: Sequence[str], rows: Iterable[Sequence], *, separator: str = ";") -> Iterator[bytes]:
    """Yield a report as CSV in UTF-8 with its mark, every cell quoted, a few hundred lines at a time."""
    writer = csv.writer(_Line(), delimiter=separator, quoting=csv.QUOTE_ALL)
    lines = ["\ufeff", writer.writerow([harmless(cell) for cell in header])]
    for row in rows:
        lines.append(writer.writerow([harmless(cell) for cell in row]))
        if len(lines) > CHUNK:
            yield "".join(lines).encode("utf-8", "replace")
            lines = []
    yield "".join(lines).encode("utf-8", "replace")


def harmless(cell) -> str:
    """Return a cell as text, led by an apostrophe where a program might take it for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip(COVER).startswith(FORMULA) else text


def report_xlsx(header: Sequence[str], rows: Iterable[Sequence], file: BinaryIO) -> None:
    """Write a report as a workbook whose cells are all text, in memory that does not grow with the rows."""
    with xlsxwriter.Workbook(file, {"constant_memory": True, **SAFE}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(header) - 1, 0), 24)
        for column, word in enumerate(header):
            sheet.write_string(0, column, _text(word), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, _text(cell))


def _text(cell):
    return "" if cell is None else str(cell)[:CELL]
