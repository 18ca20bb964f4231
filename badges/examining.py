"""A badge or endorsement from anywhere, examined: what it says, whether it holds, and whether its issuer is known."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from badges.foreign import Web
from badges.models import Assertion, Finding, KnownIssuer
from badges.openbadges import (
    KEY_WITHDRAWN,
    Check,
    Outcome,
    State,
    Summary,
    Verification,
    is_address,
    is_credential,
    is_endorsement,
    looks_like_a_token,
    summary_of,
    verify_any,
)
from badges.papers import badge_inside
from badges.published import own_assertion, own_endorsement, own_issuer
from badges.steps import FAILED, PASSED, UNKNOWN, step_in_words
from badges.subjects import ORGANISER, Subject, find
from badges.verdicts import Verdict, words_of_replaced
from portal import clock


@dataclass(frozen=True)
class Endorsed:
    """What an endorsement is about: the address that it names; where that is ours, its title and page as well."""

    address: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Examination:
    """The answer about a badge with its steps in words, what the badge says, and as whom the network knows its issuer.

    `endorsed` is set where it is no badge but an endorsement; `replacing` is the badge that took the place of one of
    ours, where the reader may see it; `troubles` say what could not be read of other sites.
    """

    finding: Finding
    verdict: Verdict
    generation: str
    document: dict
    says: Summary
    known_as: str = ""
    endorsed: Endorsed | None = None
    replacing: Assertion | None = None
    troubles: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        """Whether the badge says what its issuer wrote, be it valid still or not."""
        return self.finding not in (Finding.NOT_VALID, Finding.OPEN)

    @property
    def reasons(self) -> list[str]:
        """Why steps did not end well, in English, for those who make badges."""
        return list(dict.fromkeys(step["detail"] for step in self.verdict.steps if step["state"] and step["detail"]))

    @property
    def for_machines(self) -> dict:
        """The same as JSON."""
        about = {"endorses": {"id": self.endorsed.address, "name": self.endorsed.title}} if self.endorsed else {}
        return {
            "kind": "endorsement" if self.endorsed else "badge",
            "finding": self.finding,
            "generation": self.generation,
            "name": self.says.name,
            "issuer": {"id": self.says.issuer_address, "name": self.says.issuer_name, "known_as": self.known_as},
            **about,
            "results": self.says.results,
            "evidence": self.says.evidence,
            "steps": self.verdict.steps,
            "reasons": [*self.reasons, *self.troubles],
            "summary": f"{self.verdict.title} {self.verdict.detail}".strip(),
        }


def examine(given: bytes, *, by=None) -> Examination:
    """Examine a file, a text or an address; other sites may be asked, against the share of `by`.

    Raises Unreadable where no badge is in it, and NotFetched for an address that cannot be read.
    """
    web = Web(by)
    badge = badge_inside(given)
    if is_address(badge):
        badge = web.badge_at(badge.decode())
    generation = "3.0" if is_credential(badge) else "2.0"
    found = verify_any(badge, resolve=web.document, fetch=web.document, now=clock.now())
    document = found.document or {}
    says = summary_of(document)
    issuer = known_as(says.issuer_address) if is_proven(found) else ""
    finding = _finding(found.state, is_known=bool(issuer))
    endorsed = endorsed_thing(says) if is_endorsement(badge) else None
    ours = own_assertion(says.identifier, says.issuer_address) if finding == Finding.REVOKED else None
    is_hosted = generation == "2.0" and not looks_like_a_token(badge)
    if endorsed:
        said = _words_of_endorsement(finding, is_known=bool(issuer))
        words = _steps_of_endorsement(is_known=bool(issuer))
    else:
        said = _words(finding, is_known=bool(issuer), is_hosted=is_hosted)
        words = _steps_of_badge(is_known=bool(issuer), is_hosted=is_hosted)
    if ours and ours.is_replaced:
        said = words_of_replaced()
    if KEY_WITHDRAWN in [check.detail for check in found.checks]:
        said = (*said[:2], _("Its issuer withdrew the key that signed this copy. Ask the holder for a new copy."))
        words["proof", FAILED] = words["issuer", FAILED] = _("signed with a key that was withdrawn")
    until = says.expires_at and clock.day_named(says.expires_at)
    verdict = Verdict(*said, [step_in_words(check, until=until, words=words) for check in telling(found)])
    replacing = ours and ours.replacement_for(by or AnonymousUser())
    troubles = tuple(web.troubles.values())
    return Examination(finding, verdict, generation, document, says, issuer, endorsed, replacing, troubles)


def is_proven(found: Verification) -> bool:
    """Say whether a badge was signed by whom it names: what it says is otherwise only what somebody wrote."""
    outcomes = {check.code: check.outcome for check in found.checks}
    return outcomes.get("proof") == outcomes.get("issuer") == Outcome.PASSED


def telling(found: Verification) -> list[Check]:
    """Return the steps that tell something: none that comes after a signature that does not hold."""
    checks = list(found.checks)
    failed = [place for place, check in enumerate(checks) if (check.code, check.outcome) == ("proof", Outcome.FAILED)]
    return checks[: failed[0] + 1] if failed else checks


def known_as(address: str) -> str:
    """Return the name under which the network knows an issuer: as verified organiser, or elsewhere; else nothing."""
    if own := own_issuer(address):
        return own.organiser.name if own.organiser.has_mark else ""
    known = KnownIssuer.objects.filter(address=address).first()
    return known.name if known else ""


def endorsed_thing(says: Summary) -> Endorsed:
    """Return what an endorsement is about, with its title and page where it is ours and everybody may see it."""
    thing = own_thing(says)
    return Endorsed(says.endorses, thing.title, thing.url) if thing else Endorsed(says.endorses)


def own_thing(says: Summary) -> Subject | None:
    """Return the thing of this portal that an endorsement is about; None where nobody may see it, or it is no such."""
    if own := own_issuer(says.endorses):
        return find(ORGANISER, own.organiser.key)
    ours = own_endorsement(says.identifier)
    return ours.subject() if ours and ours.address == says.endorses else None


def _finding(state: State, *, is_known: bool) -> Finding:
    if state == State.VERIFIED:
        return Finding.GENUINE if is_known else Finding.ISSUER_UNKNOWN
    return {
        State.EXPIRED: Finding.EXPIRED,
        State.REVOKED: Finding.REVOKED,
        State.INVALID: Finding.NOT_VALID,
        State.UNRESOLVED: Finding.OPEN,
    }[state]


def _words(finding: Finding, *, is_known: bool, is_hosted: bool) -> tuple[str, str, str]:
    unknown = "" if is_known else _("The network does not know the issuer.")
    return {
        Finding.GENUINE: (
            "success",
            _("This badge is genuine."),
            _("The network knows who issued it. Checked just now."),
        ),
        Finding.ISSUER_UNKNOWN: (
            "warning",
            _("This badge stands at the address that it names, but the network does not know the issuer.")
            if is_hosted
            else _("The signature is good, but the network does not know the issuer."),
            _("Nobody changed this badge since it was issued. Whether the issuer is who it says, judge for yourself."),
        ),
        Finding.EXPIRED: ("warning", _("This badge was issued as it says, but its time is over."), unknown),
        Finding.REVOKED: ("danger", _("This badge does not count: its issuer took it back."), unknown),
        Finding.NOT_VALID: ("danger", _("This badge does not hold."), _("Below you see which step it failed.")),
        Finding.OPEN: (
            "warning",
            _("This badge could not be checked completely."),
            _("Below you see which step could not be taken. Where a site did not answer, try again later."),
        ),
    }[finding]


def _words_of_endorsement(finding: Finding, *, is_known: bool) -> tuple[str, str, str]:
    unknown = "" if is_known else _("The network does not know who gave it.")
    return {
        Finding.GENUINE: (
            "success",
            _("This endorsement is genuine."),
            _("The network knows who gave it. Checked just now."),
        ),
        Finding.ISSUER_UNKNOWN: (
            "warning",
            _("The signature is good, but the network does not know who gave this endorsement."),
            _("Nobody changed it since it was given. Whether its giver is who it says, judge for yourself."),
        ),
        Finding.EXPIRED: ("warning", _("This endorsement was given as it says, but its time is over."), unknown),
        Finding.REVOKED: ("danger", _("This endorsement does not count: who gave it took it back."), unknown),
        Finding.NOT_VALID: ("danger", _("This endorsement does not hold."), _("Below you see which step it failed.")),
        Finding.OPEN: (
            "warning",
            _("This endorsement could not be checked completely."),
            _("Below you see which step could not be taken. Where a site did not answer, try again later."),
        ),
    }[finding]


def _steps_of_badge(*, is_known: bool, is_hosted: bool) -> dict:
    issued = _("issued by whom it names, whom the network knows") if is_known else _("issued by whom it names")
    words = {
        ("readable", FAILED): _("not readable as a badge"),
        ("issuer", PASSED): issued,
        ("issuer", FAILED): _("not issued by whom it names"),
        ("issuer", UNKNOWN): _("issuer not found"),
    }
    if is_hosted:
        words["proof", PASSED] = _("says the same at its own address")
        words["proof", FAILED] = _("does not stand like this at its own address")
        words["proof", UNKNOWN] = _("its own address could not be read")
    return words


def _steps_of_endorsement(*, is_known: bool) -> dict:
    given = _("given by whom it names, whom the network knows") if is_known else _("given by whom it names")
    return {
        ("readable", FAILED): _("not readable as an endorsement"),
        ("issuer", PASSED): given,
        ("issuer", FAILED): _("not given by whom it names"),
        ("issuer", UNKNOWN): _("its giver was not found"),
        ("status", PASSED): _("not taken back"),
        ("status", FAILED): _("taken back"),
        ("status", UNKNOWN): _("not known whether it was taken back"),
    }
