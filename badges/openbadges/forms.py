"""The canonical form of a document, told from what the full algorithm said of another one of its shape.

The quads of two documents of a shape are the same but for the texts, and the labels of nameless nodes follow the hashes
of their quads (RDFC-1.0, 4.4.3). Where that is not so, nothing is told, and the full algorithm decides.
"""

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from .lint import uncovered
from .proofs import canonical, covered
from .wire import Document, has_control_characters, moment

Shape = tuple[Any, ...]

REMEMBERED = 64  # shapes; those of a portal are a dozen
LARGEST = 50_000  # characters of a shape that is remembered; a full badge's is a tenth of that

_SETTLED = ("type", "proofPurpose")  # their texts are names that contexts give a meaning

_LABEL = r'^_:c14n\d+|_:c14n\d+(?=(?: _:c14n\d+| <[^<>" ]*>)? \.$)'
_CHARACTERS = r"[A-Za-z0-9._~!$&'()*+,;=:@/-]*"
_REST = rf"{_CHARACTERS}(?:%[0-9A-Fa-f]{{2}}{_CHARACTERS})*"
_PLAIN_IRI = re.compile(
    rf"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d{{1,5}})?(?:/{_REST})?(?:\?{_REST})?(?:\#{_REST})?"
    rf"|urn:uuid:[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"
    r"|did:[a-z0-9]+:[A-Za-z0-9._:-]+(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._:-]+)*(?:#[A-Za-z0-9._-]+)?",
    re.ASCII,
)

# Plain text between quotes: JSON and canonical N-Quads (RDFC-1.0, 5) escape the same four characters alike.
quoted = encode_basestring


class Untold(ValueError):
    """What documents of a shape say does not follow from their texts in a way that is known here."""


class Slotted:
    """A text with slots for values; `places` says where among the values that of each slot stands."""

    def __init__(self, text: str, slot: re.Pattern[str], places: Mapping[str, int]) -> None:
        chosen = [places[found] for found in slot.findall(text)]
        self._pick = itemgetter(*chosen) if len(chosen) > 1 else lambda values: tuple(values[one] for one in chosen)
        self._format = "%s".join(part.replace("%", "%%") for part in slot.split(text))
        self.places = frozenset(chosen)

    def filled(self, values: Sequence[str]) -> str:
        """Return the text with values in its slots."""
        return self._format % self._pick(values)


class Form:
    """The canonical form of a document whose texts are marks, with a slot for each text and for each label.

    The texts are plain ones, in the order of `take_apart`.
    """

    def __init__(self, marked: Document, mark: str, count: int) -> None:
        quads = canonical(marked).decode()[:-1]
        labels = sorted(set(re.findall(_LABEL, quads, re.MULTILINE)))
        marks = [f"{mark}{number};" for number in range(count)]
        values = [*(f'"{each}"' for each in marks), *marks, *labels]
        places = {value: place for place, value in enumerate(values)}
        text = rf'(?<= )"{mark}\d+;"(?=[ @^])|(?<=<){mark}\d+;(?=> )'
        self._quads = Slotted(quads, re.compile(f"{text}|{_LABEL}", re.MULTILINE), places)
        views = [Slotted(_seen_from(label, quads.split("\n")), re.compile(text), places) for label in labels]
        self._nodes = [(view, None if view.places else _first_degree(view.filled(values))) for view in views]
        self._addresses = [place - count for place in self._quads.places if count <= place < 2 * count]
        if mark in re.sub(text, "", quads):
            raise Untold

    def canonical(self, texts: Sequence[str]) -> bytes | None:
        """Return the RDFC-1.0 form with `texts` in place; None when only the full algorithm can tell it.

        That is when two nameless nodes look alike at first sight, or an address is not of the plainest kind.
        """
        if not all(_PLAIN_IRI.fullmatch(texts[number]) for number in self._addresses):
            return None
        values = [*map(quoted, texts), *texts]
        hashes = [fixed or _first_degree(view.filled(values)) for view, fixed in self._nodes]
        ranks = {digest: rank for rank, digest in enumerate(sorted(hashes))}
        if len(ranks) < len(hashes):
            return None
        values += [f"_:c14n{ranks[digest]}" for digest in hashes]
        return _sorted(self._quads.filled(values)).encode()


