"""The one form of an e-mail address by which a badge finds its person."""

import unicodedata
from functools import lru_cache

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST = 254  # as mail knows it (RFC 5321), and as the columns are wide
NOT_LATIN = _("This address contains the letter “%(letter)s”, which is not Latin.")
ACCENTED = _("This address contains the letter “%(letter)s”. Before the @, only plain Latin letters can stand.")


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


def check_letters(address: str) -> None:
    """Want an address without letters that look right and are not; raises ValidationError with one that names it."""
    if letter := odd_letter(address):
        raise ValidationError(NOT_LATIN if is_foreign(letter) else ACCENTED, params={"letter": letter})
    validate_email(address)


def odd_letter(address: str) -> str:
    """Return the first letter that alone keeps a text from being an address; empty when there is none."""
    local, at, domain = unicodedata.normalize("NFC", address).rpartition("@")
    odd = [sign for sign in local if sign.isalpha() and not sign.isascii()]
    if not odd:
        return ""
    plain = "".join("a" if sign in odd else sign for sign in local)
    try:
        validate_email(canonical(f"{plain}{at}{domain}"))
    except (ValueError, ValidationError):
        return ""
    return odd[0]


def is_foreign(letter: str) -> bool:
    """Say whether a letter belongs to another alphabet than the Latin one."""
    return not unicodedata.name(letter, "").startswith("LATIN")


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


def mailbox(address: str) -> str:
    """Return where the mail to a canonical address arrives, without the +tag that its owner may choose freely."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def in_mailbox(addresses, field: str = "email") -> Q:
    """Return the condition that mail to an address of a row arrives in the mailbox of one of these addresses."""
    found = Q(pk__in=[])
    for local, _at, domain in {mailbox(address).rpartition("@") for address in addresses}:
        tagged = {f"{field}__startswith": f"{local}+", f"{field}__endswith": f"@{domain}"}
        found |= Q(**{field: f"{local}@{domain}"}) | Q(**tagged)
    return found


def look_alike(address: str) -> str:
    """Return a stronger folding (NFKC, case folded) that only flags addresses which look the same."""
    return unicodedata.normalize("NFKC", address).casefold().strip()


def masked(address: str) -> str:
    """Return an address that its owner recognises and nobody else learns."""
    local, _at, domain = address.rpartition("@")
    return f"{local[0]}…@{domain}"
