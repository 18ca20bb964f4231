"""A row becomes clean facts, or problems that each name their field."""

from datetime import date

import pytest

from badges.sheets.cleaning import Problem, as_date, clean_row, sentence_of

TODAY = date(2026, 11, 22)
LANGUAGES = ["en", "lt", "pl", "sr"]


def cleaned(**values):
    return clean_row({"email": "a@example.org"} | values, languages=LANGUAGES, today=TODAY)


def test_full_row_becomes_facts():
    row = cleaned(
        email=" Ann.Lee@EXAMPLE.org ",
        first_name="Ann ",
        last_name=" Lee",
        language="Lietuvių",
        valid_until="31.03.2027",
        narrative="  Led the walk.\r\nTwice. ",
        result="  9 of\t10 ",
        evidence="https://example.org/1; http://example.org/2\nhttps://example.org/1",
        activity_on="2026-03-31",
    )

    assert row.problems == ()
    assert (row.email, row.name, row.language) == ("ann.lee@example.org", "Ann Lee", "lt")
    assert (row.valid_until, row.activity_on) == (date(2027, 3, 31), date(2026, 3, 31))
    assert row.narrative == "Led the walk.\nTwice."
    assert row.result == "9 of 10"
    assert row.evidence == ("https://example.org/1", "http://example.org/2")


def test_address_alone_is_enough():
    row = cleaned()

    assert (row.email, row.name, row.problems) == ("a@example.org", "", ())


@pytest.mark.parametrize(
    ("email", "address", "name"),
    [
        ("Ann Lee <ann@example.org>", "ann@example.org", "Ann Lee"),
        ("mailto:ann@example.org", "ann@example.org", ""),
        ("ann@žąsis.lt", "ann@xn--sis-hpa81d.lt", ""),
        ("=cmd@example.org", "=cmd@example.org", ""),
        ("ann\u200b@example.org\u00a0", "ann@example.org", ""),
    ],
)
def test_address_is_made_canonical(email, address, name):
    row = cleaned(email=email)

    assert (row.email, row.name, row.problems) == (address, name, ())


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"email": ""}, Problem("email missing", "email")),
        ({"email": " \u200b"}, Problem("email missing", "email")),
        ({"email": "ann"}, Problem("email wrong", "email")),
        ({"email": "ann@example"}, Problem("email wrong", "email")),
        ({"email": "a@example.org, b@example.org"}, Problem("email wrong", "email")),
        ({"email": "ann@example.org\r\nBcc: all@example.org"}, Problem("email wrong", "email")),
        ({"email": "x" * 250 + "@example.org"}, Problem("email long", "email")),
        ({"email": "x" * 180 + "@" + "ą." * 20 + "lt"}, Problem("email long", "email")),
        ({"name": "x" * 151}, Problem("name long", "name")),
        ({"email": "\u0430nn@example.org"}, Problem("email foreign", "email", {"letter": "\u0430"})),
        ({"email": "žydrė@example.org"}, Problem("email accent", "email", {"letter": "ž"})),
        ({"email": "žydrė"}, Problem("email wrong", "email")),
        ({"email": "žydrė@example"}, Problem("email wrong", "email")),
        ({"language": "Finnish"}, Problem("language missing", "language", {"language": "fi", "written": LANGUAGES})),
        ({"language": "klingon"}, Problem("language unknown", "language", {"written": LANGUAGES})),
        ({"valid_until": "soon"}, Problem("date wrong", "valid_until")),
        ({"valid_until": "2027-02-30"}, Problem("date wrong", "valid_until")),
        ({"valid_until": "03/31/2027"}, Problem("date wrong", "valid_until")),
        ({"valid_until": "2026-11-22"}, Problem("date past", "valid_until")),
        ({"valid_until": "9999-12-31"}, Problem("date far", "valid_until")),
        ({"valid_until": "99999"}, Problem("date far", "valid_until")),
        ({"valid_until": "2127-01-01"}, Problem("date far", "valid_until")),
        ({"activity_on": "0001-01-01"}, Problem("date old", "activity_on")),
        ({"activity_on": "1899-12-31"}, Problem("date old", "activity_on")),
        ({"activity_on": "2026-11-23"}, Problem("date future", "activity_on")),
        ({"narrative": "x" * 1001}, Problem("narrative long", "narrative")),
        ({"result": "x" * 61}, Problem("result long", "result")),
        ({"evidence": "www.example.org"}, Problem("evidence wrong", "evidence")),
        ({"evidence": "javascript:alert(1)"}, Problem("evidence wrong", "evidence")),
        ({"evidence": "https://bank.example@evil.example/"}, Problem("evidence wrong", "evidence")),
        ({"evidence": "https://localhost/"}, Problem("evidence wrong", "evidence")),
        ({"evidence": "https://example.org/\u202egpj.exe"}, Problem("evidence wrong", "evidence")),
        ({"evidence": " ".join(f"https://example.org/{n}" for n in range(6))}, Problem("evidence many", "evidence")),
        ({"evidence": "https://example.org/" + "x" * 1000}, Problem("evidence long", "evidence")),
    ],
)
def test_fault_is_named_with_its_field_and_has_a_sentence(values, problem):
    row = cleaned(**values)

    assert row.problems == (problem,)
    assert sentence_of(problem.code, problem.facts).endswith(".")
    if problem.field != "email":
        assert not getattr(row, problem.field)


