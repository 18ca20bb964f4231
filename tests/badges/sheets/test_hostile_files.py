"""Files that hurt or mislead are refused by name of the rule, quickly and in plain words."""

import random
import resource
from contextlib import suppress

import pytest

from badges.sheets.reading import Refused, read_table
from tests.badges.sheets import files
from tests.portal.hostile import archive, office, png

HOSTILE = {
    "far cell": (files.far_cell, "columns"),
    "one row too many": (lambda: files.tall(100_001), "rows"),
    "lying dimension": (lambda: files.tall(300_000), "rows"),
    "rows without numbers": (lambda: files.same_row_again(150_000), "ratio"),
    "16,384 columns": (files.wide, "columns"),
    "column of a million letters": (
        lambda: files.handmade(files.sheet_of(f'<row r="1"><c r="{files.noise(1_000_000)[4:-3]}1"/></row>')),
        "columns",
    ),
    "a million cells without a place": (
        lambda: files.handmade(
            files.sheet_of(files.noise(200_000) + '<row r="1">' + "<c/>" * 1_000_000 + "<c><v>1</v></c></row>")
        ),
        "columns",
    ),
    "lying number of strings": (
        lambda: files.handmade(None, (files.SHARED, '<sst uniqueCount="99999999999"><si><t>a</t></si></sst>')),
        "heavy",
    ),
    "overlapping entries": (files.overlapping, "broken"),
    "one empty sheet by many names": (
        lambda: files.book_of(
            "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(100_000)),
            files.sheet_of(files.noise(100_000)),
        ),
        "empty",
    ),
    "laughs": (files.laughs, "entities"),
    "laughs in the strings": (
        lambda: files.handmade(None, (files.SHARED, "<!DOCTYPE sst><sst/>")),
        "entities",
    ),
    "one text in every cell": (files.echo, "text"),
    "long text in one cell": (lambda: files.handmade(long_cell()), "cell"),
    "ten million rows": (lambda: files.handmade("<row/>" * 10_000_000), "unpacked"),
    "ratio": (lambda: files.handmade(None, ("xl/media/a.bin", bytes(30_000_000))), "ratio"),
    "too many parts": (lambda: files.handmade(None, *[(f"xl/{n}.xml", "<a/>") for n in range(200)]), "members"),
    "two sheets of one name": (lambda: files.handmade(None, (files.SHEET.upper(), files.sheet_of(""))), "twice"),
    "outside": (lambda: files.handmade(None, ("../../etc/cron.d/x", "x")), "paths"),
    "absolute": (lambda: files.handmade(None, ("/etc/passwd", "x")), "paths"),
    "zip in a zip": (lambda: files.handmade(None, ("xl/embeddings/a.bin", files.handmade())), "nested"),
    "encrypted parts": (files.encrypted_member, "password"),
    "password": (files.protected, "password"),
    "old workbook": (lambda: files.protected()[:512] + bytes(600), "old"),
    "binary workbook": (lambda: files.zipped([("xl/workbook.bin", b"x")]), "binary"),
    "half": (lambda: files.xlsx(["E-mail"], ["a@example.org"])[:2000], "broken"),
    "cells out of order": (
        lambda: files.handmade(files.sheet_of(files.HEADER + files.PERSON + files.PERSON)),
        "order",
    ),
    "not well formed": (lambda: files.handmade("<worksheet><row>"), "broken"),
    "no sheet behind the name": (lambda: files.zipped(files.PARTS.items()), "broken"),
    "no workbook": (lambda: office("anything"), "kind"),
    "letter": (office, "document"),
    "open document": (lambda: archive("application/vnd.oasis.opendocument.spreadsheet"), "opendocument"),
    "picture": (png, "picture"),
    "pdf": (lambda: b"%PDF-1.7\n", "pdf"),
    "web page": (lambda: b"\n<HTML><table><tr><td>a@example.org", "web"),
    "program": (lambda: b"MZ\x90\x00" + bytes(100), "kind"),
    "zeros": (lambda: b"a@example.org\n" + bytes(50), "kind"),
    "nothing": (lambda: b"", "empty"),
    "blank": (lambda: b" \r\n\t\n", "empty"),
    "empty workbook": (lambda: files.xlsx(), "empty"),
    "header alone": (lambda: files.xlsx(["E-mail", "Name"]), "no rows"),
    "too large": (lambda: b"a@example.org\n" * 800_000, "size"),
    "text with 100,001 rows": (lambda: b"a@example.org\n" * 100_002, "rows"),
    "text with 51 columns": (lambda: b"E-mail" + b";x" * 50, "columns"),
    "open quotation mark": (lambda: b'E-mail\n"' + b"a@example.org\n" * 5_000, "quotes"),
}


