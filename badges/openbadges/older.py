"""Is this badge of an older generation real? Open Badges 1.x and 2.x, hosted at an address or signed as a token."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from .checks import Refused, Revoked, Steps, Unknown, Verification, listed, require, take, unreadable
from .tokens import looks_like_a_token, read_token, verify_token
from .wire import Document, Unreadable, decode, moment

Fetch = Callable[[str], Document | None]


@dataclass(slots=True)
class _Badge:
    """An assertion with what it leads to, as far as that was read."""

    given: Document
    fetch: Fetch
    token: bytes | None = None
    issuer: Document = field(default_factory=dict)
    taken_back: str = ""

    def read(self, named: Any, what: str) -> Document:
        """Return the document at an address; one that stands in the place of its address is fetched from there too.

        What has no address of its own counts as it stands: then it speaks for the place where it stands.
        """
        if isinstance(named, dict) and not _is_address(named.get("id")):
            return named
        return self.read_at(named, what)

    def read_at(self, named: Any, what: str) -> Document:
        """Return the document at an address, and nothing that whoever wrote the badge put in its place."""
        address = named.get("id") if isinstance(named, dict) else named
        require(_is_address(address), f"The {what} has no address.")
        found = self.fetch(address)
        if found is None:
            raise Unknown(f"The {what} could not be read at {address}.")
        require(found.get("id", address) == address, f"At the address of the {what} stands another one.")
        return {**found, "id": address}

    def check_proof(self) -> None:
        """Check that the badge stands at its own address and says the same there, or that its signature holds."""
        if self.token is not None:
            return
        address = _address(self.given)
        require(address is not None, "The badge names no address at which it can be checked.")
        served = self.fetch(address)
        if served is None:
            raise Unknown(f"The badge could not be read at {address}.")
        if served.get("revoked") is True:
            self.taken_back = str(served.get("revocationReason") or "The issuer took the badge back.")
            return
        require(_address(served) == address, "At the badge's address stands another one.")
        for name in ("recipient", "badge"):
            require(served.get(name) == self.given.get(name), "The badge says another thing than its address does.")
        self.given |= served

    def check_issuer(self) -> None:
        """Check that badge class and issuer can be read, and that the badge, or its key, is the issuer's own."""
        if self.taken_back and "badge" not in self.given:
            return
        badge_class = self.read(self.given.get("badge"), "badge class")
        # A token stands nowhere: only what the issuer publishes says who that is.
        read = self.read if self.token is None else self.read_at
        self.issuer = read(badge_class.get("issuer"), "issuer")
        require(bool(badge_class.get("name") and self.issuer.get("name")), "The badge or its issuer has no name.")
        profile = self.issuer.get("id") or badge_class.get("id") or _address(self.given)
        require(_is_address(profile), "The issuer has no address.")
        self.given["badge"] = {**badge_class, "issuer": {**self.issuer, "id": profile}}
        if self.token is not None:
            self._check_signature(profile)
        else:
            require(self._may_stand(profile), "The badge does not stand on the site of its issuer.")

    def _may_stand(self, profile: str) -> bool:
        address = _address(self.given) or ""
        policy = self.issuer.get("verification")
        policy = policy if isinstance(policy, dict) else {}
        if any(isinstance(start, str) and address.startswith(start) for start in listed(policy.get("startsWith"))):
            return True
        origins = [item for item in listed(policy.get("allowedOrigins")) if isinstance(item, str)]
        host = urlsplit(address).netloc
        return host == urlsplit(profile).netloc or host in [urlsplit(item).netloc or item for item in origins]

    def _check_signature(self, profile: str) -> None:
        named = _verification(self.given)
        key = self.read_at(named.get("creator", named.get("url")), "key")
        require(isinstance(key.get("publicKeyPem"), str), "The key is not published as it should be.")
        require(key.get("owner", profile) == profile, "The key is not the issuer's.")
        owned = [item.get("id") if isinstance(item, dict) else item for item in listed(self.issuer.get("publicKey"))]
        # Issuers of 1.x name no keys: theirs stand on their own site.
        beside = not owned and urlsplit(key["id"]).netloc == urlsplit(profile).netloc
        require(beside or key["id"] in owned, "The issuer does not name this key.")
        try:
            public = load_pem_public_key(key["publicKeyPem"].encode())
            verify_token(self.token or b"", RSAKey.import_key(public).as_dict(private=False))
        except (ValueError, TypeError, UnsupportedAlgorithm, JoseError) as error:
            raise Refused(f"The key does not fit: {error}") from None

    def check_not_before(self, now: datetime) -> None:
        if self.taken_back and "issuedOn" not in self.given:
            return
        issued = _moment(self.given.get("issuedOn"))
        require(issued is not None, "The badge does not say when it was issued.")
        require(issued <= now, "The badge is dated in the future.")

    def check_expiry(self, now: datetime) -> None:
        ends = _moment(self.given.get("expires"))
        require(ends is None or ends > now, f"The badge expired at {self.given.get('expires')}.")

    def check_status(self) -> None:
        """Look a signed badge up in its issuer's list; a hosted one is not served any more."""
        if self.taken_back:
            raise Revoked(self.taken_back)
        if self.token is None or "revocationList" not in self.issuer:
            return
        listing = self.read(self.issuer["revocationList"], "list of revoked badges")
        names = [name for name in (self.given.get("id"), self.given.get("uid")) if isinstance(name, str)]
        gone = listing.get("revokedAssertions")
        for item in listed(gone) if gone is not None else listing:
            if (item.get("id", item.get("uid")) if isinstance(item, dict) else item) in names:
                raise Revoked("The issuer lists the badge as revoked.")


