"""The certificate of a badge: one page to keep, with the signed credential inside."""

import io
import re
import subprocess

import pypdf
import pytest

from badges import cards
from badges.actions import collect_badge, revoke_badge, save_badge_class
from badges.models import BadgeClass
from badges.views import certificates
from portal.workflow import take
from tests.badges.test_codes_printed import LETTERS
from tests.factories.accounts import PersonFactory
from tests.factories.badges import WORDS, assertion, issuer_of, micro_credential, published_assertion, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not cards.may_print(), reason="needs the libraries that WeasyPrint draws with"),
]


def fetched(client, badge):
    return client.get(f"/assertions/{badge.key}.pdf").content


def words_of(pdf: bytes) -> str:
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()
    return " ".join(text.split())


def lines_of(pdf: bytes) -> list:
    """Return the lines as they are drawn, from the top: where each begins, where it ends, what it says."""
    page = subprocess.run(["pdftotext", "-bbox-layout", "-", "-"], input=pdf, check=True, capture_output=True).stdout
    found = re.findall(r'<line [^>]*yMin="([\d.]+)"[^>]*yMax="([\d.]+)">(.*?)</line>', page.decode(), re.DOTALL)
    said = [(float(top), float(low), " ".join(re.findall(r">([^<]+)</word>", words))) for top, low, words in found]
    return sorted(said)


def test_it_is_one_archival_tagged_page_in_its_language_with_the_signed_bytes_inside(client):
    badge = published_assertion()

    paper = pypdf.PdfReader(io.BytesIO(fetched(client, badge)))

    catalog = paper.trailer["/Root"]
    mark = catalog["/Metadata"].get_data().decode()
    assert (re.search('pdfaid:part="3"', mark), re.search('pdfaid:conformance="A"', mark)) != (None, None)
    assert (catalog["/MarkInfo"]["/Marked"], catalog["/Lang"], len(paper.pages)) == (True, "en", 1)
    assert catalog["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    file = catalog["/AF"][0].get_object()
    assert (file["/UF"], file["/AFRelationship"]) == ("credential.json", "/Data")
    assert file["/EF"]["/F"]["/Subtype"] == "/application/json"
    signed = client.get(f"/assertions/{badge.key}/credential.json").content
    assert file["/EF"]["/F"].get_data() == signed


def test_it_says_what_the_badge_is_and_where_it_is_checked(client):
    badge_class = micro_credential(credits="2.5")
    badge = published_assertion(take(badge_class.publish, by=issuer_of(badge_class.organiser)))

    said = words_of(fetched(client, badge))

    for words in ("Brake Check", "Jonas Petraitis", "Adjusts and tests brakes.", "without end", "10 h", "2.5"):
        assert words in said
    for words in (badge_class.organiser.name, "Verified organiser", "EQF level 5", "Learning outcomes"):
        assert words in said
    assert badge.absolute_url in said
    assert "attached as credential.json" in said


@pytest.mark.parametrize("language", sorted(set(LETTERS) - {"cy"}))
def test_every_letter_of_its_language_is_drawn_in_our_own_fonts(client, language):
    name = LETTERS[language]
    badge = published_assertion(published_badge(language=language, name=name, criteria=name.upper()), name=name)
    pdf = fetched(client, badge)

    assert words_of(pdf).count(name) == 2
    fonts = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].split("+")[1].split("-")[0] for font in fonts}
    assert names == {"Onest", "Source"}
    assert name.upper() in words_of(pdf)