def long_cell():
    return files.sheet_of(
        files.HEADER + f'<row r="2">{files.text_cell("A2", random.Random(1).randbytes(20_000).hex())}</row>'
    )


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(20)
def test_hostile_file_is_refused_by_its_rule(name):
    make, code = HOSTILE[name]
    content = make()

    with pytest.raises(Refused) as refusal:
        read_table(content, "list.xlsx")

    assert refusal.value.code == code
    assert refusal.value.sentence.startswith("list.xlsx: ")
    assert refusal.value.sentence.endswith(".")
    assert "%(" not in refusal.value.sentence


def test_portal_itself_stays_small_while_a_file_explodes():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    content = files.echo()

    with pytest.raises(Refused):
        read_table(content)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


LIST = files.HEADER + files.PERSON
COLUMN = '<col hidden="1" min="{}" max="2"/>'
NOTED = {
    "columns left of the first": (
        lambda: files.handmade(files.sheet_of(LIST, f"<cols>{COLUMN.format(-10_000_000)}</cols>")),
        [("hidden columns", {"columns": [1, 2]})],
    ),
    "the same columns again": (
        lambda: files.handmade(files.sheet_of(LIST, f"{files.noise(60_000)}<cols>{COLUMN.format(1) * 100_000}</cols>")),
        [("hidden columns", {"columns": [1, 2]})],
    ),
    "rows below the last": (
        lambda: files.handmade(files.sheet_of(LIST + '<row r="900000" hidden="1"/><row hidden="1"/>')),
        [],
    ),
    "long name": (
        lambda: files.book_of(
            f'<sheet name="b" sheetId="1" r:id="rId2"/><sheet name="{"a" * 90_000}" sheetId="2" r:id="rId1"/>'
        ),
        [("sheet", {"sheet": "a" * 31})],
    ),
}


@pytest.mark.parametrize("name", NOTED)
def test_notes_on_a_file_stay_short_whatever_it_says(name):
    make, notes = NOTED[name]

    table = read_table(make())

    assert (table.rows, [tuple(remark) for remark in table.remarks]) == ([(2, ["a@example.org"])], notes)


def test_damaged_workbook_is_refused_or_read_but_never_an_error():
    rng, sound = random.Random(3), files.xlsx(["E-mail", "Name"], ["a@example.org", "Ann"])
    for _turn in range(60):
        damaged = bytearray(sound)
        for _byte in range(4):
            damaged[rng.randrange(4, len(damaged))] = rng.randrange(256)

        with suppress(Refused):
            assert read_table(bytes(damaged)).header


def test_formula_that_nobody_has_calculated_is_refused():
    def change(book):
        book.active.append(["E-mail", "Name"])
        book.active.append(["a@example.org", '=CONCAT("An", "n")'])

    with pytest.raises(Refused) as refusal:
        read_table(files.edited(change))

    assert refusal.value.code == "uncalculated"
    assert "row 2" in refusal.value.sentence


def test_macros_are_not_looked_at():
    table = read_table(files.handmade(None, ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")))

    assert table.rows == [(2, ["a@example.org"])]
    assert table.notes == ["The macros of this file were not looked at."]
