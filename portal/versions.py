"""Versions by which processes know that what they keep is out of date: renewed with a change, for all of them.

A thread goes by the version it read for SEEN_FOR: less than the way to a reader, and a busy page reads it rarely.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable
from functools import cache, partial
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from django.core.cache import caches
from django.db import connection, transaction

PUBLISHED = "published"  # what lists and pages say of published pages, cities, organisers and their labels
SEEN_FOR = 0.05  # seconds
PARTS = 500  # of a kind that a process keeps at most

_seen: WeakKeyDictionary = WeakKeyDictionary()  # by store, of which each thread has its own
_parts: dict[str, dict[tuple, tuple[str, Any]]] = defaultdict(dict)


def version_of(name: str) -> str:
    """Return the version under which something is kept; the empty text where nothing is to be kept."""
    store = caches["pages"]
    seen, now = _seen.setdefault(store, {}), monotonic()
    since, version = seen.get(name, (0.0, ""))
    if version and now - since < SEEN_FOR:
        return version
    if (version := store.get(name)) is None:
        store.add(name, uuid.uuid4().hex, None)
        version = store.get(name) or ""
    seen[name] = (now, version)
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
    store = caches["pages"]
    store.set(name, uuid.uuid4().hex, None)
    _seen.pop(store, None)
