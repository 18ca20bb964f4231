"""Turning the cells of one row into clean facts, and naming what is wrong with them."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from badges.sheets.columns import fold
from badges.sheets.limits import ADDRESS_CELL, NAME_CELL, NARRATIVE_CELL, WORD_CELL
from portal.accounts.addresses import ACCENTED, NOT_LATIN, AddressTooLong, canonical, is_foreign, odd_letter
from portal.clock import is_in_reach

NAME, NARRATIVE, LINK, LINKS, RESULT = 150, 1000, 1000, 5, 60

PROBLEMS = {
    "email missing": _("There is no e-mail address."),
    "email wrong": _("This does not look like an e-mail address."),
    "email long": _("An e-mail address has at most 254 characters."),
    "name long": _("A name has at most 150 characters."),
    "email foreign": NOT_LATIN,
    "email accent": ACCENTED,
    "language unknown": _("This is no language that we know."),
    "language missing": _("The badge has no texts in this language: %(language)s."),
    "date wrong": _("This is not a date. Write year, month and day, such as 2027-03-31."),
    "date past": _("A badge must be valid until a day that is still to come."),
    "date far": _("This day is too far away. For “no end”, leave the field empty."),
    "date old": _("This day lies too far back. Choose one from 1900 on."),
    "date future": _("The activity has not taken place yet."),
    "narrative long": _("A description has at most 1000 characters."),
    "evidence wrong": _("Evidence is an address that begins with https:// or http://."),
    "evidence long": _("The address of a piece of evidence has at most 1000 characters."),
    "evidence many": _("At most five pieces of evidence can be named."),
    "result long": _("A result has at most 60 characters."),
}
WRITTEN_IN = _("Choose one that the badge is written in: %(languages)s.")

BETWEEN = re.compile(r"[\s;]+")
# A host of its own, no user or password before it, and none of the signs that an address may not have.
WEB = re.compile(
    r"https?://[^\s/?#@:<>\"\\^`{|}\[\]]+\.[^\s/?#@:<>\"\\^`{|}\[\].]+\.?(?::[1-9]\d{0,4})?(?:[/?#][^\s<>\"\\^`{|}]*)?",
    re.IGNORECASE | re.ASCII,
)
PERSON = re.compile(r"([^<>]*)<([^<>]*)>")
YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?(?:[T ]00:00(?::00)?)?", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[-./] ?(\d{1,2})[-./] ?(\d{4})\.?", re.ASCII)
SERIAL = re.compile(r"\d{5}", re.ASCII)
SERIAL_START = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field; `sentence_of` says it in words, with the facts in their place."""

    code: str
    field: str
    facts: dict = field(default_factory=dict)


def sentence_of(code: str, facts: dict) -> str:
    """Return what a person reads about a problem; languages are named in the reader's."""
    shown = {name: named(value) if name == "language" else value for name, value in facts.items()}
    sentence = str(PROBLEMS[code] % shown if shown else PROBLEMS[code])
    if "written" in facts:
        languages = ", ".join(f"{named(language)} ({language})" for language in facts["written"])
        sentence += " " + WRITTEN_IN % {"languages": languages}
    return sentence


def named(language: str) -> str:
    """Return the name of a language."""
    return str(get_language_info(language)["name_translated"])


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The facts of one row; a field with a problem is empty, except for the address, which stays as it was typed."""

    email: str
    name: str
    language: str
    valid_until: date | None
    narrative: str
    evidence: tuple[str, ...]
    result: str
    activity_on: date | None
    problems: tuple[Problem, ...]


def clean_row(values: Mapping[str, str], *, languages: Collection[str], today: date) -> Cleaned:
    """Return the clean facts of a row, given as field → cell; `languages` are the codes that the badge has texts in."""
    problems = []

    def wrong(code, field, **facts):
        problems.append(Problem(code, field, facts))

    email, beside = _email(values.get("email", ""), wrong)
    return Cleaned(
        email,
        _name(values, beside, wrong),
        _language(values.get("language", ""), languages, wrong),
        _valid_until(values.get("valid_until", ""), today, wrong),
        _narrative(values.get("narrative", ""), wrong),
        _evidence(values.get("evidence", ""), wrong),
        _result(values.get("result", ""), wrong),
        _activity_on(values.get("activity_on", ""), today, wrong),
        tuple(problems),
    )


def one_line(text: str) -> str:
    """Return a text in NFC on one line, without signs that cannot be seen."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_seen(sign))
    return " ".join(text.split())


def _is_seen(sign):
    return unicodedata.category(sign)[0] != "C"


