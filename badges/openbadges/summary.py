"""What a badge of any generation says of itself, for people: texts of strangers, proven by nothing here."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .checks import issuer_id, listed
from .wire import Document, encode, moment

LONGEST = 500
LONGEST_TEXT = 5000
MANY = 10
_UNSAFE = re.compile("[\0\u202a-\u202e\u2066-\u2069]")  # what no database takes, and what turns a text around
LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"


@dataclass(frozen=True, slots=True)
class Summary:
    """The few things that every badge has; what it does not say is empty.

    `identities` are those of its recipient, as `matches` reads them; `picture` is an address or a `data:` one;
    `language` is that of name and description, as a tag of BCP 47.
    `evidence` are addresses or, where there is none, names. Of an endorsement `endorses` names what it is about, and
    the description is its comment.
    """

    identifier: str = ""
    name: str = ""
    description: str = ""
    issuer_name: str = ""
    issuer_address: str = ""
    picture: str = ""
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    identities: tuple[Document, ...] = ()
    endorses: str = ""
    language: str = ""
    results: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def summary_of(document: Document) -> Summary:
    """Return what a badge or an endorsement says: the document of a `Verification`."""
    if "EndorsementCredential" in listed(document.get("type")):
        return _of_endorsement(document)
    return _of_credential(document) if "credentialSubject" in document else _of_older(document)


def _of_credential(document: Document) -> Summary:
    subject = _object(document.get("credentialSubject"))
    achievement, profile = _object(subject.get("achievement")), _object(document.get("issuer"))
    return Summary(
        identifier=_identifier(document),
        name=_text(achievement.get("name")) or _text(document.get("name")),
        description=_text(achievement.get("description"), LONGEST_TEXT),
        issuer_name=_text(profile.get("name")),
        issuer_address=(issuer_id(document) or "")[:LONGEST],
        picture=_address(document.get("image")) or _address(achievement.get("image")),
        issued_at=_moment(document.get("validFrom", document.get("issuanceDate"))),
        expires_at=_moment(document.get("validUntil", document.get("expirationDate"))),
        identities=tuple(_identities_of_subject(subject)),
        language=_language(achievement.get("inLanguage")),
        results=_texts(subject.get("result"), "value", "achievedLevel"),
        evidence=_texts(document.get("evidence"), "id", "name", "narrative"),
    )


def _of_endorsement(document: Document) -> Summary:
    subject = _object(document.get("credentialSubject"))
    comment = _text(subject.get("endorsementComment"), LONGEST_TEXT)
    return replace(_of_credential(document), description=comment, endorses=_text(subject.get("id")), identities=())


def _of_older(document: Document) -> Summary:
    badge = _object(document.get("badge"))
    issuer = _object(badge.get("issuer"))
    return Summary(
        identifier=_identifier(document),
        name=_text(badge.get("name")),
        description=_text(badge.get("description"), LONGEST_TEXT),
        issuer_name=_text(issuer.get("name")),
        issuer_address=_text(issuer.get("id")),
        picture=_address(document.get("image")) or _address(badge.get("image")),
        issued_at=_moment(document.get("issuedOn")),
        expires_at=_moment(document.get("expires")),
        identities=tuple(_identities_of_older(document)),
        language=_language(badge.get("@language")),
        evidence=_texts(document.get("evidence"), "id", "name", "narrative"),
    )


def _identities_of_subject(subject: Document) -> list[Document]:
    """Return the identities of a subject; one whose id is a mail address is meant by it."""
    found = [identity for identity in listed(subject.get("identifier")) if isinstance(identity, dict)]
    name = subject.get("id")
    if isinstance(name, str) and name.lower().startswith("mailto:"):
        found.append({"identityType": "emailAddress", "hashed": False, "identityHash": name[7:]})
    return found


def _identities_of_older(document: Document) -> list[Document]:
    """Return the recipients of a 2.0 assertion, or the one of a 0.5 assertion, which is a text with its salt beside."""
    recipient = document.get("recipient")
    if isinstance(recipient, str):
        salt = document.get("salt", "")
        return [{"type": "email", "hashed": "$" in recipient, "identity": recipient, "salt": salt}]
    return [identity for identity in listed(recipient) if isinstance(identity, dict)]


def _identifier(document: Document) -> str:
    """Return the name under which a badge is known; one without a usable name is known by its content."""
    name = document.get("id")
    if isinstance(name, str) and 0 < len(name) <= LONGEST and "\0" not in name:
        return name
    return f"urn:sha256:{hashlib.sha256(encode(document)).hexdigest()}"


def _object(value: Any) -> Document:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else {}


def _text(value: Any, longest: int = LONGEST) -> str:
    """Return a text; of one in several languages the first."""
    if isinstance(value, dict):
        value = value.get("@value") or next(iter(value.values()), "")
    return _UNSAFE.sub("", value)[:longest] if isinstance(value, str) else ""


def _texts(value: Any, *members: str) -> tuple[str, ...]:
    """Return what each of some things says of itself in the first of these members, or the thing where it is a text."""
    things = [thing for thing in listed(value)[:MANY] if isinstance(thing, (str, dict))]
    said = ([thing] if isinstance(thing, str) else [thing.get(member) for member in members] for thing in things)
    return tuple(text for each in said if (text := next(filter(None, map(_text, each)), "")))


def _language(value: Any) -> str:
    """Return a language tag that pages can name."""
    return value if isinstance(value, str) and re.fullmatch(LANGUAGE, value) else ""


def _address(value: Any) -> str:
    found = _object(value).get("id") or _object(value).get("url") or value
    return found if isinstance(found, str) else ""


def _moment(value: Any) -> datetime | None:
    """Return a moment that every time zone has; the ends of all time, by which some mean “never”, are none."""
    try:
        found = moment(value)
    except ValueError:
        return None
    return found if 1 < found.year < 9999 else None
