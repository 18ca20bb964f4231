"""The one form of an e-mail address by which a badge finds its person."""

import unicodedata
from functools import lru_cache

import idna


def canonical(address: str) -> str:
    """Return the address as it is compared, stored and hashed: NFC, lower case, IDNA domain.

    Raises ValueError when it cannot be an address.
    """
    local, _at, domain = unicodedata.normalize("NFC", address).strip().rpartition("@")
    if not local or not domain:
        raise ValueError(f"not an address: {address!r}")
    return f"{local.lower()}@{_ascii(domain)}"


@lru_cache(maxsize=4096)
def _ascii(domain):
    try:
        return idna.encode(domain.lower(), uts46=True).decode()
    except idna.IDNAError as fault:
        raise ValueError(f"not a domain: {domain!r}") from fault


def look_alike(address: str) -> str:
    """Return a stronger folding (NFKC, case folded) that only flags addresses which look the same."""
    return unicodedata.normalize("NFKC", address).casefold().strip()
