"""The steps of a verification in words, one sentence for each way in which each can end."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from badges.openbadges import Check, Outcome

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
STATES = {PASSED: "", FAILED: "failed", UNKNOWN: "unknown"}


def step_in_words(check: Check, *, until: date | None, words: Mapping[tuple[str, Outcome], str]) -> dict:
    """Return a step as pages and machines read it; `words` say otherwise what this kind of document calls otherwise.

    `until` is the last day of the document, None where it has none.
    """
    day = until and date_format(until, "DATE_FORMAT")
    usual = {
        ("readable", PASSED): _("readable"),
        ("readable", FAILED): _("not readable"),
        ("proof", PASSED): _("signature good"),
        ("proof", FAILED): _("signature not good"),
        ("proof", UNKNOWN): _("signature not checked"),
        ("issuer", PASSED): _("issuer known"),
        ("issuer", FAILED): _("issuer not known"),
        ("not_before", PASSED): _("in force"),
        ("not_before", FAILED): _("not in force yet"),
        ("expiry", PASSED): _("valid until %(date)s") % {"date": day} if day else _("valid without end"),
        ("expiry", FAILED): _("expired on %(date)s") % {"date": day} if day else _("expired"),
        ("status", PASSED): _("not revoked"),
        ("status", FAILED): _("revoked"),
        ("status", UNKNOWN): _("not known whether it was revoked"),
    } | dict(words)
    said = usual.get((check.code, check.outcome)) or usual[check.code, FAILED]
    return {"code": check.code, "state": STATES[check.outcome], "text": said, "detail": check.detail}
