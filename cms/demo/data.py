"""The demo's texts and facts."""

import json
from functools import cache, reduce
from operator import getitem
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).resolve().parent
PASSWORD = "waymark-demo"  # noqa: S105 demo accounts exist on loopback addresses only
NETWORK_SLUG = "network"


@cache
def network() -> dict:
    """Return organisers, playlists and training as the network's data say."""
    return json.loads((FOLDER / "network.json").read_text())


@cache
def texts(language: str) -> dict:
    """Return the texts in a language that the demo is written in."""
    return json.loads((FOLDER / "texts" / f"{language}.json").read_text())


def in_each_language(*path: str | int) -> dict[str, dict]:
    """Return what the texts have at a path, in each language of the interface."""
    return {code: reduce(getitem, path, texts(code)) for code, _name in settings.LANGUAGES}


@cache
def look() -> dict:
    """Return symbols, colours and addresses."""
    return json.loads((FOLDER / "look.json").read_text())


STAFF = [  # (name, organiser, roles, country, language)
    ("Rūta K.", "neris-makers", ["owner"], "LT", "lt"),
    ("Jonas P.", "neris-makers", ["issuer", "author", "reviewer"], "LT", "lt"),
    ("Núria F.", "taller-mar-oberta", ["owner"], "ES", "en"),
    ("Pau R.", "taller-mar-oberta", ["author", "reviewer"], "ES", "en"),
    ("Milica S.", "dunavska-ucionica", ["owner"], "RS", "en"),
    ("Petar J.", "dunavska-ucionica", ["reviewer", "author"], "RS", "en"),
    ("Ana Z.", "zmajska-delavnica", ["owner"], "SI", "en"),
    ("Daan V.", "groene-fietsacademie", ["owner"], "NL", "en"),
    ("Efisio M.", "laguna-aperta", ["owner"], "IT", "en"),
]
NETWORK_PEOPLE = [  # (name, network roles, country)
    ("Hanna W.", ["network_admin", "editor"], "PL"),
    ("Petra N.", ["coordinator"], "SI"),
    ("Luca D.", ["coordinator"], "IT"),
    ("Kadri T.", ["assessor", "lead_assessor", "training_reviewer"], "EE"),
    ("Maria A.", ["assessor", "lead_assessor"], "PT"),
    ("Ingrid L.", ["assessor"], "NO"),
    ("Anneli K.", ["assessor", "lead_assessor"], "FI"),
    ("Pavlos G.", ["assessor", "lead_assessor"], "GR"),
    ("Jelena M.", ["assessor", "lead_assessor"], "HR"),
    ("Bram V.", ["assessor", "lead_assessor"], "BE"),
    ("Sofia R.", ["assessor", "lead_assessor"], "CY"),
    ("Tomáš B.", ["assessor"], "CZ"),
    ("Seán O.", ["assessor"], "IE"),
    ("Elena R.", ["assessor"], "RO"),
]
LEARNERS = [
    "Ugnė Žydrūnaitė", "Mantas Šileika", "Agnieszka Łuczak", "Ștefan Ionescu", "Tomaž Kranjc", "Milena Đorđević",
    "Giulia Manca", "Lars Visser", "Aina Puig", "Jokūbas Petrėnas", "Zofia Wójcik", "Andreea Țurcanu",
    "Maja Žagar", "Стефан Савић", "Matteo Deiana", "Femke de Boer", "Marc Soler", "Eglė Čepaitė",
    "Kacper Zieliński", "Ioana Mureșan", "Rok Černe", "Јелена Павловић", "Chiara Orrù", "Noor Bakker",
]  # fmt: skip


def email_of(name: str) -> str:
    """Return the demo address of a staff name such as 'Rūta K.'."""
    plain = {"ū": "u", "ú": "u", "á": "a", "š": "s"}
    first, last = name.lower().rstrip(".").split(" ")
    return "".join(plain.get(letter, letter) for letter in first) + f".{last}@example.org"
