"""A badge from anywhere, examined: what it says, whether it holds, and whether the network knows who issued it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from badges.foreign import Web
from badges.models import KnownIssuer
from badges.openbadges import Outcome, State, badge_in, is_address, is_credential, moment, verify_any
from badges.published import own_issuer
from badges.verdicts import Verdict
from portal import clock


class Answer(StrEnum):
    """What a reader is told, for programs."""

    GENUINE = "genuine"
    ISSUER_UNKNOWN = "issuer-unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_VALID = "not-valid"
    OPEN = "open"


@dataclass(frozen=True)
class Examination:
    """The answer about a badge with its steps in words, and what the badge says of itself: texts of strangers."""

    answer: Answer
    verdict: Verdict
    generation: str
    name: str = ""
    description: str = ""
    issuer_name: str = ""
    issuer_address: str = ""
    known_as: str = ""
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    troubles: tuple[str, ...] = ()

    @property
    def reasons(self) -> list[str]:
        """Why steps did not end well, in English, for those who make badges."""
        return list(dict.fromkeys(step["detail"] for step in self.verdict.steps if step["state"] and step["detail"]))

    @property
    def for_machines(self) -> dict:
        """The same as JSON."""
        return {
            "answer": self.answer,
            "generation": self.generation,
            "name": self.name,
            "issuer": {"id": self.issuer_address, "name": self.issuer_name, "known_as": self.known_as},
            "steps": self.verdict.steps,
            "reasons": [*self.reasons, *self.troubles],
            "summary": f"{self.verdict.title} {self.verdict.detail}".strip(),
        }


def examine(given: bytes, *, by=None) -> Examination:
    """Examine a file, a text or an address; other sites may be asked, against the share of `by`.

    Raises Unreadable where no badge is in it, and NotFetched for an address that cannot be read.
    """
    web = Web(by)
    badge = badge_in(given)
    if is_address(badge):
        badge = web.badge_at(badge.decode())
    generation = "3.0" if is_credential(badge) else "2.0"
    found = verify_any(badge, resolve=web.document, fetch=web.document, now=clock.now())
    said = (_said_by_credential if generation == "3.0" else _said_by_older)(found.document or {})
    issuer = known_as(said.get("issuer_address", ""))
    answer = _answer(found.state, is_known=bool(issuer))
    steps = [_step(check, is_known=bool(issuer), ends=said.get("expires_at")) for check in found.checks]
    return Examination(
        answer,
        Verdict(*_words(answer), steps),
        generation,
        known_as=issuer,
        troubles=tuple(web.troubles.values()),
        **said,
    )


def known_as(address: str) -> str:
    """Return the name under which the network knows an issuer: as verified organiser, or elsewhere; else nothing."""
    if own := own_issuer(address):
        return own.organiser.name if own.organiser.has_mark else ""
    known = KnownIssuer.objects.filter(address=address).first()
    return known.name if known else ""


def _answer(state: State, *, is_known: bool) -> Answer:
    if state == State.VERIFIED:
        return Answer.GENUINE if is_known else Answer.ISSUER_UNKNOWN
    return {
        State.EXPIRED: Answer.EXPIRED,
        State.REVOKED: Answer.REVOKED,
        State.INVALID: Answer.NOT_VALID,
        State.UNRESOLVED: Answer.OPEN,
    }[state]


def _words(answer: Answer) -> tuple[str, str, str]:
    return {
        Answer.GENUINE: (
            "success",
            _("This badge is genuine."),
            _("The network knows who issued it. Checked just now."),
        ),
        Answer.ISSUER_UNKNOWN: (
            "warning",
            _("The signature is good, but the network does not know the issuer."),
            _("Nobody changed this badge since it was issued. Whether the issuer is who it says, judge for yourself."),
        ),
        Answer.EXPIRED: ("warning", _("This badge was issued as it says, but its time is over."), ""),
        Answer.REVOKED: ("danger", _("This badge does not count: its issuer took it back."), ""),
        Answer.NOT_VALID: ("danger", _("This badge does not hold."), _("Below you see which step it failed.")),
        Answer.OPEN: (
            "warning",
            _("This badge could not be checked completely."),
            _("Something that it leads to could not be read. Try again later."),
        ),
    }[answer]


def _step(check, *, is_known: bool, ends: datetime | None) -> dict:
    day = ends and date_format(localtime(ends), "DATE_FORMAT")
    words = {
        "readable": (_("readable"), _("not readable as a badge")),
        "proof": (_("signature good"), _("signature not good")),
        "issuer": (
            _("issued by whom it names, whom the network knows") if is_known else _("issued by whom it names"),
            _("not issued by whom it names"),
        ),
        "not_before": (_("in force"), _("not in force yet")),
        "expiry": (
            _("valid until %(date)s") % {"date": day} if day else _("valid without end"),
            _("expired on %(date)s") % {"date": day},
        ),
        "status": (_("not revoked"), _("revoked")),
    }[check.code]
    unknown = {
        "proof": _("signature not checked"),
        "issuer": _("issuer not found"),
        "status": _("not known whether it was revoked"),
    }
    said = words[check.outcome != Outcome.PASSED]
    if check.outcome == Outcome.UNKNOWN:
        said = unknown.get(check.code, said)
    state = {Outcome.PASSED: "", Outcome.FAILED: "failed", Outcome.UNKNOWN: "unknown"}[check.outcome]
    return {"code": check.code, "state": state, "text": said, "detail": check.detail}


def _said_by_credential(document: dict) -> dict:
    subject = _object(document.get("credentialSubject"))
    achievement, issuer = _object(subject.get("achievement")), document.get("issuer")
    profile = _object(issuer)
    return {
        "name": _text(achievement.get("name")) or _text(document.get("name")),
        "description": _text(achievement.get("description")),
        "issuer_name": _text(profile.get("name")),
        "issuer_address": _text(profile.get("id")) or _text(issuer),
        "issued_at": _moment(document.get("validFrom", document.get("issuanceDate"))),
        "expires_at": _moment(document.get("validUntil", document.get("expirationDate"))),
    }


def _said_by_older(document: dict) -> dict:
    badge = _object(document.get("badge"))
    issuer = _object(badge.get("issuer"))
    return {
        "name": _text(badge.get("name")),
        "description": _text(badge.get("description")),
        "issuer_name": _text(issuer.get("name")),
        "issuer_address": _text(issuer.get("id")),
        "issued_at": _moment(document.get("issuedOn")),
        "expires_at": _moment(document.get("expires")),
    }


def _object(value) -> dict:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else {}


def _text(value) -> str:
    """Return a text; of one in several languages the first."""
    if isinstance(value, dict):
        value = value.get("@value") or next(iter(value.values()), "")
    return value[:500] if isinstance(value, str) else ""


def _moment(value) -> datetime | None:
    try:
        return moment(value)
    except ValueError:
        return None
