"""Is this badge real? One answer and its reasons, computed from the signed bytes (OB 3.0, 7 Verification)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from .contexts import CREDENTIALS_V2, UnknownContext, addresses
from .keys import decode_multikey
from .proofs import CRYPTOSUITE, verify_proof
from .status import decode_list, is_set
from .wire import Document, Unreadable, decode, moment

Resolve = Callable[[str], Document | None]

_OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context"
_BADGE_TYPES = ("AchievementCredential", "OpenBadgeCredential")


class Outcome(StrEnum):
    """How a check ended; `unknown` means that something needed was not at hand."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class State(StrEnum):
    """The answer in one word; `unresolved` means we cannot say, for the issuer or its list is not known here."""

    VERIFIED = "verified"
    UNRESOLVED = "unresolved"
    INVALID = "invalid"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Check:
    """One step of the verification: `code` for programs, `detail` for people."""

    code: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, in order, the answer that follows, and the document that was read (None if unreadable)."""

    state: State
    checks: tuple[Check, ...]
    document: Document | None = None


class _Refused(Exception):
    """A check failed: the message is its detail."""


class _Unknown(Exception):
    """A check could not be made: the message is its detail."""


class _Revoked(Exception):
    """The issuer took the badge back."""


def verify(document_bytes: bytes, *, resolve: Resolve, now: datetime) -> Verification:
    """Check a 3.0 badge as bytes; never raises for what it is given.

    `resolve` returns the DID document of an issuer or the credential of a status list, or None for one we do not know.
    """
    try:
        document = decode(document_bytes)
        _check_shape(document)
    except (Unreadable, UnknownContext, _Refused) as error:
        return Verification(State.INVALID, (Check("readable", Outcome.FAILED, str(error)),))
    steps: list[tuple[str, Callable[[], None]]] = [
        ("proof", lambda: _check_proof(document, resolve, now)),
        ("issuer", lambda: _check_issuer(document, resolve)),
        ("not_before", lambda: _check_not_before(document, now)),
        ("expiry", lambda: _check_expiry(document, now)),
        ("status", lambda: _check_status(document, resolve, now)),
    ]
    checks, revoked = [Check("readable", Outcome.PASSED)], False
    for code, step in steps:
        try:
            step()
            checks.append(Check(code, Outcome.PASSED))
        except _Unknown as error:
            checks.append(Check(code, Outcome.UNKNOWN, str(error)))
        except _Revoked as error:
            revoked = True
            checks.append(Check(code, Outcome.FAILED, str(error)))
        except (_Refused, ValueError) as error:
            checks.append(Check(code, Outcome.FAILED, str(error)))
    return Verification(_state(checks, revoked=revoked), tuple(checks), document)


def _state(checks: list[Check], *, revoked: bool) -> State:
    outcomes = {check.code: check.outcome for check in checks}
    failed = {code for code, outcome in outcomes.items() if outcome is Outcome.FAILED}
    if failed - {"expiry"} - ({"status"} if revoked else set()):
        return State.INVALID
    if Outcome.UNKNOWN in (outcomes["proof"], outcomes["issuer"]):
        return State.UNRESOLVED  # an unproven badge is neither revoked nor expired: it may never have been one
    if revoked:
        return State.REVOKED
    if "expiry" in failed:
        return State.EXPIRED
    return State.UNRESOLVED if Outcome.UNKNOWN in outcomes.values() else State.VERIFIED


def _check_shape(document: Document) -> None:
    """Check what every reader relies on, and what the JSON Schema leaves open (7.1, step 1)."""
    urls = addresses(document)
    _require(
        urls[0] == CREDENTIALS_V2 and len(urls) > 1 and urls[1].startswith(_OPEN_BADGES),
        "This is not an Open Badge 3.0: it does not begin with the two contexts of one.",
    )
    types = _listed(document.get("type"))
    _require(
        "VerifiableCredential" in types and any(name in types for name in _BADGE_TYPES),
        "This is a credential, but not an Open Badge.",
    )
    _require(isinstance(document.get("id"), str), "The badge has no id.")
    subject = document.get("credentialSubject")
    _require(
        isinstance(subject, dict) and isinstance(subject.get("achievement"), dict),
        "The badge names no achievement.",
    )
    _require(bool(subject.get("id") or subject.get("identifier")), "The badge names no recipient.")
    achievement = subject["achievement"]
    _require(
        all(achievement.get(name) for name in ("id", "name", "description", "criteria")),
        "The achievement lacks its id, name, description or criteria.",
    )
    _require(_issuer_id(document) is not None, "The badge names no issuer.")


def _check_proof(document: Document, resolve: Resolve, now: datetime) -> None:
    """Check the signature; of several, all that are of our kind must hold (7.1, step 2)."""
    content = {name: value for name, value in document.items() if name != "proof"}
    for proof in _proofs(document):
        method = _method(proof, _issuer_document(document, resolve))
        public = decode_multikey(method.get("publicKeyMultibase"))
        try:
            verify_proof(content, proof, public, now=now)
        except UnknownContext as error:
            raise _Unknown(str(error)) from None


def _check_issuer(document: Document, resolve: Resolve) -> None:
    """Check that the key is the issuer's, for assertions (Controlled Identifiers 1.0, 3.3)."""
    issuer = _issuer_id(document)
    published = _issuer_document(document, resolve)
    assertion_methods = [
        _absolute(item.get("id") if isinstance(item, dict) else item, issuer)
        for item in _listed(published.get("assertionMethod"))
    ]
    for proof in _proofs(document):
        method = _method(proof, published)
        _require(method.get("controller") == issuer, "The key is not controlled by the issuer.")
        _require(method.get("type") == "Multikey", "The key is not published as a Multikey.")
        _require("revoked" not in method, "The issuer withdrew the key.")
        _require(
            proof["verificationMethod"] in assertion_methods,
            "The issuer does not use this key to assert anything.",
        )


