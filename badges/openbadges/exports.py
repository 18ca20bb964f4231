"""What a platform hands out about an issuer: Open Badges 2.0 objects, one, a list, or an object of lists.

Run in a process of its own, so that a hostile file harms nobody: < file > JSON, either the facts or {"refused"}.
"""

import gc
import json
import sys
from collections.abc import Iterator
from typing import Any

from .checks import listed
from .wire import Document, Unreadable, decode_all, plain

LARGEST = 20_000_000
MOST_BADGES, MOST_AWARDS, MOST_FAULTS = 100, 50_000, 1000
LONGEST, LONGEST_TEXT, LONGEST_PICTURE = 500, 5000, 2_000_000
MARK = b"\xef\xbb\xbf"
LISTS = ("issuer", "issuers", "badge_classes", "badgeclasses", "badgeClasses", "badges", "assertions", "result")
KINDS = {"Issuer": "issuer", "Profile": "issuer", "BadgeClass": "badge", "Assertion": "award"}


class UnusableExport(Exception):
    """The file cannot be used; `code` names the rule."""

    def __init__(self, code: str, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts


class Export:
    """The objects of an export, each once, by their own names."""

    def __init__(self):
        self.issuers: dict[str, Document] = {}
        self.badges: dict[str, Document] = {}
        self.awards: dict[str, Document] = {}
        self.faults: list[tuple[int, str]] = []

    def take(self, number: int, found: Any) -> None:
        """Take one object in; `number` is its place in the file."""
        kind = _kind_of(found)
        if kind == "issuer":
            self.take_issuer(found)
        elif kind == "badge":
            self.take_badge(found)
        elif kind == "award":
            self.take_award(number, found)
        else:
            self.faults.append((number, "unknown object"))
            if len(self.faults) > MOST_FAULTS:
                raise UnusableExport("nothing")

    def take_issuer(self, found: Any) -> str:
        """Take an issuer in, itself or its name."""
        if not isinstance(found, dict):
            return _text(found)
        name = _name_of(found) or _text(found.get("url")) or _text(found.get("name"))
        known = self.issuers.setdefault(name, {"id": name, "name": ""})
        known["name"] = known["name"] or _text(found.get("name"))
        return name

    def take_badge(self, found: Document) -> str:
        """Take a badge class in, and the issuer inside it; return its name."""
        issuer = found.get("issuer", found.get("issuerOpenBadgeId"))
        title, criteria = _text(found.get("name")), found.get("criteria", found.get("criteriaNarrative"))
        name = _name_of(found) or title
        if name and title:
            self.badges.setdefault(
                name,
                {
                    "id": name,
                    "name": title,
                    "description": _text(found.get("description"), LONGEST_TEXT),
                    "criteria": _criteria(criteria) or _text(found.get("criteriaUrl")),
                    "picture": _picture(found.get("image")),
                    "issuer": self.take_issuer(issuer),
                },
            )
            if len(self.badges) > MOST_BADGES:
                raise UnusableExport("badges", limit=MOST_BADGES)
        return name

    def take_award(self, number: int, found: Document) -> None:
        """Take an assertion in, and the badge class inside it."""
        badge = next((found[name] for name in ("badge", "badgeclassOpenBadgeId", "badgeclass") if name in found), None)
        badge = self.take_badge(badge) if isinstance(badge, dict) else _text(badge)
        self.awards.setdefault(
            _name_of(found) or f"#{number}",
            {
                "number": number,
                "badge": badge,
                "recipient": _identity(found),
                "issued_on": _day(found.get("issuedOn", found.get("issued_on"))),
                "is_revoked": found.get("revoked") is True,
            },
        )
        if len(self.awards) > MOST_AWARDS:
            raise UnusableExport("awards", limit=MOST_AWARDS)

    def facts(self) -> Document:
        """Return everything as JSON; raise UnusableExport where nothing is there or several issued it."""
        if not (self.badges or self.awards):
            raise UnusableExport("nothing")
        issuers = {badge["issuer"] for badge in self.badges.values()} - {""} or set(self.issuers)
        if len(issuers) > 1:
            raise UnusableExport("issuers")
        name = next(iter(issuers), "")
        return {
            "issuer": self.issuers.get(name, {"id": name, "name": ""}),
            "badges": list(self.badges.values()),
            "awards": list(self.awards.values()),
            "faults": self.faults,
        }


def read_export(content: bytes) -> Document:
    """Return issuer, badges and awards; raise Unreadable for what is no strict JSON, UnusableExport for the rest."""
    document = decode_all(content.removeprefix(MARK), limit=LARGEST)
    export = Export()
    for number, found in enumerate(_objects(document), start=1):
        export.take(number, found)
    return export.facts()


def _objects(document: Any) -> Iterator[Any]:
    """Return the objects of a document in their order; what only holds lists of them is opened."""
    for item in listed(document):
        lists = [item[name] for name in LISTS if name in item] if isinstance(item, dict) else []
        if lists and not _kind_of(item):
            for inner in lists:
                yield from _objects(inner)
        else:
            yield item


def _kind_of(found: Any) -> str:
    if not isinstance(found, dict):
        return ""
    for name in [*listed(found.get("type", [])), found.get("entityType")]:
        if isinstance(name, str) and name in KINDS:
            return KINDS[name]
    if "recipient" in found or "issuedOn" in found:
        return "award"
    if "name" in found and ("criteria" in found or "criteriaNarrative" in found):
        return "badge"
    return "issuer" if "name" in found and ("url" in found or "email" in found) else ""


def _name_of(found: Document) -> str:
    return next((_text(found[name]) for name in ("openBadgeId", "id", "entityId", "uid") if _text(found.get(name))), "")


def _text(value: Any, longest: int = LONGEST) -> str:
    return plain(value).strip()[:longest] if isinstance(value, str) else ""


def _criteria(value: Any) -> str:
    if isinstance(value, dict):
        return _text(value.get("narrative"), LONGEST_TEXT) or _text(value.get("id"))
    return _text(value, LONGEST_TEXT)


def _picture(value: Any) -> str:
    """Return a picture that stands in the file itself; one at an address is not fetched."""
    value = value.get("id") if isinstance(value, dict) else value
    return value if isinstance(value, str) and value.startswith("data:") and len(value) <= LONGEST_PICTURE else ""


def _identity(found: Document) -> Document:
    """Return the recipient as `recipients.matches` reads it."""
    recipient = found.get("recipient")
    if isinstance(recipient, str):
        hashed = "$" in recipient and "@" not in recipient
        recipient = {"type": "email", "identity": recipient, "hashed": hashed, "salt": found.get("salt")}
    if not isinstance(recipient, dict):
        return {}
    open_one = _text(recipient.get("plaintextIdentity"))
    return {
        "type": "email" if recipient.get("type") in ("email", None) else _text(recipient.get("type")),
        "identity": open_one or _text(recipient.get("identity")),
        "hashed": recipient.get("hashed") is True and not open_one,
        "salt": _text(recipient.get("salt")),
    }


def _day(value: Any) -> str:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(int(value)) if is_number else _text(value)


def main() -> None:
    """Answer on standard output."""
    gc.disable()  # the process is over before there is anything to collect
    try:
        answer = read_export(sys.stdin.buffer.read())
    except Unreadable as fault:
        answer = {"refused": ["json", {"why": str(fault)}]}
    except UnusableExport as refusal:
        answer = {"refused": [refusal.code, refusal.facts]}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
