"""How a check of a foreign document ends, and what all checks look at."""

from typing import Any

from .wire import Document


class Refused(Exception):
    """A check failed: the message is its detail."""


class Unknown(Exception):
    """A check could not be made: the message is its detail."""


class Revoked(Exception):
    """The issuer took the badge back."""


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
