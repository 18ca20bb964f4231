"""The steps of a verification, how each ends, and the answer that follows."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .wire import Document

Steps = list[tuple[str, Callable[[], None]]]


class Outcome(StrEnum):
    """How a check ended; `unknown` means that something needed was not at hand."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class State(StrEnum):
    """The answer in one word; `unresolved` means we cannot say, for the issuer or its list is not known here."""

    VERIFIED = "verified"
    UNRESOLVED = "unresolved"
    INVALID = "invalid"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Check:
    """One step of the verification: `code` for programs, `detail` for people."""

    code: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, in order, the answer that follows, and the document that was read (None if unreadable)."""

    state: State
    checks: tuple[Check, ...]
    document: Document | None = None


class Refused(Exception):
    """A check failed: the message is its detail."""


class Unknown(Exception):
    """A check could not be made: the message is its detail."""


class Revoked(Exception):
    """The issuer took the badge back."""


def take(steps: Steps, document: Document) -> Verification:
    """Take the steps of a verification, each whatever became of the others, and return the answer."""
    checks, revoked = [Check("readable", Outcome.PASSED)], False
    for code, step in steps:
        try:
            step()
            checks.append(Check(code, Outcome.PASSED))
        except Unknown as error:
            checks.append(Check(code, Outcome.UNKNOWN, str(error)))
        except Revoked as error:
            revoked = True
            checks.append(Check(code, Outcome.FAILED, str(error)))
        except (Refused, ValueError) as error:
            checks.append(Check(code, Outcome.FAILED, str(error)))
    return Verification(_state(checks, revoked=revoked), tuple(checks), document)


def unreadable(why: Exception) -> Verification:
    """Return the answer for what is not a badge at all."""
    return Verification(State.INVALID, (Check("readable", Outcome.FAILED, str(why)),))


def _state(checks: list[Check], *, revoked: bool) -> State:
    outcomes = {check.code: check.outcome for check in checks}
    failed = {code for code, outcome in outcomes.items() if outcome is Outcome.FAILED}
    if failed - {"expiry"} - ({"status"} if revoked else set()):
        return State.INVALID
    if Outcome.UNKNOWN in (outcomes["proof"], outcomes["issuer"]):
        return State.UNRESOLVED  # an unproven badge is neither revoked nor expired: it may never have been one
    if revoked:
        return State.REVOKED
    if "expiry" in failed:
        return State.EXPIRED
    return State.UNRESOLVED if Outcome.UNKNOWN in outcomes.values() else State.VERIFIED


def issuer_id(document: Document) -> str | None:
    issuer = document.get("issuer")
    name = issuer.get("id") if isinstance(issuer, dict) else issuer
    return name if isinstance(name, str) else None


def absolute(name: Any, owner: str | None) -> Any:
    return f"{owner}{name}" if isinstance(name, str) and name.startswith("#") else name


def listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def require(holds: Any, otherwise: str) -> None:
    if not holds:
        raise Refused(otherwise)
