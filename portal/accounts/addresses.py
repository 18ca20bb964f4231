"""The one form of an e-mail address by which a badge finds its person."""

import unicodedata
from functools import lru_cache

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 254  # as mail knows it (RFC 5321), and as the columns are wide


class AddressTooLong(ValueError):
    """An address has more than 254 characters, as typed or in its canonical form."""


def canonical(address: str) -> str:
    """Return the address as it is compared, stored and hashed: NFC, lower case, IDNA domain.

    Raises ValueError when it cannot be an address, AddressTooLong when it is one that no column holds.
    """
    local, _at, domain = unicodedata.normalize("NFC", _of_sane_length(address.strip())).rpartition("@")
    if not local or not domain:
        raise ValueError(f"not an address: {address!r}")
    return _of_sane_length(f"{local.lower()}@{_ascii(domain)}")


def checked(address: str) -> str:
    """Return the canonical form of an address that somebody typed; raises ValidationError with a sentence for them."""
    try:
        return canonical(address)
    except AddressTooLong as fault:
        raise ValidationError(_("An e-mail address has at most 254 characters.")) from fault
    except ValueError as fault:
        raise ValidationError(_("This does not look like an e-mail address.")) from fault


def _of_sane_length(address):
    if len(address) > LONGEST:
        raise AddressTooLong(f"{len(address)} characters")
    return address


@lru_cache(maxsize=4096)
def _ascii(domain):
    try:
        return idna.encode(domain.lower(), uts46=True).decode()
    except idna.IDNAError as fault:
        raise ValueError(f"not a domain: {domain!r}") from fault


def look_alike(address: str) -> str:
    """Return a stronger folding (NFKC, case folded) that only flags addresses which look the same."""
    return unicodedata.normalize("NFKC", address).casefold().strip()
