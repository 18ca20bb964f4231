"""Addresses that look like another one, or like a slip of the finger: worth a second look, never an error."""

import string
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import idna
from django.utils.translation import gettext_lazy as _

from badges.sheets.limits import ADDRESS_CELL

WARNINGS = {
    "alike": _("This address looks just like another one in the list: %(other)s. Is it the same person?"),
    "letters": _("This address has letters of another alphabet that look like Latin ones. It reads as %(other)s."),
    "slip": _("Did you mean %(other)s?"),
}

# Letters that look alike, each with the Latin one: Cyrillic, Greek, and some that only have another dot.
CONFUSABLE = str.maketrans(
    "аеорсухіјѕһԁԛѡкмтвнгαορνικτυχеıɡℓ",
    "aeopcyxijshdqwkmtbhraopviktyxeigl",
)
TWINS = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l"})
BIG = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.es",
    "hotmail.it",
    "outlook.com",
    "outlook.es",
    "outlook.it",
    "yahoo.com",
    "yahoo.es",
    "yahoo.it",
    "yahoo.ro",
    "icloud.com",
    "proton.me",
    "protonmail.com",
    "libero.it",
    "interia.pl",
)
REAL = {"mail.com", "ymail.com", "email.com", "gmail.co.uk", "hotmail.nl", "outlook.nl", "yahoo.co"}
ENDINGS = ("co", "con", "cm", "om", "comm", "cim", "vom", "cpm", "ocm", "coml")


@dataclass(frozen=True, slots=True)
class Warned:
    """Why an address deserves a second look; `WARNINGS` has the sentence, with the other address in it."""

    code: str
    other: str

    @property
    def sentence(self) -> str:
        return str(WARNINGS[self.code] % {"other": self.other})


def looks_alike(addresses: Sequence[str]) -> dict[int, Warned]:
    """Return place in the list → warning; the same address twice is not likeness, and a too long one is none."""
    addresses = [address if len(address) <= ADDRESS_CELL else "" for address in addresses]
    groups = defaultdict(dict)
    for address in addresses:
        if "@" in address:
            groups[skeleton(address).translate(TWINS)].setdefault(_typed(address), address)
    warnings = {}
    for place, address in enumerate(addresses):
        if "@" not in address:
            continue
        plain, typed = _plain(address), _typed(address)
        likes = groups[skeleton(address).translate(TWINS)]
        if len(likes) > 1:
            warnings[place] = Warned("alike", next(other for key, other in likes.items() if key != typed))
        elif not plain.isascii() and (latin := skeleton(address)) != plain and latin.isascii():
            warnings[place] = Warned("letters", latin)
        elif meant := _meant(plain.rpartition("@")[2]):
            warnings[place] = Warned("slip", f"{address.rpartition('@')[0]}@{meant}")
    return warnings


def skeleton(address: str) -> str:
    """Return what the eye sees of an address: no hidden signs, look-alike letters as Latin ones."""
    plain = _plain(address[:ADDRESS_CELL])
    if plain.isascii():
        return plain
    seen = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C")
    return seen.translate(CONFUSABLE)


def _typed(address):
    return unicodedata.normalize("NFC", address).strip().lower()


def _plain(address):
    """Return the address folded, its domain in the letters a person sees."""
    local, _at, domain = address.strip().rpartition("@")
    return unicodedata.normalize("NFKC", f"{local}@{_shown(domain)}").casefold()


@lru_cache(maxsize=4096)
def _shown(domain):
    if "xn--" not in domain.lower():
        return domain
    try:
        return idna.decode(domain)
    except idna.IDNAError:
        return domain


@lru_cache(maxsize=4096)
def _meant(domain):
    """Return the big mail domain that is one slip away; empty when it is one itself, or none."""
    return "" if domain in BIG or domain in REAL else _slips().get(domain, "")


@lru_cache(maxsize=1)
def _slips():
    slips = {}
    for domain in reversed(BIG):
        halves = [(domain[:at], domain[at:]) for at in range(len(domain) + 1)]
        letters = string.ascii_lowercase + ".-"
        slips |= dict.fromkeys((a + b[1:] for a, b in halves if b), domain)
        slips |= dict.fromkeys((a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1), domain)
        slips |= dict.fromkeys((a + c + b[1:] for a, b in halves if b for c in letters), domain)
        slips |= dict.fromkeys((a + c + b for a, b in halves for c in letters), domain)
    # National domains of the same providers are no slips.
    return {slip: domain for slip, domain in slips.items() if slip.rpartition(".")[0] != domain.rpartition(".")[0]} | {
        f"{name}.{slip}": f"{name}.com" for name in ("gmail", "hotmail", "outlook", "yahoo") for slip in ENDINGS
    }
