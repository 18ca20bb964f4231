"""Certificates that people hand in: a PDF of anybody, opened in a process of its own."""

from badges.openbadges import Unreadable, badge_in
from badges.openbadges.wire import MAX_BYTES
from portal.files.confined import SLOW, run_confined

CREDENTIAL = "credential.json"
READ_SECONDS = 5
_FAULTS = {
    3: f"This PDF carries no badge: no file {CREDENTIAL} is inside.",
    4: "This PDF carries more than one badge, or more than a badge.",
    SLOW: "This PDF takes too long to read.",
}


def is_pdf(content: bytes) -> bool:
    """Tell a PDF from other files."""
    return content.startswith(b"%PDF-")


def credential_in_pdf(content: bytes) -> bytes:
    """Return the signed credential that a PDF carries as an attached file; raise Unreadable with a sentence."""
    child = run_confined("portal.files.attachments", CREDENTIAL, MAX_BYTES, content=content, seconds=READ_SECONDS)
    if child.code:
        raise Unreadable(_FAULTS.get(child.code, "This PDF is broken: it could not be read."))
    return child.output


def badge_inside(content: bytes) -> bytes:
    """Return the badge inside any file or text, papers among them; raise Unreadable where there is none."""
    return badge_in(credential_in_pdf(content) if is_pdf(content) else content)
