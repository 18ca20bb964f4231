"""The empty list that organisers fill in: a header with explanations, and a sheet that says how."""

import io

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from badges.sheets.reports import SAFE
from badges.sheets.words import WORDS

PATHS = {
    "quick": ("email", "name"),
    "described": (
        "email",
        "first_name",
        "last_name",
        "language",
        "valid_until",
        "narrative",
        "evidence",
        "result",
        "activity_on",
    ),
}
EXPLAINED = {
    "email": _("Needed. The badge is sent to this address. One person in each row."),
    "name": _("The name on the badge, as the person writes it."),
    "first_name": _("The first part of the name on the badge."),
    "last_name": _("The last part of the name on the badge."),
    "language": _("The language of the badge, such as lt or Lithuanian. Leave empty for the language of the award."),
    "valid_until": _("The last day of the badge, such as 2027-03-31. Leave empty for the rule of the badge."),
    "narrative": _("What this person did; others read it only if the holder wants. At most 1000 characters."),
    "evidence": _("Addresses that show the work, such as https://example.org/work; part several with a space."),
    "result": _(
        "Such as 9 of 10, or “with distinction”; others see it only if the holder wants. At most 60 characters."
    ),
    "activity_on": _("The day on which the activity took place, such as 2026-03-31."),
}
WIDTHS = {"email": 34, "name": 30, "narrative": 60, "evidence": 44}
LIST, READ_ME = _("List"), _("Read me")
INSTRUCTIONS = (
    _("How to fill in this list"),
    _("Write one person in each row of the first sheet, under the header."),
    _("Do not delete or rename the headers: the portal knows the columns by them. Empty columns may stay."),
    _("Only the e-mail address is needed. What each column means is told when you point at its header."),
    _("You can paste from another file; paste as values, so that no formulas come along."),
    _("At most 100,000 rows and 10 MB. A longer list can be sent in several files."),
    _("Save the file as an Excel workbook (.xlsx) and send it. The portal checks it before anything is awarded."),
)


def template_xlsx(path: str, language: str) -> bytes:
    """Return the empty list of a path, “quick” or “described”, in a language; its headers are words we know again."""
    file = io.BytesIO()
    with translation.override(language), xlsxwriter.Workbook(file, {"in_memory": True, **SAFE}) as book:
        _write_list(book, PATHS[path], header_of(path, language))
        _write_instructions(book)
    return file.getvalue()


def header_of(path: str, language: str) -> list[str]:
    """Return the headers of a template."""
    return [WORDS[field].get(language.split("-")[0], WORDS[field]["en"])[0] for field in PATHS[path]]


def _write_list(book, fields, header):
    sheet = book.add_worksheet(str(LIST))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3F1EF", "font_color": "#10201E"})
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for column, (field, word) in enumerate(zip(fields, header, strict=True)):
        sheet.set_column(column, column, WIDTHS.get(field, 20), text)
        sheet.write_string(0, column, word, head)
        sheet.write_comment(0, column, str(EXPLAINED[field]), {"x_scale": 2})


def _write_instructions(book):
    sheet = book.add_worksheet(str(READ_ME))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 90)
    title = book.add_format({"bold": True, "font_size": 14})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, sentence in enumerate(INSTRUCTIONS):
        sheet.write_string(row, 0, str(sentence), wrapped if row else title)