def _email(text, wrong):
    """Return the canonical address, and the name that stood beside it as in “Name <address>”."""
    if len(text) > ADDRESS_CELL:
        wrong("email long", "email")
        return text, ""
    text, beside = one_line(text).removeprefix("mailto:"), ""
    if match := PERSON.fullmatch(text):
        beside, text = match[1].strip(" \"'"), match[2].strip()
    if not text:
        wrong("email missing", "email")
        return "", beside
    try:
        address = canonical(text)
        validate_email(address)
    except AddressTooLong:
        wrong("email long", "email")
        return text, beside
    except (ValueError, ValidationError):
        if letter := odd_letter(text):
            wrong("email foreign" if is_foreign(letter) else "email accent", "email", letter=letter)
        else:
            wrong("email wrong", "email")
        return text, beside
    return address, beside


def _name(values, beside, wrong):
    whole, first, last = (values.get(part, "") for part in ("name", "first_name", "last_name"))
    if max(len(whole), len(first), len(last)) > NAME_CELL:
        wrong("name long", "name")
        return ""
    name = one_line(whole) or one_line(f"{first} {last}") or beside
    if len(name) > NAME:
        wrong("name long", "name")
        return ""
    return name


def _language(text, languages, wrong):
    if not text or text.isspace():
        return ""
    text = text if len(text) <= WORD_CELL else ""
    if code := _language_code(text, tuple(languages)):
        return code
    if other := _language_code(text, EVERY_LANGUAGE):
        wrong("language missing", "language", language=other, written=sorted(languages))
    else:
        wrong("language unknown", "language", written=sorted(languages))
    return ""


@lru_cache(maxsize=1024)
def _language_code(text, codes):
    word, words = fold(text), _languages(codes)
    region = word[:2] if word[2:3] == " " else ""
    return words.get(word) or words.get(region, "")


@lru_cache(maxsize=64)
def _languages(codes):
    """Return word → code for codes, regions, and the names of languages in English and in themselves."""
    words = {}
    for code in codes:
        for known, facts in LANG_INFO.items():
            if known.split("-")[0] == code and "name" in facts:
                words |= {fold(known): code, fold(facts["name"]): code, fold(facts["name_local"]): code}
        words |= {fold(word): code for word in OWN_NAMES.get(code, ())} | {fold(code): code}
    return words


EVERY_LANGUAGE = tuple(code for code, facts in LANG_INFO.items() if "-" not in code and "name" in facts)
OWN_NAMES = {
    "lt": ("lietuvių", "lietuvių kalba", "lit"),
    "pl": ("język polski", "j. polski", "po polsku", "pol"),
    "en": ("eng", "en-UK"),
    "es": ("castellano", "spa"),
    "sr": ("srpski", "српски", "srp"),
    "sl": ("slovenski", "slv"),
    "ro": ("limba română", "lb. română", "românește", "ron", "rum"),
    "it": ("ita",),
    "nl": ("nld", "vlaams"),
    "ca": ("valencià", "cat"),
}


@lru_cache(maxsize=4096)
def as_date(text: str) -> date | None:
    """Return the date in a text: year first, day first, or the number of a day as spreadsheets count; else None."""
    text = text.strip()
    try:
        if match := YEAR_FIRST.fullmatch(text):
            return date(*map(int, match.groups()))
        if match := DAY_FIRST.fullmatch(text):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        if SERIAL.fullmatch(text):
            return SERIAL_START + timedelta(days=int(text))
    except ValueError:
        return None
    return None


def _date(text, field, wrong):
    if not text or text.isspace():
        return None
    found = as_date(text) if len(text) <= WORD_CELL else None
    if found is None:
        wrong("date wrong", field)
    return found


def _valid_until(text, today, wrong):
    until = _date(text, "valid_until", wrong)
    if until and until <= today:
        wrong("date past", "valid_until")
        return None
    if until and not is_in_reach(until, today):
        wrong("date far", "valid_until")
        return None
    return until


def _activity_on(text, today, wrong):
    on = _date(text, "activity_on", wrong)
    if on and on > today:
        wrong("date future", "activity_on")
        return None
    if on and not is_in_reach(on, today):
        wrong("date old", "activity_on")
        return None
    return on


def _narrative(text, wrong):
    if not text:
        return ""
    if len(text) <= NARRATIVE_CELL:
        lines = [one_line(line) for line in text.splitlines()]
        text = "\n".join(lines).strip()
    if len(text) > NARRATIVE:
        wrong("narrative long", "narrative")
        return ""
    return text


def _evidence(text, wrong):
    if not text:
        return ()
    links = tuple(dict.fromkeys(link for link in BETWEEN.split(text) if link))
    fault = ""
    if len(links) > LINKS:
        fault = "evidence many"
    elif any(len(link) > LINK for link in links):
        fault = "evidence long"
    elif not all(WEB.fullmatch(link) and link.isprintable() for link in links):
        fault = "evidence wrong"
    if fault:
        wrong(fault, "evidence")
        return ()
    return links


def _result(text, wrong):
    result = one_line(text) if len(text) <= WORD_CELL else text
    if len(result) > RESULT:
        wrong("result long", "result")
        return ""
    return result
