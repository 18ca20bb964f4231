"""Whether a badge of this portal holds, in words, computed from its signed bytes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from badges.documents import token_of, tokens_of
from badges.models import Assertion, Attestation, IssuerKey, StatusList
from badges.openbadges import Forms, Outcome, State, Verification, verify, verify_endorsement
from badges.published import own_document
from badges.steps import FAILED, PASSED, UNKNOWN, step_in_words
from portal import clock

_OWN_FORMS = Forms()  # of what this portal signed


@dataclass(frozen=True)
class Verdict:
    """The answer and its steps as the page shows them."""

    tone: str
    title: str
    detail: str
    steps: list[dict]


def verdict_on(assertion: Assertion, credential: str) -> Verdict:
    """Verify the signed bytes of a badge against what its issuer publishes here, now."""
    found = verify(credential.encode(), resolve=own_document, now=clock.now(), forms=_OWN_FORMS)
    tone, title, detail = answer(found.state, assertion)
    words = words_for(assertion)
    steps = [step_in_words(check, until=assertion.last_day, words=words) for check in found.checks]
    return Verdict(tone, title, detail, steps)


def answer(state: State, assertion: Assertion) -> tuple[str, str, str]:
    """Return tone, title and detail of a state."""
    if assertion.is_replaced:
        return words_of_replaced()
    if assertion.is_revoked:
        return "danger", _("This badge was taken back."), assertion.revocation_reason
    return {
        State.VERIFIED: ("success", _("This badge is genuine."), _("Checked just now.")),
        State.UNRESOLVED: ("warning", _("This badge could not be checked completely."), _("Try again in a moment.")),
        State.INVALID: ("danger", _("This badge does not hold."), _("Its signature does not fit what it says.")),
        State.REVOKED: ("danger", _("This badge was taken back."), ""),
        State.EXPIRED: ("warning", _("This badge is genuine, but its time is over."), ""),
    }[state]


def words_of_replaced() -> tuple[str, str, str]:
    """Return tone, title and detail of a badge in whose place a corrected one stands."""
    return "danger", _("This badge does not count any more."), _("It was corrected: another badge replaces it.")


def words_for(assertion: Assertion) -> dict:
    """Return what the steps of a badge of ours say otherwise: one that cannot be looked up may be revoked already."""
    return {("status", FAILED): _("revoked") if assertion.is_revoked else _("not known whether it was revoked")}


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
    words = _words_of(row)
    return Verdict(tone, title, detail, [step_in_words(one, until=row.last_day, words=words) for one in found.checks])


def _words_of(row: Attestation) -> dict:
    if row.status_list.purpose != StatusList.Purpose.REVOCATION:
        gone = _("suspended or taken back")
        return {("status", PASSED): _("not suspended"), ("status", FAILED): gone, ("status", UNKNOWN): gone}
    gone = _("withdrawn") if row.withdrawn_at else _("not known whether it was withdrawn")
    return {("status", PASSED): _("not withdrawn"), ("status", FAILED): gone, ("status", UNKNOWN): gone}
