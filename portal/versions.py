"""Versions by which processes know that what they keep is out of date: renewed with a change, for all at once."""

import uuid
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction

PUBLISHED = "published"  # what lists and pages say of published pages, cities, organisers and their labels
PARTS = 5000  # that a process keeps at most

_parts: dict[tuple, tuple[str, Any]] = {}


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
    """Return what `make` makes of what is published; this process makes it once until something of that changes."""
    version = version_of(PUBLISHED)
    if not version:
        return make()
    if (kept := _parts.get(name)) and kept[0] == version:
        return kept[1]
    made = make()
    if len(_parts) >= PARTS:
        _parts.clear()
    _parts[name] = (version, made)
    return made


@cache
def _renewer(name: str):
    return partial(_renew, name)


def _renew(name: str) -> None:
    caches["pages"].set(name, uuid.uuid4().hex, None)
