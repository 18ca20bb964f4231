"""What can be endorsed: each app registers the kinds of things that it has, so that a lower app need not know them.

A kind is an object with `label`, `find(key)`, `of(organiser)` and `pin(subject)`; see `Kind`.
"""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.utils.module_loading import import_string

ORGANISER, BADGE, ASSERTION = "organiser", "badge", "assertion"

_paths: dict[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing that everybody may look at, of an organiser; a badge that somebody holds is its holder's as well.

    `says` changes with what the thing says, so that nobody endorses other words than they read.
    """

    kind: str
    key: UUID
    organiser: Any
    title: str
    url: str
    assertion: Any = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """What a credential names: an address, and the version of a badge where there are versions."""

    address: str
    badge_version: Any = None


class Kind(Protocol):
    """A kind of thing that can be endorsed."""

    label: str

    def find(self, key: UUID) -> Subject | None:
        """Return the thing that everybody may look at now, else None."""

    def of(self, organiser) -> list[Subject]:
        """Return the things of an organiser among which it chooses."""

    def pin(self, subject: Subject) -> Pinned:
        """Return what an endorsement of a thing names, made where it is not there yet."""


def register(kind: str, path: str) -> None:
    """Let things of a kind be endorsed, as the object at the dotted `path` finds them."""
    _paths[kind] = path


def kinds() -> dict[str, Kind]:
    """Return the kinds by name, in the order of registration."""
    return {kind: import_string(path) for kind, path in _paths.items()}


def find(kind: str, key: UUID) -> Subject | None:
    """Return a thing that can be endorsed now; None where there is none."""
    known = kinds().get(kind)
    return known.find(key) if known else None