@pytest.mark.parametrize("text", ["(" * 60_000, "[" * 60_000, "a" + "\u0300\u0327" * 30_000], ids=["(", "[", "marks"])
@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("email", Problem("email long", "email")),
        ("name", Problem("name long", "name")),
        ("first_name", Problem("name long", "name")),
        ("last_name", Problem("name long", "name")),
        ("language", Problem("language unknown", "language", {"written": LANGUAGES})),
        ("valid_until", Problem("date wrong", "valid_until")),
        ("activity_on", Problem("date wrong", "activity_on")),
        ("narrative", Problem("narrative long", "narrative")),
        ("evidence", Problem("evidence long", "evidence")),
        ("result", Problem("result long", "result")),
    ],
)
@pytest.mark.timeout(20)
def test_cell_that_is_far_too_long_is_named_before_it_times_out(cell, problem, text):
    row = cleaned(**{cell: text})

    assert row.problems == (problem,)


def test_narrative_is_measured_as_it_is_kept():
    row = cleaned(narrative=" ".join(["e\u0301" * 399] * 2) + "  " * 1000)

    assert (len(row.narrative), row.problems) == (799, ())


def test_every_fault_of_a_row_is_named_at_once():
    row = cleaned(email="ann", language="xx", valid_until="x", evidence="x")

    assert [problem.field for problem in row.problems] == ["email", "language", "valid_until", "evidence"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Z\u030cydru\u0304ne\u0307", "Žydrūnė"),
        ("Ann\x00\x07\u202e Lee", "Ann Lee"),
        ("Ann\r\nBcc: x", "Ann Bcc: x"),
        ("  Ann \u00a0\t Lee ", "Ann Lee"),
        ("Đorđe O’Neill-Ñúñez", "Đorđe O’Neill-Ñúñez"),
    ],
)
def test_name_is_kept_on_one_line_without_hidden_signs(name, kept):
    assert cleaned(name=name).name == kept


def test_whole_name_wins_over_its_parts():
    assert cleaned(name="Ann Mary Lee", first_name="Ann", last_name="Lee").name == "Ann Mary Lee"


@pytest.mark.parametrize("word", ["lt", "LT", "lt-LT", "Lithuanian", "lietuvių", "Lietuvių kalba", "Lietuviškai"])
def test_language_is_known_by_code_and_name(word):
    assert cleaned(language=word).language == "lt"


def test_language_needs_texts_of_the_badge():
    row = clean_row({"email": "a@example.org", "language": "lt"}, languages=["en"], today=TODAY)

    assert row.problems == (Problem("language missing", "language", {"language": "lt", "written": ["en"]}),)


def test_sentence_about_a_language_tells_an_unknown_one_from_one_that_the_badge_has_not():
    written = " Choose one that the badge is written in: English (en), Polish (pl)."

    missing = sentence_of("language missing", {"language": "lt", "written": ["en", "pl"]})
    unknown = sentence_of("language unknown", {"written": ["en", "pl"]})

    assert missing == "The badge has no texts in this language: Lithuanian." + written
    assert unknown == "This is no language that we know." + written


def test_problem_kept_before_it_had_facts_still_has_a_sentence():
    assert sentence_of("language unknown", {}) == "This is no language that we know."


def test_sentence_about_an_address_names_the_letter_that_looks_latin():
    sentence = sentence_of("email foreign", {"letter": "а"})

    assert sentence == "This address contains the letter “а”, which is not Latin."


@pytest.mark.parametrize(
    "text",
    ["2027-03-31", "2027.03.31", "2027/3/31", "31.03.2027", "31. 3. 2027.", "31/03/2027", "31-03-2027",
     " 2027-03-31 ", "2027-03-31 00:00", "2027-03-31T00:00:00", "46477"],
)  # fmt: skip
def test_date_is_read_as_our_countries_write_it(text):
    assert as_date(text) == date(2027, 3, 31)


@pytest.mark.parametrize("text", ["", "2027", "31.03.27", "2027-13-01", "0000-01-01", "99999999", "31 March 2027"])
def test_other_text_is_no_date(text):
    assert as_date(text) is None
