"""Claim codes on paper: every code once, in the words of the badge, in our own letters."""

import re
import subprocess

import pytest

from badges import cards
from badges.models import BadgeClassText
from tests.factories.badges import issuer_of, published_badge
from tests.factories.codes import code_series

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not cards.may_print(), reason="needs the libraries that WeasyPrint draws with"),
]
LETTERS = {
    "lt": "Ąžuolynų čempionė į žygį",
    "pl": "Zażółć gęślą jaźń Łódź",
    "ro": "Meșteșugar în țară",
    "it": "Perché città più",
    "es": "Año ¿sí? vergüenza",
    "nl": "Reünie één cliënt",
    "sl": "Šola češnje žaba",
    "sr": "Љубитељ џепа ћути ђак њива",
    "cy": "Dŵr a thŷ ẁ",
    "ca": "Col·laboració a l’Hospitalet",
}


def read(tool: str, pdf: bytes, tmp_path) -> str:
    file = tmp_path / "cards.pdf"
    file.write_bytes(pdf)
    words = [tool, str(file), "-"] if tool == "pdftotext" else [tool, str(file)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def test_every_code_stands_on_one_card(tmp_path):
    series = code_series(number=23)

    text = read("pdftotext", cards.cards_pdf(series, list(series.codes.all())), tmp_path)

    assert sorted(re.findall(r"\b\w{5}-\w{5}\b", text)) == sorted(str(code) for code in series.codes.all())
    assert text.count("\f") == 3


def test_a_card_says_what_it_is_for(tmp_path):
    series = code_series(number=1, uses=1)

    text = " ".join(read("pdftotext", cards.cards_pdf(series, list(series.codes.all())), tmp_path).split())

    for words in ("Brake Check", "Repair Fair", "Organiser organiser-", "localhost:8000/c", "Works until"):
        assert words in text


def test_one_code_for_many_is_a_poster(tmp_path):
    series = code_series(number=1, uses=300)

    text = read("pdftotext", cards.cards_pdf(series, list(series.codes.all())), tmp_path)

    assert "Scan it to collect this badge" in text
    assert text.count("\f") == 1


@pytest.mark.parametrize("words", LETTERS.values(), ids=LETTERS)
def test_every_letter_is_drawn_in_a_font_that_the_file_carries(words, tmp_path):
    badge = published_badge()
    BadgeClassText.objects.filter(owner=badge).update(name=words)
    series = code_series(badge, title=words)
    pdf = cards.cards_pdf(series, list(series.codes.all()))

    fonts = [line.split() for line in read("pdffonts", pdf, tmp_path).splitlines()[2:]]
    assert {name.split("+")[1].split("-")[0] for name, *_ in fonts} <= {"Onest", "Source"}
    assert all(" yes yes yes " in f" {' '.join(rest)} " for _name, *rest in fonts)
    assert words in " ".join(read("pdftotext", pdf, tmp_path).split())


def test_nothing_is_fetched_for_a_pdf():
    fetch = cards.printing().OwnFiles("0" * 64).fetch

    for address in ("http://example.org/x.png", "https://example.org/x", "file:///etc/passwd", "ftp://example.org/"):
        with pytest.raises(ValueError, match="disallowed"):
            fetch(address)


def test_the_file_is_a_download_named_after_the_occasion(client):
    series = code_series(number=3)
    client.force_login(issuer_of(series.badge_class.organiser))

    answer = client.get(f"{series.get_absolute_url()}cards-1.pdf")

    assert answer["Content-Disposition"] == 'attachment; filename="repair-fair-1-3.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert client.get(f"{series.get_absolute_url()}cards-2.pdf").status_code == 404


def test_many_codes_are_printed_in_files_of_a_hundred():
    assert cards.files(1) == [(1, 1)]
    assert cards.files(250) == [(1, 100), (101, 200), (201, 250)]


def test_without_the_libraries_the_page_says_so_and_the_rest_works(client, monkeypatch):
    monkeypatch.setattr(cards, "printing", lambda: None)
    series = code_series(number=3)
    client.force_login(issuer_of(series.badge_class.organiser))

    page = client.get(series.get_absolute_url()).content.decode()
    refused = client.get(f"{series.get_absolute_url()}cards-1.pdf", follow=True)

    assert "Cards cannot be printed here at the moment" in page
    assert "cards-1.pdf" not in page
    assert "This portal cannot make PDF files at the moment" in refused.content.decode()
