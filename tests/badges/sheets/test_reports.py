"""Reports keep every text, and none of them acts when a spreadsheet program opens it."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from badges.sheets.reports import FORMULA, harmless, report_csv, report_xlsx

NASTY = [
    "=cmd|'/c calc'!A1",
    "+1@example.org",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    ' "=1+1',
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\ufeff=1+1",
    "\u00a0=1",
]
PLAIN = ["Žydrūnė Kęstutaitė", "a@example.org", "1-2", "O'Neill", "", 'so "called"', "two\nlines", "a;b,c", "007"]


def read(chunks, separator=";"):
    text = b"".join(chunks).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


@pytest.mark.parametrize("text", NASTY)
def test_text_that_could_act_is_led_by_an_apostrophe(text):
    assert read(report_csv(["E-mail"], [[text]])) == [["E-mail"], [f"'{text}"]]


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("separator", [";", ","])
def test_other_text_is_left_as_it_is(text, separator):
    assert read(report_csv(["E-mail", "x"], [[text, 5]], separator=separator), separator)[1] == [text, "5"]


def test_header_is_made_harmless_too():
    assert read(report_csv(["=1+1"], [])) == [["'=1+1"]]


def test_report_begins_with_the_mark_that_spreadsheets_look_for():
    assert next(report_csv(["E-mail"], [])).startswith(b"\xef\xbb\xbf")


def test_long_report_is_written_piece_by_piece():
    taken = []

    def rows():
        for number in range(5000):
            taken.append(number)
            yield [f"p{number}@example.org"]

    next(report_csv(["E-mail"], rows()))

    assert len(taken) < 1000


@given(st.text(st.characters(codec="utf-8"), max_size=40))
@settings(max_examples=500)
def test_no_cell_can_begin_a_formula_and_none_is_lost(text):
    written = harmless(text)

    assert written in (text, f"'{text}")
    assert not written.lstrip(' "\u00a0').startswith(FORMULA)


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20),
                         min_size=2, max_size=2), max_size=6))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_csv_is_read_back_as_it_was_made_harmless(rows):
    assert read(report_csv(["a", "b"], rows)) == [["a", "b"], *([harmless(cell) for cell in row] for row in rows)]


def test_workbook_keeps_every_text_as_text():
    file = io.BytesIO()
    texts = [text for text in NASTY + PLAIN if text] + ["https://example.org", "x" * 40_000, "_x0041_"]

    report_xlsx(["E-mail", "=1+1"], ([text, None] for text in texts), file)
    file.seek(0)

    read_back = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert [row[0] for row in read_back[1:]] == [text[:32_767] for text in texts]
    assert read_back[0] == ["E-mail", "=1+1"]
