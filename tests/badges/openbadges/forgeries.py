"""Changes to a signed document that a forger, a careless reader or an accident might make, drawn at random."""

import copy
import random
from collections.abc import Iterator
from typing import Any

from .samples import HOSTILE

ODD = [
    None,
    [],
    {},
    "",
    "x",
    0,
    7,
    0.0,
    -0.0,
    1,
    1.0,
    True,
    False,
    1e300,
    2.0**60,
    2**53,
    2**70,
    "9" * 50,
    [[]],
    ["a", "a"],
    {"id": []},
    {"id": "https://example.org/x"},
    {"@id": "https://example.org/x"},
    {"@value": "x", "@language": "en"},
    {"@value": "x", "@language": "en", "@direction": "rtl"},
    {"@value": "x", "@type": "https://example.org/x"},
    {"@list": ["a", "b"]},
    {"@set": ["a"]},
    {"en": "x", "lt": "y"},
    {"type": "['Profile']"},
    "['Achievement']",
    "https://é.example/",
    "HTTP://example.org/",
    "https://example.org/a b",
    "https://example.org/%zz",
    "//example.org",
    "_:b0",
    "mailto:a@example.org",
    "schema:name",
    "urn:text:0;",
    "@type",
    "@id",
    "assertionMethod",
    "2026-01-02T03:04:05",
    "2026-01-02T03:04:05.000Z",
    '"@en .\n_:c14n0 <a:b> "',
    "%s%%(0)s",
    "\x00",
    "a\x7fb",
    "\r\n",
    "\ufffe",
    HOSTILE.replace("\ud83d", ""),
]
KEYS = [
    "grade",
    "name",
    "id",
    "type",
    "narrative",
    "image",
    "@id",
    "@type",
    "@language",
    "@value",
    "@index",
    "@context",
]
SETTLED = ("type", "@context", "achievementType", "cryptosuite", "identityType", "statusPurpose", "proofPurpose")
WORDS = ["x", "y", 'a "b"\\\n\t<c>', "e\u0301 🎓 \u202eשלום\u202c \u2028", "_:c14n0 .", "%s %(0)s", " ", "z" * 300]
DATES = ("validFrom", "validUntil", "awardedDate", "activityStartDate", "activityEndDate", "created")


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place in a document: what holds it, and the name or number by which it does."""
    for key, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(part, (dict, list)):
            yield from places(part)


def changed(chance: random.Random, document: Any) -> Any:
    """Return a copy of a document with one change somewhere."""
    document = copy.deepcopy(document)
    everywhere = list(places(document))
    holder, key = chance.choice(everywhere)
    other_holder, other_key = chance.choice(everywhere)
    value, another = holder[key], copy.deepcopy(other_holder[other_key])
    change = chance.randrange(9)
    if change == 0:
        del holder[key]
    elif change == 1 and isinstance(holder, dict):
        holder[chance.choice(KEYS)] = chance.choice(ODD)
    elif change == 2 and isinstance(holder, dict):
        holder[chance.choice(KEYS)] = another
    elif change == 3:
        holder[key] = another
    elif change == 4:
        holder[key] = [value] if chance.random() < 0.5 else str(value)
    elif change == 5 and isinstance(holder, list):
        holder.append(copy.deepcopy(value))
    elif change == 6:
        holder[key] = {"@value": value, "@language": "en"} if isinstance(value, str) else {"@list": value}
    elif change == 7 and isinstance(value, str):
        holder[key] = chance.choice([f"{value}x", value.upper(), value[1:], f"{value}\n"])
    else:
        holder[key] = chance.choice(ODD)
    return document


def retold(chance: random.Random, document: Any, name: str = "") -> Any:
    """Return a copy of a document with other texts of the kind that fits there, and now and then one that does not."""
    if isinstance(document, dict):
        return {key: part if key in SETTLED else retold(chance, part, key) for key, part in document.items()}
    if isinstance(document, list):
        return [retold(chance, part, name) for part in document]
    return _other_text(chance, document, name) if isinstance(document, str) else document


def _other_text(chance: random.Random, value: str, name: str) -> str:
    if chance.random() < 0.5:
        return value
    if chance.random() < 0.01:
        return chance.choice([text for text in ODD if isinstance(text, str)])
    if name in DATES:
        return f"20{chance.randrange(10, 26)}-01-0{chance.randrange(1, 10)}T00:00:00Z"
    if value.startswith(("http", "urn:", "did:")):
        return f"{value[:-1]}{chance.choice('0123456789')}"
    return chance.choice(WORDS)
