"""A foreign spreadsheet program opens our reports and finds texts, not formulas.

Needs LibreOffice: make interop installs it.
"""

import csv
import io
import shutil
import subprocess
from xml.sax.saxutils import escape

import pytest

from badges.sheets.reading import read_table
from badges.sheets.reports import harmless, report_csv, report_xlsx
from badges.sheets.template import template_xlsx

pytestmark = pytest.mark.interop

TEXTS = [
    "=1+1",
    "+1@example.org",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "=HYPERLINK(0)",
    "Žydrūnė",
    "007",
    "1E5",
    "2027-03-31",
    "a;b",
]
ROWS = [[f"p{number}@example.org", text] for number, text in enumerate(TEXTS)]


def converted(file, kind, folder, separator=";"):
    """Return what LibreOffice makes of a file."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: make interop installs it."
    profile, made = (folder / "profile").as_uri(), folder / "made"
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", str(made)]
    if file.suffix == ".csv":
        command.append(f"--infilter=CSV:{ord(separator)},34,76")
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=100)
    return (made / file.with_suffix(f".{kind.partition(':')[0]}").name).read_bytes()


def test_workbook_report_opens_with_every_text_as_it_was(tmp_path):
    with (tmp_path / "report.xlsx").open("wb") as file:
        report_xlsx(["E-mail", "Text"], ROWS, file)

    made = converted(tmp_path / "report.xlsx", "csv:Text - txt - csv (StarCalc):59,34,76", tmp_path).decode()

    assert list(csv.reader(io.StringIO(made), delimiter=";")) == [["E-mail", "Text"], *ROWS]


def test_csv_report_opens_without_a_formula(tmp_path):
    (tmp_path / "report.csv").write_bytes(b"".join(report_csv(["E-mail", "Text"], ROWS)))

    made = converted(tmp_path / "report.csv", "fods", tmp_path).decode()

    assert "table:formula" not in made
    assert all(escape(harmless(text), {"'": "&apos;"}) in made for text in TEXTS[:7])


def test_list_saved_by_libreoffice_is_read(tmp_path):
    (tmp_path / "list.csv").write_text("E-mail,Vardas,Data\na@example.org,Žydrūnė,2027-03-31\n")

    table = read_table(converted(tmp_path / "list.csv", "xlsx", tmp_path, ","))

    assert table.rows == [(2, ["a@example.org", "Žydrūnė", "2027-03-31"])]


def test_template_keeps_its_explanations(tmp_path):
    (tmp_path / "template.xlsx").write_bytes(template_xlsx("described", "en"))

    assert "The badge is sent to this address." in converted(tmp_path / "template.xlsx", "fods", tmp_path).decode()
