"""Whether a badge of this portal holds, in words, computed from its signed bytes."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from badges.documents import token_of, tokens_of
from badges.models import Assertion, Attestation, IssuerKey, StatusList
from badges.openbadges import Outcome, State, Verification, verify, verify_endorsement
from badges.published import own_document
from portal import clock


@dataclass(frozen=True)
class Verdict:
    """The answer and its steps as the page shows them."""

    tone: str
    title: str
    detail: str
    steps: list[dict]


def verdict_on(assertion: Assertion, credential: str) -> Verdict:
    """Verify the signed bytes of a badge against what its issuer publishes here, now."""
    found = verify(credential.encode(), resolve=own_document, now=clock.now())
    tone, title, detail = answer(found.state, assertion)
    return Verdict(tone, title, detail, [step(check, assertion) for check in found.checks])


def answer(state: State, assertion: Assertion) -> tuple[str, str, str]:
    """Return tone, title and detail of a state."""
    if assertion.superseded_by_id:
        return "danger", _("This badge does not count any more."), _("It was corrected: another badge replaces it.")
    if assertion.is_revoked:
        return "danger", _("This badge was taken back."), assertion.revocation_reason
    return {
        State.VERIFIED: ("success", _("This badge is genuine."), _("Checked just now.")),
        State.UNRESOLVED: ("warning", _("This badge could not be checked completely."), _("Try again in a moment.")),
        State.INVALID: ("danger", _("This badge does not hold."), _("Its signature does not fit what it says.")),
        State.REVOKED: ("danger", _("This badge was taken back."), ""),
        State.EXPIRED: ("warning", _("This badge is genuine, but its time is over."), ""),
    }[state]


def step(check, assertion: Assertion) -> dict:
    """Return one step in words."""
    passed = check.outcome == Outcome.PASSED
    expires = assertion.last_day and date_format(assertion.last_day, "DATE_FORMAT")
    words = {
        "readable": (_("readable"), _("not readable")),
        "proof": (_("signature good"), _("signature not good")),
        "issuer": (_("issuer known"), _("issuer not known")),
        "not_before": (_("in force"), _("not in force yet")),
        "expiry": (
            _("valid until %(date)s") % {"date": expires} if expires else _("valid without end"),
            _("expired on %(date)s") % {"date": expires},
        ),
        "status": (_("not revoked"), _("revoked") if assertion.is_revoked else _("not known whether it was revoked")),
    }[check.code]
    state = {Outcome.PASSED: "", Outcome.FAILED: "failed", Outcome.UNKNOWN: "unknown"}[check.outcome]
    return {"text": words[0] if passed else words[1], "state": state}


def verified(row: Attestation, form: bytes) -> Verification:
    """Verify one form of a statement against what its issuer publishes here, now."""
    check = verify_endorsement if row.kind == Attestation.Kind.ENDORSEMENT else verify
    return check(form, resolve=own_document, now=clock.now())


def refuse_faulty(row: Attestation, token_key: IssuerKey) -> None:
    """Raise ValueError unless both forms of a new statement hold; its status list may wait to be signed (anew)."""
    for form in [row.body.encode(), token_of(row.body, tokens_of(token_key))]:
        found = verified(row, form)
        doubtful = {check.code for check in found.checks if check.outcome != Outcome.PASSED}
        if doubtful - {"status"} or found.state is State.REVOKED:
            raise ValueError(f"The statement {row.key} does not hold: {found.checks}.")


def verdict_on_attestation(row: Attestation) -> Verdict:
    """Verify the signed bytes of a statement about an organiser against what its issuer publishes here, now."""
    found = verified(row, row.body.encode())
    tone, title, detail = {
        State.VERIFIED: ("success", _("This credential is genuine."), _("Checked just now.")),
        State.UNRESOLVED: ("warning", _("This credential could not be checked completely."), _("Try again soon.")),
        State.INVALID: ("danger", _("This credential does not hold."), _("Its signature does not fit what it says.")),
        State.REVOKED: ("danger", _("This credential is genuine, but suspended."), ""),
        State.EXPIRED: ("warning", _("This credential is genuine, but its time is over."), ""),
    }[found.state]
    if row.withdrawn_at:
        tone, title, detail = "danger", _("This credential was taken back."), ""
    return Verdict(tone, title, detail, [_step_of(check, row) for check in found.checks])


def _step_of(check, row) -> dict:
    until = row.last_day and date_format(row.last_day, "DATE_FORMAT")
    lasting = row.status_list.purpose == StatusList.Purpose.REVOCATION
    good, bad = {
        "readable": (_("readable"), _("not readable")),
        "proof": (_("signature good"), _("signature not good")),
        "issuer": (_("issuer known"), _("issuer not known")),
        "not_before": (_("in force"), _("not in force yet")),
        "expiry": (
            _("valid until %(date)s") % {"date": until} if until else _("valid without end"),
            _("expired on %(date)s") % {"date": until},
        ),
        "status": (_("not withdrawn"), _("withdrawn") if row.withdrawn_at else _("not known whether it was withdrawn"))
        if lasting
        else (_("not suspended"), _("suspended or taken back")),
    }[check.code]
    state = {Outcome.PASSED: "", Outcome.FAILED: "failed", Outcome.UNKNOWN: "unknown"}[check.outcome]
    return {"text": good if check.outcome == Outcome.PASSED else bad, "state": state}