def _check_not_before(document: Document, now: datetime) -> None:
    if moment(document.get("validFrom")) > now:
        raise _Refused(f"The badge is valid only from {document['validFrom']}.")


def _check_expiry(document: Document, now: datetime) -> None:
    if "validUntil" in document and moment(document["validUntil"]) <= now:
        raise _Refused(f"The badge expired at {document['validUntil']}.")


def _check_status(document: Document, resolve: Resolve, now: datetime) -> None:
    """Look the badge up in its issuer's list, itself a signed credential (Bitstring Status List 1.0, 3.2)."""
    for entry in _listed(document.get("credentialStatus")):
        if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
            raise _Unknown("The badge points to a kind of status that is not read here.")
        url, index = entry.get("statusListCredential"), entry.get("statusListIndex")
        _require(
            isinstance(url, str) and isinstance(index, str) and index.isascii() and index.isdigit(),
            "The status entry is incomplete.",
        )
        listing = resolve(url)
        if listing is None:
            raise _Unknown("The status list is not known here.")
        bits = _bits(listing, entry, _issuer_id(document), resolve, now)
        if is_set(bits, int(index)):
            raise _Revoked(f"The issuer set the {entry['statusPurpose']} of this badge.")


def _bits(listing: Document, entry: Document, issuer: str | None, resolve: Resolve, now: datetime) -> bytes:
    subject = listing.get("credentialSubject")
    _require(
        "BitstringStatusListCredential" in _listed(listing.get("type")) and isinstance(subject, dict),
        "The status list is not a status list.",
    )
    _require(listing.get("id") == entry["statusListCredential"], "The status list is another one.")
    _require(_issuer_id(listing) == issuer, "The status list is not the issuer's.")
    _require(
        subject.get("statusPurpose") == entry.get("statusPurpose"),
        "The status list has another purpose.",
    )
    _check_proof(listing, resolve, now)
    _check_issuer(listing, resolve)
    _check_not_before(listing, now)
    _check_expiry(listing, now)
    return decode_list(subject.get("encodedList"))


def _proofs(document: Document) -> list[Document]:
    proofs = [proof for proof in _listed(document.get("proof")) if isinstance(proof, dict)]
    _require(bool(proofs), "The badge is not signed.")
    ours = [proof for proof in proofs if proof.get("cryptosuite") == CRYPTOSUITE]
    if not ours:
        raise _Unknown("The badge is signed in a way that is not checked here.")
    return ours


def _issuer_document(document: Document, resolve: Resolve) -> Document:
    issuer = _issuer_id(document)
    published = resolve(issuer) if issuer else None
    if published is None:
        raise _Unknown("The issuer is not known here.")
    _require(published.get("id") == issuer, "The issuer's document is someone else's.")
    return published


def _method(proof: Document, published: Document) -> Document:
    named, owner = proof.get("verificationMethod"), published["id"]
    for method in [
        *_listed(published.get("verificationMethod")),
        *_listed(published.get("assertionMethod")),
    ]:
        if isinstance(method, dict) and isinstance(method.get("id"), str) and _absolute(method["id"], owner) == named:
            return method
    raise _Refused("The issuer never published the key of this signature.")


def _issuer_id(document: Document) -> str | None:
    issuer = document.get("issuer")
    name = issuer.get("id") if isinstance(issuer, dict) else issuer
    return name if isinstance(name, str) else None


def _absolute(name: Any, owner: str | None) -> Any:
    return f"{owner}{name}" if isinstance(name, str) and name.startswith("#") else name


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _require(holds: Any, otherwise: str) -> None:
    if not holds:
        raise _Refused(otherwise)
