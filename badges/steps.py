"""The steps of a verification in words, one sentence for each way in which each can end."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from badges.openbadges import Check, Outcome

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
STATES = {PASSED: "", FAILED: "failed", UNKNOWN: "unknown"}


USUAL = {
    ("readable", PASSED): _("readable"),
    ("readable", FAILED): _("not readable"),
    ("proof", PASSED): _("signature good"),
    ("proof", FAILED): _("signature not good"),
    ("proof", UNKNOWN): _("signature not checked"),
    ("issuer", PASSED): _("issuer known"),
    ("issuer", FAILED): _("issuer not known"),
    ("not_before", PASSED): _("in force"),
    ("not_before", FAILED): _("not in force yet"),
    ("expiry", PASSED): _("valid without end"),
    ("expiry", FAILED): _("expired"),
    ("status", PASSED): _("not revoked"),
    ("status", FAILED): _("revoked"),
    ("status", UNKNOWN): _("not known whether it was revoked"),
}
DATED = {
    ("expiry", PASSED): _("valid until %(date)s"),
    ("expiry", FAILED): _("expired on %(date)s"),
}


def step_in_words(check: Check, *, until: date | None, words: Mapping[tuple[str, Outcome], str]) -> dict:
    """Return a step as pages and machines read it; `words` say otherwise what this kind of document calls otherwise.

    `until` is the last day of the document, None where it has none.
    """
    known = USUAL | (DATED if until else {}) | dict(words)
    said = str(known.get((check.code, check.outcome)) or known[check.code, FAILED])
    if until:
        said %= {"date": date_format(until, "DATE_FORMAT")}
    return {"code": check.code, "state": STATES[check.outcome], "text": said, "detail": check.detail}
