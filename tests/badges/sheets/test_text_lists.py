"""CSV files and pasted lists are read as the person who made them meant them."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badges.sheets.encodings import decode
from badges.sheets.reading import read_table
from badges.sheets.text import read_text
from badges.sheets.unusable import Unusable

ROWS = [["E-mail", "Name"], ["a@example.org", "Ąžuolė Žukauskaitė"], ["b@example.org", "Łucja Wiśniewska"]]


def joined(separator, rows=ROWS):
    return "".join(separator.join(row) + "\r\n" for row in rows)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b""), ("utf-16-le", b""), ("utf-16-be", b"")],
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_unicode_text_is_read_whatever_parts_it(encoding, mark, separator):
    table = read_table(mark + joined(separator).encode(encoding), "list.csv")

    assert (table.header, [cells for _number, cells in table.rows]) == (ROWS[0], ROWS[1:])


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1257", "Ąžuolė Žukauskaitė, Šarūnas Kęstutis Čiurlionis, Įsrutis"),
        ("cp1257", "Vytautė"),
        ("cp1257", "Žydrūnas"),
        ("cp1250", "Łucja Wiśniewska, Stanisław Żądło, Grażyna Kamińska"),
        ("cp1250", "Kamiński"),
        ("cp1250", "Ștefan Țepeș și Mălina Brâncuși, Îngerașu".replace("ș", "ş").replace("ț", "ţ")
         .replace("Ș", "Ş").replace("Ț", "Ţ")),
        ("cp1250", "Špela Kovačič, Žiga Čuček"),
        ("cp1250", "Kovač"),
        ("cp1250", "Đorđe Đurđević, Nenad Živković"),
        ("cp1252", "Núria Puigdevall i Bòria, Mercè Ferràs, Llüisa"),
        ("cp1252", "Íñigo Muñoz, José Ángel Núñez"),
        ("cp1252", "Muñoz"),
        ("cp1252", "Nicolò Forlì, perché è più"),
        ("cp1252", "Noëlle Coöperatie, Zoë België"),
        ("cp1251", "Ђорђе Љубичић, Његош"),
    ],
)  # fmt: skip
def test_encoding_is_guessed_by_the_letters_of_our_languages(encoding, names):
    text = f"E-mail;Name\r\na@example.org;{names}\r\n"

    read, notes = decode(text.encode(encoding))

    assert read == text
    assert [code for code, _facts in notes] == ["encoding"]


def test_guessed_encoding_is_told_with_what_to_do():
    table = read_table(joined(";", ROWS[:2]).encode("cp1257"))

    assert table.rows == [(2, ["a@example.org", "Ąžuolė Žukauskaitė"])]
    assert table.notes[0].startswith("The file does not say how its letters are written; it was read as Windows-1257.")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a@x.lt", [(1, ["a@x.lt"])]),
        ("a@x.lt\n\nb@x.lt\r\nc@x.lt", [(1, ["a@x.lt"]), (3, ["b@x.lt"]), (4, ["c@x.lt"])]),
        ("a@x.lt, b@x.lt,c@x.lt,", [(1, ["a@x.lt"]), (2, ["b@x.lt"]), (3, ["c@x.lt"])]),
        ("a@x.lt;b@x.lt\nc@x.lt", [(1, ["a@x.lt"]), (2, ["b@x.lt"]), (3, ["c@x.lt"])]),
        ("Ann Lee <a@x.lt>\nb@x.lt", [(1, ["Ann Lee", "a@x.lt"]), (2, ["", "b@x.lt"])]),
        ('"Lee, Ann" <a@x.lt>; Bo <b@x.lt>;', [(1, ["Lee, Ann", "a@x.lt"]), (2, ["Bo", "b@x.lt"])]),
        ("a@x.lt\nbroken.x.lt\nc@x.lt", [(1, ["a@x.lt"]), (2, ["broken.x.lt"]), (3, ["c@x.lt"])]),
        ("Ann\ta@x.lt\nBo\tb@x.lt", [(1, ["Ann", "a@x.lt"]), (2, ["Bo", "b@x.lt"])]),
        ("a@x.lt,Ann\nb@x.lt,Bo", [(1, ["a@x.lt", "Ann"]), (2, ["b@x.lt", "Bo"])]),
        ("Lee, Ann;a@x.lt\nRoe, Bo;b@x.lt", [(1, ["Lee, Ann", "a@x.lt"]), (2, ["Roe, Bo", "b@x.lt"])]),
        ("a@x.lt,Ann,https://x.lt/1;https://x.lt/2", [(1, ["a@x.lt", "Ann", "https://x.lt/1;https://x.lt/2"])]),
    ],
)
def test_pasted_list_becomes_one_person_a_row(text, rows):
    assert read_table(text.encode()).rows == rows


@pytest.mark.parametrize(
    ("text", "header", "rows"),
    [
        ("sep=|\r\nE-mail|Name\r\na@x.lt|Ann;Lee", ["E-mail", "Name"], [(2, ["a@x.lt", "Ann;Lee"])]),
        ("E-mail\na@x.lt\nb@x.lt", ["E-mail"], [(2, ["a@x.lt"]), (3, ["b@x.lt"])]),
        ('E-mail;Note\na@x.lt;"two\nlines; ""so"""\nb@x.lt;', ["E-mail", "Note"],
         [(2, ["a@x.lt", 'two\nlines; "so"']), (3, ["b@x.lt", ""])]),
        ("E-mail,Name\na@x.lt\nb@x.lt,Bo,,", ["E-mail", "Name"], [(2, ["a@x.lt", ""]), (3, ["b@x.lt", "Bo"])]),
        ("Spring course\n\nName;E-mail\nAnn;a@x.lt", ["Name", "E-mail"], [(4, ["Ann", "a@x.lt"])]),
    ],
)  # fmt: skip
def test_table_of_text_is_read(text, header, rows):
    table = read_table(text.encode())

    assert (table.header, table.rows) == (header, rows)


def test_first_row_that_could_be_a_person_is_named_as_the_header():
    table = read_table(b"Ann;broken.example.org\nBo;b@example.org")

    assert table.header == ["Ann", "broken.example.org"]
    assert "Row 1 was taken for the header, and is not in the list." in table.notes


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=8), st.sampled_from(";,\t|"))
@settings(max_examples=150, deadline=None)
def test_written_csv_is_read_back_as_it_was(rows, separator):
    file = io.StringIO()
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["E-mail", "Name"], *rows])

    read, _notes = read_text(file.getvalue().encode("utf-8-sig"))

    filled = [(number, row) for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)]
    assert read == [(1, ["E-mail", "Name"]), *filled]


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(content):
    try:
        rows, _notes = read_text(content)
    except Unusable:
        return
    assert all(isinstance(cell, str) for _number, cells in rows for cell in cells)
