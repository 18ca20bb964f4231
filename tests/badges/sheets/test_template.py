"""The template explains itself and comes back as a list."""

import io

import openpyxl
import pytest

from badges.sheets.columns import guess_columns
from badges.sheets.reading import Refused, read_table
from badges.sheets.template import PATHS, template_xlsx


def opened(path, language="en"):
    return openpyxl.load_workbook(io.BytesIO(template_xlsx(path, language)))


@pytest.mark.parametrize("path", PATHS)
def test_every_header_is_explained_in_a_comment(path):
    sheet = opened(path).worksheets[0]

    assert sheet["A1"].value == "E-mail"
    assert len(list(sheet[1])) == len(PATHS[path])
    assert all(cell.comment and cell.comment.text.endswith(".") for cell in sheet[1])
    assert sheet.freeze_panes == "A2"


def test_cells_to_fill_in_are_text_so_that_nothing_is_turned_into_a_date():
    sheet = opened("described").worksheets[0]

    columns = [column for column in sheet.column_dimensions.values() if column.number_format == "@"]
    assert sum(column.max - column.min + 1 for column in columns) == len(PATHS["described"])


def test_second_sheet_says_how_to_fill_in_the_list():
    sheet = opened("quick").worksheets[1]

    sentences = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert sheet.title == "Read me"
    assert any("Do not delete or rename the headers" in sentence for sentence in sentences)


@pytest.mark.parametrize("language", ["en", "lt", "pl", "sr"])
def test_filled_template_is_read_with_every_column_known(language):
    book = opened("described", language)
    book.worksheets[0].append(["a@example.org", "Ann", "Lee", language, "2030-01-31", "Led.", "https://x.org", ""])
    file = io.BytesIO()
    book.save(file)

    table = read_table(file.getvalue())

    assert guess_columns(table.header, table.rows) == {field: at for at, field in enumerate(PATHS["described"])}
    assert table.rows[0][1][4] == "2030-01-31"


def test_empty_template_is_refused_as_such():
    with pytest.raises(Refused) as refusal:
        read_table(template_xlsx("quick", "en"))

    assert refusal.value.code == "no rows"
