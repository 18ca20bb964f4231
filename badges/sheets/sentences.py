"""What a person reads about a file: why it was refused and what to do, and what is worth knowing when it was read."""

from django.utils.translation import gettext_lazy as _

SAVE = _("Save it as an Excel workbook (.xlsx) or as CSV and send that.")
AGAIN = _("Open it in your spreadsheet program, save it as an Excel workbook (.xlsx) and send that.")
COPY = _("Copy only the list into a new workbook, save that and send it.")
SPLIT = _("Split the list into several files.")

REFUSALS = {
    "size": (_("This file is larger than %(limit)s MB."), SPLIT),
    "empty": (_("There is nothing in this file."), _("Put one person in each row, with an e-mail address.")),
    "no rows": (_("This file has a header but no rows below it."), _("Put one person in each row, under the header.")),
    "rows": (_("This list goes on below %(limit)s rows."), SPLIT),
    "columns": (_("This list has more than %(limit)s columns."), _("Delete the columns that are not needed.")),
    "cell": (_("A cell holds more than %(limit)s characters."), _("Shorten it.")),
    "text": (_("All cells together hold more than %(limit)s million characters."), SPLIT),
    "broken": (_("This file is damaged: it could not be read."), AGAIN),
    "order": (_("The cells of this sheet do not stand in order, so it cannot be said what is where."), AGAIN),
    "slow": (_("This file takes too long to read."), COPY),
    "heavy": (_("This file needs too much memory to read."), COPY),
    "members": (_("This workbook has more than %(limit)s parts inside."), COPY),
    "unpacked": (
        _("This workbook unpacks to more than %(limit)s MB."),
        _("Copy only the list into a new workbook; if that is still too large, split it into several."),
    ),
    "ratio": (_("A part of this workbook unpacks to more than %(limit)s times its size."), COPY),
    "twice": (_("Two parts of this workbook have the same name, so programs would read different lists."), AGAIN),
    "paths": (_("A part of this workbook has the name of a place outside it."), AGAIN),
    "nested": (_("Another archive is hidden in this workbook."), COPY),
    "entities": (_("This workbook defines abbreviations in its XML, which only harmful files do."), AGAIN),
    "formulas": (
        _("This sheet has more than %(limit)s formulas."),
        _("Copy the list and paste it as values into a new workbook."),
    ),
    "uncalculated": (
        _("A cell in row %(row)s has a formula without a result."),
        _("Open the file in your spreadsheet program and save it again, or paste the column as values."),
    ),
    "password": (_("This file is protected by a password."), _("Remove the password, save it and send it again.")),
    "old": (_("This is a workbook of an old kind (.xls)."), AGAIN),
    "binary": (_("This is a binary workbook (.xlsb)."), AGAIN),
    "opendocument": (_("OpenDocument spreadsheets (.ods) are not read."), AGAIN),
    "document": (_("This is a text document, not a spreadsheet."), _("Copy its list and paste it into the field.")),
    "pdf": (_("This is a PDF, not a spreadsheet."), _("Ask for the list as a spreadsheet, or paste it as text.")),
    "picture": (_("This is a picture, not a spreadsheet."), _("Send the list as a spreadsheet or paste it as text.")),
    "web": (_("This is a web page or XML, whatever its name says."), AGAIN),
    "kind": (_("This is not a list: neither a workbook nor text."), SAVE),
    "encoding": (_("The letters of this text cannot be read."), _("Save it as “CSV UTF-8” and send that.")),
    "quotes": (
        _("A quotation mark in or before row %(row)s is opened and never closed."),
        _("Close it, or save the list as an Excel workbook (.xlsx)."),
    ),
}

NOTES = {
    "encoding": _(
        "The file does not say how its letters are written; it was read as %(encoding)s. "
        "If names look wrong, save it as “CSV UTF-8” and send it again."
    ),
    "separator": _("The columns were parted at each %(separator)s."),
    "no header": _("The list has no header, so its columns are called by letters."),
    "header taken": _("Row %(row)s was taken for the header, and is not in the list."),
    "above header": _("What stands above the header was left out: row %(rows)s."),
    "sheet": _("The file has several sheets; “%(sheet)s” was read."),
    "hidden rows": _("Hidden rows are in the list too: %(rows)s. Delete those that do not belong to it."),
    "hidden columns": _("Hidden columns were read too: %(columns)s."),
    "formulas": _("Formulas count with the result the file shows, in row %(rows)s."),
    "errors": _("Cells with an error, such as #N/A, count as empty, in row %(rows)s."),
    "macros": _("The macros of this file were not looked at."),
}

SEPARATORS = {";": _("semicolon"), ",": _("comma"), "|": _("vertical bar")}
NAMED = 10


def refusal(code: str, facts: dict, filename: str = "") -> str:
    """Return the sentences for a refusal, led by the name of the file when it has one."""
    rule, cure = REFUSALS[code]
    words = f"{rule % facts if facts else rule} {cure}"
    return f"{filename}: {words}" if filename else words


def note(code: str, facts: dict) -> str:
    """Return the sentence for a note."""
    shown = {name: _shown(name, value) for name, value in facts.items()}
    return str(NOTES[code] % shown if shown else NOTES[code])


def _shown(name, value):
    if name == "separator":
        return SEPARATORS[value]
    if name == "columns":
        value = [chr(64 + number) if number <= 26 else f"A{chr(38 + number)}" for number in value]
    if isinstance(value, list):
        return ", ".join(map(str, value[:NAMED])) + (" …" if len(value) > NAMED else "")
    return value
