"""Whom a badge is for: an e-mail address behind a salted hash (OB 3.0 IdentityObject, OB 2.0 IdentityObject)."""

import hashlib
import hmac
import secrets
from typing import Any

_ALGORITHMS = ("sha256", "md5")


def new_salt() -> str:
    """Return a fresh salt; each assertion has its own, so that two badges cannot be told to be one person's."""
    return secrets.token_urlsafe(16)


def identity_hash(email: str, salt: str) -> str:
    """Return `sha256$` and the hex digest of the lower-cased address with the salt APPENDED (OB 3.0, IdentityHash)."""
    return _hashed("sha256", email.strip().lower(), salt)


def matches(identity: dict[str, Any], email: str) -> bool:
    """Tell whether `identity`, of a 3.0 or a 2.0 badge, means `email`.

    The standards do not fold case, so the address is tried as written and in lower case.
    """
    if identity.get("identityType", identity.get("type")) not in ("emailAddress", "email"):
        return False
    claimed = identity.get("identityHash", identity.get("identity"))
    salt = identity.get("salt", "")
    if not isinstance(claimed, str) or not isinstance(salt, str):
        return False
    written = email.strip()
    if identity.get("hashed") is not True:
        return hmac.compare_digest(claimed.strip().lower().encode(), written.lower().encode())
    algorithm = claimed.partition("$")[0]
    return algorithm in _ALGORITHMS and any(
        hmac.compare_digest(claimed.lower().encode(), _hashed(algorithm, address, salt).encode())
        for address in (written.lower(), written)
    )


def _hashed(algorithm: str, address: str, salt: str) -> str:
    digest = hashlib.new(algorithm, (address + salt).encode(), usedforsecurity=False)
    return f"{algorithm}${digest.hexdigest()}"
