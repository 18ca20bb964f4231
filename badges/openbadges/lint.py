"""What a document must be before it is signed, and what must hold for a signature to cover all of it.

JSON-LD silently drops members that no context defines and resolves relative addresses; a signature over such a
document says less than its reader sees. We walk the document as the contexts read it (JSON-LD 1.1 API, 5.1,
type-scoped and property-scoped contexts included) and name every place where something would be lost.
"""

import re
from collections.abc import Iterator
from typing import Any

from .contexts import addresses, definitions
from .wire import Document, has_control_characters, is_empty, moment

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\x7f]+')
_DATE_TIMES = ("xsd:dateTime", "http://www.w3.org/2001/XMLSchema#dateTime")
_LARGEST_INTEGER = 2**53 - 1

Terms = dict[str, Any]


class LintError(ValueError):
    """The document may not be signed; `faults` are sentences that say where and why."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


def lint(document: Document) -> None:
    """Raise LintError unless every part of `document` is well formed and would be signed."""
    if faults := uncovered(document) + list(_untidy(document, "document")):
        raise LintError(faults)


def uncovered(document: Document) -> list[str]:
    """Return a sentence for each part of `document` that a signature would not cover (JSON-LD "safe mode")."""
    terms: Terms = {}
    for url in addresses(document):
        terms = terms | _terms(definitions(url))
    members = {key: value for key, value in document.items() if key != "@context"}
    return list(_node(members, terms, "document"))


def _node(node: Document, outer: Terms, place: str) -> Iterator[str]:
    if "@context" in node:  # a credential inside another one brings its own
        for url in addresses(node):
            outer = outer | _terms(definitions(url))
    types = node.get("type", [])
    types = types if isinstance(types, list) else [types]
    terms = outer
    for name in sorted(name for name in types if isinstance(name, str)):
        if "@context" in (scoped := _definition(outer, name)):
            terms = terms | _terms(scoped["@context"])
    for name in types:
        if not isinstance(name, str) or not (_definition(outer, name) or _IRI.fullmatch(name)):
            yield f"{place}: the type {name!r} is defined by no context."
    for key, value in node.items():
        here = f"{place}.{key}"
        if key == "id":
            yield from _iri(value, here)
        elif key not in ("type", "@context") and not (definition := _definition(terms, key)):
            yield f"{here}: no context defines this term."
        elif key not in ("type", "@context"):
            inner = outer | _terms(definition.get("@context"))
            yield from _value(value, definition.get("@type"), inner, here)


def _value(value: Any, kind: str | None, terms: Terms, place: str) -> Iterator[str]:
    if kind == "@json" or value is None:
        return
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield from _node(item, terms, place)
        elif isinstance(item, list):
            yield f"{place}: a list inside a list is not allowed."
        elif kind == "@id" or (kind == "@vocab" and not _definition(terms, str(item))):
            yield from _iri(item, place)
        elif isinstance(item, int) and abs(item) > _LARGEST_INTEGER:
            yield f"{place}: the number is too large for every reader to see it alike."
        elif kind in _DATE_TIMES:
            yield from _moment(item, place)


def _untidy(value: Any, place: str) -> Iterator[str]:
    if is_empty(value):
        yield f"{place}: is empty and must be left out."
    elif isinstance(value, str) and has_control_characters(value):
        yield f"{place}: holds a control character."
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _untidy(member, f"{place}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from _untidy(item, place)


def _iri(value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, str) or not _IRI.fullmatch(value):
        yield f"{place}: {value!r} is not an absolute address."


def _moment(value: Any, place: str) -> Iterator[str]:
    try:
        moment(value)
    except ValueError as error:
        yield f"{place}: {error}"


def _definition(terms: Terms, name: str) -> Terms:
    definition = terms.get(name)
    return {"@id": definition} if isinstance(definition, str) else definition or {}


def _terms(context: Terms | None) -> Terms:
    return {term: definition for term, definition in (context or {}).items() if not term.startswith("@")}
