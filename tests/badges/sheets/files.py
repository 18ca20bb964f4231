"""Workbooks made when they are needed, honest ones and ones that somebody sends to hurt us."""

import copy
import io
import random
import zipfile

import openpyxl
import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET = "xl/worksheets/sheet1.xml"
SECOND = "worksheets/sheet2.xml"
SHARED = "xl/sharedStrings.xml"


def xlsx(*rows):
    """Return a workbook with one sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("List")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def edited(change):
    """Return a workbook of the other library after `change(book)`."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    change(book)
    book.save(file)
    return file.getvalue()


def zipped(parts, flags=0):
    """Return a zip of (name, content) pairs, the same name twice when it is given twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
        for member in archive.infolist():
            member.flag_bits |= flags
    return file.getvalue()


def text_cell(reference, text):
    """Return a cell with a text of its own."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_of(rows, before=""):
    """Return the XML of a worksheet."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


HEADER = f'<row r="1">{text_cell("A1", "E-mail")}</row>'
PERSON = f'<row r="2">{text_cell("A2", "a@example.org")}</row>'


def handmade(sheet=None, *more, **replaced):
    """Return a workbook with a sheet written by hand, and further parts."""
    return zipped([*(PARTS | replaced).items(), (SHEET, sheet or sheet_of(HEADER + PERSON)), *more])


def far_cell():
    """Return a sheet whose only other cell lies in the last corner that a spreadsheet has."""
    return handmade(sheet_of(HEADER + f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'))


def wide():
    """Return a sheet of 16,384 columns."""
    letters = openpyxl.utils.get_column_letter
    cells = "".join(f'<c r="{letters(column)}1"><v>{column}</v></c>' for column in range(1, 16385))
    return handmade(sheet_of(f'<row r="1">{cells}</row>'))


def tall(rows):
    """Return a sheet that says it has one row and has many."""
    lines = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(2, rows + 2))
    return handmade(sheet_of(HEADER + lines, '<dimension ref="A1"/>'))


def same_row_again(times):
    """Return a small file with millions of rows that do not even have a number."""
    return handmade(sheet_of(HEADER + "<row><c><v>1</v></c></row>" * times))


def laughs():
    """Return a sheet whose one entity unpacks to a thousand million letters."""
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return handmade(
        f"<!DOCTYPE worksheet [{entities}]>" + sheet_of(HEADER + f'<row r="2">{text_cell("A2", "&a9;")}</row>')
    )


def overlapping():
    """Return a zip in which two hundred entries are one and the same."""
    file = io.BytesIO(handmade())
    with zipfile.ZipFile(file, "a") as archive:
        last = archive.infolist()[-1]
        for number in range(190):
            entry = copy.copy(last)
            entry.filename = f"xl/media/{number}.bin"
            archive.filelist.append(entry)
        archive.writestr("xl/media/a.bin", b"")
    return file.getvalue()


def book_of(sheets, sheet=None):
    """Return a workbook whose list of sheets is written by hand; rId1 and rId2 are the sheets there are."""
    book = PARTS["xl/workbook.xml"]
    head, foot = book[: book.index("<sheet ")], book[book.index("</sheets>") :]
    second = f'<Relationship Id="rId2" Type="{OFFICE}/worksheet" Target="{SECOND}"/>'
    links = PARTS["xl/_rels/workbook.xml.rels"].replace("</Relationships>", f"{second}</Relationships>")
    replaced = {"xl/workbook.xml": head + sheets + foot, "xl/_rels/workbook.xml.rels": links}
    return handmade(sheet, (f"xl/{SECOND}", sheet_of("")), **replaced)


def noise(letters):
    """Return an XML comment that does not pack, so that what stands beside it may pack well."""
    return f"<!--{random.Random(1).randbytes(letters // 2).hex()}-->"


def echo():
    """Return a sheet in which one long text stands in every cell."""
    text = "x" * 32_000
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 20_000))
    return handmade(sheet_of(HEADER + rows), (SHARED, f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'))


def encrypted_member():
    """Return a workbook whose directory says that its parts are encrypted."""
    return zipped([*PARTS.items(), (SHEET, sheet_of(HEADER + PERSON))], flags=1)


def protected():
    """Return the beginning of a workbook with a password, which is no zip at all."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
