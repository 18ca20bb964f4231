"""Versions by which processes know that what they keep is out of date: renewed with a change, for all at once."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction

PUBLISHED = "published"  # what lists and pages say of published pages, cities, organisers and their labels
PARTS = 500  # of a kind that a process keeps at most

_parts: dict[str, dict[tuple, tuple[str, Any]]] = defaultdict(dict)


def version_of(name: str) -> str:
    """Return the version under which something is kept; the empty text where nothing is to be kept."""
    store = caches["pages"]
    if (version := store.get(name)) is None:
        store.add(name, uuid.uuid4().hex, None)
        version = store.get(name) or ""
    return version


def renew(name: str) -> None:
    """Make all that is kept under a name out of date, once the present transaction has committed."""
    renewer = _renewer(name)
    if not any(entry[1] is renewer for entry in connection.run_on_commit):
        transaction.on_commit(renewer)


def kept_part(name: tuple, make: Callable[[], Any]) -> Any:
    """Return what `make` makes of what is published; this process makes it once until something of that changes.

    A name begins with the kind. What is kept is the same for every reader, and nobody changes it.
    """
    version = version_of(PUBLISHED)
    if not version:
        return make()
    parts = _parts[name[0]]
    if (kept := parts.get(name)) and kept[0] == version:
        return kept[1]
    made = make()
    if len(parts) >= PARTS:
        parts.clear()
    parts[name] = (version, made)
    return made


@cache
def _renewer(name: str):
    return partial(_renew, name)


def _renew(name: str) -> None:
    caches["pages"].set(name, uuid.uuid4().hex, None)