class Forms:
    """Canonical forms of many documents, each as `covered` gives it, sooner from the third of a shape on.

    It remembers shapes and no texts, and not more shapes than a portal has. Threads may share one.
    """

    def __init__(self) -> None:
        self._seen: dict[Shape, _Seen] = {}

    def covered(self, document: Document) -> bytes:
        """Return the canonical form of a document; raise ProofError if a signature over it would not cover all."""
        shape, texts = take_apart(document)
        seen = self._seen.get(shape)
        if seen and seen.told:
            return seen.told.form(texts) or covered(document)
        form = covered(document)
        if seen is None:
            self._remember(shape)
        elif not seen.is_tried:
            seen.is_tried, seen.told = True, _proven(document, texts, form)
        return form

    def _remember(self, shape: Shape) -> None:
        if len(repr(shape)) <= LARGEST:
            if len(self._seen) >= REMEMBERED:
                self._seen.pop(next(iter(tuple(self._seen))), None)
            self._seen[shape] = _Seen()


@dataclass(slots=True)
class _Seen:
    """A shape that was seen, and what it tells if that was tried."""

    told: "_Told | None" = None
    is_tried: bool = False


class _Told:
    """What one shape tells: its form, and which of its texts must be moments."""

    def __init__(self, document: Document) -> None:
        marked, mark, count = marked_texts(document)
        faults = [re.search(rf"{mark}(\d+);", fault) for fault in uncovered(marked)]
        if not all(faults):
            raise Untold
        self._moments = [int(fault[1]) for fault in faults]
        self._form = Form(marked, mark, count)

    def form(self, texts: Sequence[str]) -> bytes | None:
        """Return the canonical form with `texts` in place; None when only the full algorithm can tell it."""
        if has_control_characters("".join(texts)):
            return None
        try:
            for number in self._moments:
                moment(texts[number])
        except ValueError:
            return None
        return self._form.canonical(texts)


def _proven(document: Document, texts: Sequence[str], form: bytes) -> _Told | None:
    """Return what the shape of a document tells, if that is its own form."""
    try:
        told = _Told(document)
    except (ValueError, SyntaxError):
        return None
    return told if told.form(texts) == form else None


def take_apart(draft: Document) -> tuple[Shape, list[str]]:
    """Part a document into its shape, which can be compared, and its texts, in their order.

    Two of one shape have the same members in the same order, and the same in them but for texts. Types, and whatever
    begins with @, belong to the shape: they decide how contexts read the rest.
    """
    shape: list[Any] = []
    texts: list[str] = []
    _walk(draft, shape, texts)
    return tuple(shape), texts


def _walk(value: Any, shape: list[Any], texts: list[str]) -> None:
    kind = type(value)
    shape.append(kind)
    if kind is str:
        texts.append(value)
    elif kind is dict:
        shape.append(len(value))
        for key, member in value.items():
            shape.append(key)
            if _is_settled(key):
                shape.append(repr(member))
            else:
                _walk(member, shape, texts)
    elif kind is list:
        shape.append(len(value))
        for member in value:
            _walk(member, shape, texts)
    else:
        shape.append(repr(value) if kind is float else value)  # for 0.0 == -0.0


def marked_texts(draft: Document) -> tuple[Document, str, int]:
    """Return a document with each text replaced by a mark, how marks begin, and how many there are.

    They are numbered in the order of `take_apart`.
    """
    # Made from the draft's own digest: no text in the draft can contain it.
    mark = f"urn:text:{hashlib.sha256(repr(draft).encode()).hexdigest()}:"
    numbers = itertools.count()
    return _marked(draft, mark, numbers), mark, next(numbers)


def _marked(value: Any, mark: str, numbers: Iterator[int]) -> Any:
    if isinstance(value, str):
        return f"{mark}{next(numbers)};"
    if isinstance(value, dict):
        return {key: part if _is_settled(key) else _marked(part, mark, numbers) for key, part in value.items()}
    if isinstance(value, list):
        return [_marked(part, mark, numbers) for part in value]
    return value


def _is_settled(key: str) -> bool:
    return key in _SETTLED or key.startswith("@")


def _seen_from(label: str, quads: list[str]) -> str:
    """Return the quads of one nameless node as it sees them: itself `_:a`, every other `_:z` (RDFC-1.0, 4.6.3)."""
    return "\n".join(
        re.sub(_LABEL, lambda found: "_:a" if found[0] == label else "_:z", quad)
        for quad in quads
        if label in re.findall(_LABEL, quad)
    )


def _first_degree(view: str) -> str:
    """Return the hash of a node's own quads (RDFC-1.0, 4.6.3, Hash First Degree Quads)."""
    return hashlib.sha256(_sorted(view).encode()).hexdigest()


def _sorted(quads: str) -> str:
    return "\n".join(dict.fromkeys(sorted(quads.split("\n")))) + "\n"
