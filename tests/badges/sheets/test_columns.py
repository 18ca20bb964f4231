"""Columns are known by the words of their header in our languages, else by what stands in them."""

import pytest

from badges.sheets.columns import fold, guess_columns
from badges.sheets.template import PATHS, header_of
from badges.sheets.words import WORDS

LANGUAGES = list(WORDS["email"])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_of_our_templates_are_known_again(path, language):
    columns = guess_columns(header_of(path, language), [])

    assert columns == {field: index for index, field in enumerate(PATHS[path])}


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["Identifier", "Evidence URL"], {"email": 0, "evidence": 1}),
        (["Imię*", "Nazwisko*", "Adres e-mail*"], {"first_name": 0, "last_name": 1, "email": 2}),
        (
            ["E-mail", "Imię", "Nazwisko", "Język", "Ważny do", "Opis indywidualny", "Dodatkowy dowód"],
            {
                "email": 0,
                "first_name": 1,
                "last_name": 2,
                "language": 3,
                "valid_until": 4,
                "narrative": 5,
                "evidence": 6,
            },
        ),
        (["VARDAS", "PAVARDĖ", "EL. PAŠTAS"], {"first_name": 0, "last_name": 1, "email": 2}),
        (["Vardas", "El. pašto adresas (būtina)"], {"name": 0, "email": 1}),
        (["Name", "Surname", "Mail"], {"first_name": 0, "last_name": 1, "email": 2}),
        (["Name", "Email Address"], {"name": 0, "email": 1}),
        (["Nume", "Prenume", "Adresă de e-mail"], {"last_name": 0, "first_name": 1, "email": 2}),
        (
            ["Lp.", "Szkoła", "Nazwisko i imię", "Poczta elektroniczna", "Ważna do", "Data szkolenia"],
            {"name": 2, "email": 3, "valid_until": 4, "activity_on": 5},
        ),
        (["Imie i nazwisko", "Adres mailowy", "Liczba punktow"], {"name": 0, "email": 1, "result": 2}),
        (["Nume participant", "Adresă e-mail"], {"name": 0, "email": 1}),
        (["Nume participant", "Prenume participant", "Mail"], {"last_name": 0, "first_name": 1, "email": 2}),
        (
            ["Nr. crt.", "Numele şi prenumele", "Poştă electronică", "Punctaj", "Observaţii", "Data cursului"],
            {"name": 1, "email": 2, "result": 3, "narrative": 4, "activity_on": 5},
        ),
        (["Nume si prenume", "Adresa de email", "Valabila pana la"], {"name": 0, "email": 1, "valid_until": 2}),
        (["Naam", "E-mail"], {"name": 0, "email": 1}),
        (["Voornaam", "Naam", "E-mail"], {"first_name": 0, "last_name": 1, "email": 2}),
        (["Nr", "School", "Participant's e-mail, home"], {"email": 2}),
        (["E-mail", "E-mail of a parent"], {"email": 0}),
        (["", "Colour"], {}),
    ],
)
def test_columns_are_known_by_the_words_people_use(header, columns):
    assert guess_columns(header, []) == columns


def test_addresses_are_found_where_the_header_does_not_say():
    rows = [(2, ["1", "Ann Lee", "a@example.org"]), (3, ["2", "Bo Roe", "missing"])]

    assert guess_columns(["Nr", "Who", "Where"], rows)["email"] == 2


def test_addresses_are_found_where_the_header_is_wrong():
    rows = [(2, ["Vilnius", "a@example.org"])]

    assert guess_columns(["Address", "Contact"], rows) == {"email": 1}


def test_list_without_a_header_is_known_by_its_content():
    rows = [
        (1, ["7", "Ann Lee", "a@example.org", "https://example.org/1"]),
        (2, ["8", "Zoë van Dam", "z@example.org", ""]),
    ]

    assert guess_columns(["A", "B", "C", "D"], rows) == {"name": 1, "email": 2, "evidence": 3}


def test_what_was_chosen_the_last_time_comes_first():
    remembered = {"Who": "name", "Link": ""}

    columns = guess_columns(["E-mail", "who", "Link", "Name"], [], remembered)

    assert columns == {"email": 0, "name": 1}


def test_no_word_names_two_fields():
    meanings = {}
    for field, languages in WORDS.items():
        for word in {fold(word) for words in languages.values() for word in words}:
            meanings.setdefault(word, set()).add(field)

    assert {word: fields for word, fields in meanings.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("word", ["(" * 60_000, "[" * 60_000, "a" + "\u0300\u0327" * 30_000], ids=["(", "[", "marks"])
@pytest.mark.timeout(20)
def test_word_of_any_length_is_folded_before_it_times_out(word):
    fold(word)