def verify_older(given: bytes, *, fetch: Fetch, now: datetime) -> Verification:
    """Check a 1.x or 2.x badge: its JSON, its token, or the address where it stands; never raises for what it is given.

    `fetch` returns the document at an address, `{"revoked": true}` for one that is gone, and None for what cannot be
    read. The document of the answer is the assertion with badge class and issuer in the places of their addresses.
    """
    try:
        badge = _read(given, fetch)
    except (Unreadable, Refused) as error:
        return unreadable(error)
    steps: Steps = [
        ("proof", badge.check_proof),
        ("issuer", badge.check_issuer),
        ("not_before", lambda: badge.check_not_before(now)),
        ("expiry", lambda: badge.check_expiry(now)),
        ("status", badge.check_status),
    ]
    return take(steps, badge.given)


def _read(given: bytes, fetch: Fetch) -> _Badge:
    """Return the badge that was given, itself or by its address."""
    text = given.strip()
    if text.startswith((b"http://", b"https://")):
        address = text.decode("ascii", "replace")
        found = fetch(address)
        if found is None:
            raise Refused(f"The badge could not be read at {address}.")
        badge = _Badge({"id": address, **found}, fetch)
    elif looks_like_a_token(text):
        badge = _Badge(read_token(text)[1], fetch, token=text)
    else:
        badge = _Badge(decode(text), fetch)
    require(badge.given.get("revoked") is True or "badge" in badge.given, "This is not an Open Badge.")
    return badge


def _verification(assertion: Document) -> Document:
    found = assertion.get("verification", assertion.get("verify"))
    return found if isinstance(found, dict) else {}


def _address(assertion: Document) -> str | None:
    return next(
        (name for name in (assertion.get("id"), _verification(assertion).get("url")) if _is_address(name)), None
    )


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _moment(value: Any) -> datetime | None:
    """Read a date of 2.x, or one of 1.x in seconds; raise ValueError for anything else."""
    if value is None:
        return None
    if isinstance(value, (int, float)) or (isinstance(value, str) and value.isdecimal()):
        try:
            return datetime.fromtimestamp(int(value), UTC)
        except (OverflowError, OSError):
            raise ValueError(f"{value} is not a time.") from None
    return moment(value)
