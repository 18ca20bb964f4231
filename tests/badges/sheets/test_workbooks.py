"""A workbook is read as a person sees it, under the numbers of its rows."""

import datetime
import io

import pytest
import xlsxwriter

from badges.sheets.reading import read_table
from tests.badges.sheets import files


def test_rows_keep_their_spreadsheet_numbers_past_blank_ones():
    content = files.xlsx(["E-mail", "Name"], ["a@example.org", "Ann"], [], ["b@example.org", "Žydrūnė"])

    table = read_table(content, "list.xlsx")

    assert table.header == ["E-mail", "Name"]
    assert table.rows == [(2, ["a@example.org", "Ann"]), (4, ["b@example.org", "Žydrūnė"])]
    assert table.notes == []


def test_list_that_begins_further_down_and_right_is_found():
    def change(book):
        book.active["B2"] = "Participants of spring"
        book.active["B4"], book.active["C4"] = "Vardas", "El. paštas"
        book.active["B5"], book.active["C5"] = "Ona", "ona@example.org"

    table = read_table(files.edited(change))

    assert table.header == ["", "Vardas", "El. paštas"]
    assert table.rows == [(5, ["", "Ona", "ona@example.org"])]
    assert table.notes == ["What stands above the header was left out: row 2."]


def test_list_without_a_header_is_called_by_letters():
    table = read_table(files.xlsx(["Ann", "a@example.org"], ["Bo", "b@example.org"]))

    assert table.header == ["A", "B"]
    assert table.rows == [(1, ["Ann", "a@example.org"]), (2, ["Bo", "b@example.org"])]
    assert table.notes == ["The list has no header, so its columns are called by letters."]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (7, "7"),
        (7.5, "7.5"),
        (0.1 + 0.2, "0.3"),
        (0.00001, "0.00001"),
        (48600123456, "48600123456"),
        (123456789012345, "123456789012345"),
        (1e21, "1000000000000000000000"),
        (-3, "-3"),
        (True, "TRUE"),
        (datetime.date(2027, 3, 31), "2027-03-31"),
        (datetime.datetime.fromisoformat("2027-03-31 14:30"), "2027-03-31 14:30"),
        (datetime.time(9, 5), "09:05"),
        ("=1+1", "=1+1"),
        ("007", "007"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_cell_is_read_as_a_person_sees_it(value, seen):
    def change(book):
        book.active.append(["E-mail", "x"])
        book.active.append(["a@example.org", value])
        if isinstance(value, str):
            book.active["B2"].data_type = "s"

    assert read_table(files.edited(change)).rows == [(2, ["a@example.org", seen])]


def test_hidden_rows_and_columns_are_read_and_told():
    def change(book):
        for row in (["E-mail", "Note", "Name"], ["a@example.org", "x", "Ann"], ["b@example.org", "y", "Bo"]):
            book.active.append(row)
        book.active.row_dimensions[3].hidden = True
        book.active.column_dimensions["B"].hidden = True

    table = read_table(files.edited(change))

    assert [number for number, _cells in table.rows] == [2, 3]
    assert table.notes == [
        "Hidden rows are in the list too: 3. Delete those that do not belong to it.",
        "Hidden columns were read too: B.",
    ]


def test_first_visible_sheet_that_has_rows_is_read_and_named():
    def change(book):
        book.active.title = "Empty"
        secret, spring = book.create_sheet("Secret"), book.create_sheet("Spring")
        secret.append(["E-mail", "Wages"])
        secret.append(["x@example.org", "1"])
        secret.sheet_state = "hidden"
        spring.append(["E-mail"])
        spring.append(["a@example.org"])

    table = read_table(files.edited(change))

    assert table.rows == [(2, ["a@example.org"])]
    assert table.notes == ["The file has several sheets; “Spring” was read."]


def test_formulas_and_errors_count_as_the_file_shows_them():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["E-mail", "Name", "Group"])
        sheet.write_row(1, 0, ["a@example.org"])
        sheet.write_formula(1, 1, '="An"&"n"', None, "Ann")
        sheet.write_formula(1, 2, "=NA()", None, "#N/A")

    table = read_table(file.getvalue())

    assert table.rows == [(2, ["a@example.org", "Ann", ""])]
    assert table.notes == [
        "Formulas count with the result the file shows, in row 2.",
        "Cells with an error, such as #N/A, count as empty, in row 2.",
    ]


def test_cells_that_are_only_coloured_do_not_count():
    cells = "".join(f'<c r="{column}3" s="0"/>' for column in ("A", "BZ", "XFD"))
    coloured = f'<row r="3">{cells}</row><row r="1000000"><c r="A1000000" s="0"/></row>'

    table = read_table(files.handmade(files.sheet_of(files.HEADER + files.PERSON + coloured)))

    assert table.rows == [(2, ["a@example.org"])]


def test_prefixed_workbook_of_another_program_is_read():
    sheet = files.sheet_of(files.HEADER + files.PERSON).replace("<", "<x:").replace("<x:/", "</x:")
    table = read_table(files.handmade(sheet.replace("xmlns=", "xmlns:x=")))

    assert table.rows == [(2, ["a@example.org"])]
