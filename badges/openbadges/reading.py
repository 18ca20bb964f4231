"""Whatever somebody hands in: a picture, a drawing, a document, a token or an address, and the badge inside."""

from datetime import datetime

from .baking import OPEN_BADGES_2, OPEN_BADGES_3, BakingError, unbake_png
from .checks import Verification, listed
from .drawings import unbake_svg
from .older import Fetch, verify_older
from .securing import Resolve
from .tokens import credential_in, looks_like_a_token, read_token
from .verification import verify, verify_endorsement
from .wire import MAX_BYTES, Document, Unreadable, decode, is_address

_PNG = b"\x89PNG\r\n\x1a\n"
_MARK = b"\xef\xbb\xbf"


def badge_in(given: bytes) -> bytes:
    """Return the badge inside a file or text: a document, a token or an address; raise Unreadable where there is none.

    Of a picture that carries both generations it is the newer.
    """
    if len(given) > 10 * MAX_BYTES:
        raise Unreadable("This is too large for a badge.")
    if given.startswith(_PNG):
        return _baked(given, unbake_png)
    text = given.removeprefix(_MARK).strip()
    if text.startswith(b"<"):
        return _baked(text, unbake_svg)
    if is_address(text):
        scheme, colon, rest = text.partition(b":")
        return scheme.lower() + colon + rest
    if text.startswith(b"{") or looks_like_a_token(text):
        return text
    raise Unreadable("This is neither a picture nor a document nor an address of a badge.")


def _baked(picture: bytes, unbake) -> bytes:
    try:
        found = unbake(picture)
    except BakingError as error:
        raise Unreadable(str(error)) from error
    for keyword in (OPEN_BADGES_3, OPEN_BADGES_2):
        if keyword in found:
            return found[keyword].strip()
    raise Unreadable("This picture holds no badge.")


def is_credential(badge: bytes) -> bool:
    """Tell a 3.0 badge from an older one; raise Unreadable for what is neither document nor token nor address."""
    if is_address(badge):
        return False
    document = read_token(badge)[1] if looks_like_a_token(badge) else decode(badge)
    return _speaks_of_credentials(document) or isinstance(document.get("vc"), dict)


def _speaks_of_credentials(document: Document) -> bool:
    return "credentialSubject" in document or "VerifiableCredential" in str(document.get("type"))


def is_endorsement(badge: bytes) -> bool:
    """Tell an endorsement from a badge; raise Unreadable for what is neither document nor token nor address."""
    if not is_credential(badge):
        return False
    document = credential_in(read_token(badge)[1]) if looks_like_a_token(badge) else decode(badge)
    return "EndorsementCredential" in listed(document.get("type"))


def verify_any(badge: bytes, *, resolve: Resolve, fetch: Fetch, now: datetime) -> Verification:
    """Check a badge or an endorsement of any generation as `badge_in` returns it; raise Unreadable for what is none."""
    if is_endorsement(badge):
        return verify_endorsement(badge, resolve=resolve, now=now)
    if is_credential(badge):
        return verify(badge, resolve=resolve, now=now)
    return verify_older(badge, fetch=fetch, now=now)
