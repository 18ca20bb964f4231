"""Is this badge real? One answer and its reasons, computed from the signed bytes (OB 3.0, 7 Verification)."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from .checks import Refused, Revoked, Steps, Unknown, Verification, issuer_id, listed, require, take, unreadable
from .contexts import CREDENTIALS_V1, CREDENTIALS_V2, UnknownContext, addresses
from .forms import Forms
from .securing import Embedded, Enveloped, Resolve
from .status import decode_list, is_set
from .tokens import credential_in, looks_like_a_token, read_token
from .wire import Document, Unreadable, counted, decode, moment

_OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context"
_ISSUERS, _LISTS = 256, 64  # of each so many are remembered
_MOST_VALUES = 5000  # in a badge: texts, numbers, objects and lists; putting them in order takes time
_BADGE_TYPES = ("AchievementCredential", "OpenBadgeCredential")


class Verifier:
    """Verifies the badges of a batch, at one moment, and remembers what they have in common.

    Each gets the answer that it would get alone: what was resolved once is not resolved again, a status list is proven
    once, and the canonical form of what looks like an earlier badge is told from that one's.
    """

    def __init__(self, *, resolve: Resolve, now: datetime, forms: Forms | None = None) -> None:
        self._look_up = resolve
        self._now = now
        self._resolve = lru_cache(_ISSUERS)(resolve)
        self._bits = lru_cache(_LISTS)(self._read_bits)
        self._form = (forms or Forms()).covered

    def verify(self, document_bytes: bytes) -> Verification:
        """Check a 3.0 badge as bytes, a document or a token; never raises for what it is given."""
        return self._verify(document_bytes, _check_badge)

    def verify_endorsement(self, document_bytes: bytes) -> Verification:
        """Check a 3.0 endorsement in the same way; a badge is none."""
        return self._verify(document_bytes, _check_endorsement)

    def _verify(self, document_bytes: bytes, check_kind: Callable[[Document], None]) -> Verification:
        try:
            document, secured = self._read(document_bytes)
            _check_shape(document)
            check_kind(document)
        except (Unreadable, UnknownContext, Refused) as error:
            return unreadable(error)
        steps: Steps = [
            ("proof", secured.check_proof),
            ("issuer", secured.check_issuer),
            ("not_before", lambda: _check_not_before(document, self._now)),
            ("expiry", lambda: _check_expiry(document, self._now)),
            ("status", lambda: self._check_status(document)),
        ]
        return take(steps, document)

    def _read(self, text: bytes) -> tuple[Document, Embedded | Enveloped]:
        """Return the badge that the bytes hold, and what shows who secured it."""
        if looks_like_a_token(text):
            document = credential_in(read_token(text)[1])
            return document, Enveloped(document, text, self._resolve)
        document = decode(text)
        return document, self._embedded(document)

    def _embedded(self, document: Document) -> Embedded:
        return Embedded(document, self._resolve, self._now, self._form)

    def _check_status(self, document: Document) -> None:
        """Look the badge up in its issuer's list, itself a signed credential (Bitstring Status List 1.0, 3.2)."""
        for entry in listed(document.get("credentialStatus")):
            if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
                raise Unknown("The badge points to a kind of status that is not read here.")
            url, purpose, index = (
                entry.get(name) for name in ("statusListCredential", "statusPurpose", "statusListIndex")
            )
            require(
                all(isinstance(text, str) for text in (url, purpose, index)) and index.isascii() and index.isdigit(),
                "The status entry is incomplete.",
            )
            if is_set(self._bits(url, purpose, issuer_id(document)), int(index)):
                raise Revoked(f"The issuer set the {purpose} of this badge.")

    def _read_bits(self, url: str, purpose: str, issuer: str | None) -> bytes:
        listing = self._look_up(url)
        if listing is None:
            raise Unknown("The status list is not known here.")
        subject = listing.get("credentialSubject")
        require(
            "BitstringStatusListCredential" in listed(listing.get("type")) and isinstance(subject, dict),
            "The status list is not a status list.",
        )
        require(listing.get("id") == url, "The status list is another one.")
        require(issuer_id(listing) == issuer, "The status list is not the issuer's.")
        require(subject.get("statusPurpose") == purpose, "The status list has another purpose.")
        secured = self._embedded(listing)
        secured.check_proof()
        secured.check_issuer()
        _check_not_before(listing, self._now)
        _check_expiry(listing, self._now)
        return decode_list(subject.get("encodedList"))


def verify(document_bytes: bytes, *, resolve: Resolve, now: datetime, forms: Forms | None = None) -> Verification:
    """Check a 3.0 badge as bytes, a document or a token; never raises for what it is given.

    `resolve` returns the DID document of an issuer, a key, or the credential of a status list; None if it is not known.
    `forms` remembers shapes of earlier badges.
    """
    return Verifier(resolve=resolve, now=now, forms=forms).verify(document_bytes)


def verify_endorsement(document_bytes: bytes, *, resolve: Resolve, now: datetime) -> Verification:
    """Check a 3.0 endorsement in the same way; a badge is none."""
    return Verifier(resolve=resolve, now=now).verify_endorsement(document_bytes)


def _check_shape(document: Document) -> None:
    """Check what every reader relies on, and what the JSON Schema leaves open (7.1, step 1)."""
    require(counted(document, _MOST_VALUES) <= _MOST_VALUES, "The badge has more parts than any badge needs.")
    urls = addresses(document)
    require(
        urls[0] in (CREDENTIALS_V1, CREDENTIALS_V2) and any(url.startswith(_OPEN_BADGES) for url in urls),
        "This is not an Open Badge 3.0: it does not name the contexts of one.",
    )
    require("VerifiableCredential" in listed(document.get("type")), "This is a credential, but not an Open Badge.")
    require(isinstance(document.get("id"), str), "The badge has no id.")
    require(issuer_id(document) is not None, "The badge names no issuer.")


def _check_badge(document: Document) -> None:
    types = listed(document.get("type"))
    require(any(name in types for name in _BADGE_TYPES), "This is a credential, but not an Open Badge.")
    subject = document.get("credentialSubject")
    require(
        isinstance(subject, dict) and isinstance(subject.get("achievement"), dict),
        "The badge names no achievement.",
    )
    require(bool(subject.get("id") or subject.get("identifier")), "The badge names no recipient.")
    achievement = subject["achievement"]
    require(
        all(achievement.get(name) for name in ("id", "name", "description", "criteria")),
        "The achievement lacks its id, name, description or criteria.",
    )


def _check_endorsement(document: Document) -> None:
    """Check what an endorsement says beside who says it (B.1.8, B.1.9)."""
    require("EndorsementCredential" in listed(document.get("type")), "This is a credential, but not an endorsement.")
    subject = document.get("credentialSubject")
    require(
        isinstance(subject, dict) and "EndorsementSubject" in listed(subject.get("type")) and subject.get("id"),
        "The endorsement does not say what it is about.",
    )


def _check_not_before(document: Document, now: datetime) -> None:
    begins = document.get("validFrom", document.get("issuanceDate"))  # the latter in VC 1.1
    if moment(begins) > now:
        raise Refused(f"The badge is valid only from {begins}.")


def _check_expiry(document: Document, now: datetime) -> None:
    ends = document.get("validUntil", document.get("expirationDate"))
    if ends is not None and moment(ends) <= now:
        raise Refused(f"The badge expired at {ends}.")