def test_the_longest_texts_stay_on_the_page(client):
    long = "Wörter und Sätze ohne Ende " * 400
    words = {**WORDS, "name": "W" * 120, "description": long[:1500], "criteria": long[:5000]}
    organiser = OrganiserFactory(verified=True)
    badge_class = BadgeClass(organiser=organiser, kind="skill", workload_minutes=90)
    skills = [{"label": f"reparieren {number}", "uri": ""} for number in range(12)]
    save_badge_class(badge_class, by=issuer_of(organiser), words=words, skills=skills, seed="a.wheel.clay")
    badge = published_assertion(take(badge_class.publish, by=issuer_of(organiser)), name="W" * 150)

    pdf = fetched(client, badge)

    page = pypdf.PdfReader(io.BytesIO(pdf)).pages
    foot = "Whether it counts today"
    assert len(page) == 1
    assert words_of(pdf).index("…") < words_of(pdf).index(foot)
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()
    lowest = {word: float(low) for low, word in re.findall(r'yMax="([\d.]+)">([^<]+)</word>', boxes)}
    highest = {word: float(high) for high, word in re.findall(r'yMin="([\d.]+)"[^>]*>([^<]+)</word>', boxes)}
    assert lowest["Sätze"] < highest["Whether"]


@pytest.mark.parametrize("letters", [170, 2000])
@pytest.mark.parametrize("language", ["lt", "de", "sr"])
def test_long_texts_end_in_whole_lines_above_the_foot(client, language, letters):
    text = f"{LETTERS.get(language, 'Prüfungsordnung Fahrrad')}\n"
    long = {"criteria": (text * 200)[:letters], "outcomes": (text * 200)[:letters]}
    words = {**long, "language": language, "name": text.strip(), "description": text * 6}
    badge_class = micro_credential(words)
    badge = published_assertion(take(badge_class.publish, by=issuer_of(badge_class.organiser)), name="Wanda " * 24)

    pdf = fetched(client, badge)

    drawn = lines_of(pdf)
    foot = next(number for number, (_top, _low, said) in enumerate(drawn) if badge.absolute_url in said) - 1
    assert [said for _top, low, said in drawn[:foot] if low > drawn[foot][0]] == []
    assert any(said == f"{text.strip()}…" for _top, _low, said in drawn[:foot])
    assert drawn[foot][2].split()[0] in ("Whether", "Ar")


def test_the_name_stands_on_it_for_those_who_see_it_on_the_page(client):
    badge = published_assertion(shows_name=False)
    assert "Jonas Petraitis" not in words_of(fetched(client, badge))

    client.force_login(badge.person)
    assert "Jonas Petraitis" in words_of(fetched(client, badge))
    assert client.get(f"/assertions/{badge.key}.pdf").headers["Cache-Control"] == "private, max-age=30"


def test_there_is_none_for_strangers_where_there_is_no_page(client):
    child = PersonFactory(email="jonas@example.org", is_of_age=False)
    badge = collect_badge(assertion(), by=child)
    address = f"/assertions/{badge.key}.pdf"

    assert client.get(address).status_code == 404
    client.force_login(child)
    assert client.get(f"{address}?download").headers["Content-Disposition"].endswith(f'"badge-{badge.key}.pdf"')


def test_that_of_a_revoked_badge_says_so_first(client):
    badge = published_assertion()
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="Given to the wrong person.")

    assert words_of(fetched(client, badge)).startswith("This badge does not count any more: its issuer took it back on")


def test_it_is_offered_on_the_page_and_among_my_badges(client):
    badge = published_assertion()
    client.force_login(badge.person)
    link = f"/assertions/{badge.key}.pdf?download"

    assert link in client.get(badge.get_absolute_url()).content.decode()
    assert link in client.get("/backpack/").content.decode()


def test_without_the_libraries_it_says_so(client, monkeypatch):
    monkeypatch.setattr(cards, "printing", lambda: None)
    answer = client.get(f"/assertions/{published_assertion().key}.pdf")

    assert answer.status_code == 503
    assert "cannot make PDF files" in answer.content.decode()


def test_nobody_has_them_made_without_end(client, monkeypatch):
    monkeypatch.setattr(certificates, "LIMITS", {"certificate": "2/m/ip"})
    address = f"/assertions/{published_assertion().key}.pdf"

    assert [client.get(address).status_code for _time in range(3)] == [200, 200, 429]
