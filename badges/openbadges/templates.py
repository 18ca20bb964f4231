"""Signing at speed: a credential is canonicalised once for its shape, then only the texts that differ are put in.

All badges of a batch have the same few shapes. What the full algorithm would say of the next badge follows from what it
said of the first: the quads are the same but for the texts, and the labels of nameless nodes follow the hashes of their
quads (RDFC-1.0, 4.4.3). Where that is not so, a template says nothing, and the full algorithm decides.
"""

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from .credentials import achievement_credential, outline, written_out
from .facts import Award
from .proofs import Signer, canonical
from .wire import Document, encode

log = logging.getLogger(__name__)

_SETTLED = {"@context", "type"}
_LABEL = re.compile(r"^_:c14n\d+|_:c14n\d+(?=(?: _:c14n\d+)? \.$)")
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*"
_PLAIN_IRI = re.compile(
    rf"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d{{1,5}})?(?:/{_CHARACTER})?(?:\?{_CHARACTER})?(?:\#{_CHARACTER})?"
    rf"|urn:uuid:[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"
    rf"|did:[a-z0-9]+:[A-Za-z0-9._:-]+",
    re.ASCII,
)
_json_string = json.JSONEncoder(ensure_ascii=False).encode


class BatchSigner:
    """Signs awards with one Signer, each to the very bytes that `Signer.sign` gives for its credential.

    The first badge of a shape is signed in full; a template is used only when it gives the same bytes for that one.
    """

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._firsts: dict[tuple[Any, ...], tuple[list[str], bytes]] = {}
        self._templates: dict[tuple[Any, ...], Template | None] = {}

    def sign(self, award: Award) -> bytes:
        """Return the signed credential of `award` as exact bytes; raise LintError for what may not be signed."""
        draft = outline(award)
        shape, texts = take_apart(draft)
        if shape not in self._firsts:
            signed = self._sign_in_full(award)
            self._firsts[shape] = texts, signed
            return signed
        if shape not in self._templates:
            self._templates[shape] = self._proven(Template(draft), *self._firsts[shape])
        template = self._templates[shape]
        return (template and self._fill(template, texts)) or self._sign_in_full(award)

    def _sign_in_full(self, award: Award) -> bytes:
        return self._signer.sign(achievement_credential(award))

    def _fill(self, template: "Template", texts: Sequence[str]) -> bytes | None:
        form = template.canonical(texts)
        return form and self._signer.seal(template.written(texts), form, template.context)

    def _proven(self, template: "Template", texts: Sequence[str], signed: bytes) -> "Template | None":
        filled = self._fill(template, texts)
        if filled not in (None, signed):
            log.error("a template gave other bytes than the full algorithm; all badges of its shape are signed in full")
        return template if filled == signed else None


class Template:
    """One shape of credential, ready for the texts of any badge that has it: as N-Quads and as JSON.

    The texts are plain ones, in the order of `take_apart`.
    """

    def __init__(self, draft: Document) -> None:
        self.context: list[str] = draft["@context"]
        # A mark made from the draft's own digest: no text in the draft can contain it.
        mark = f"urn:text:{hashlib.sha256(repr(draft).encode()).hexdigest()}:"
        text = re.compile(f"{mark}([0-9]+);")
        marked = written_out(_marked(draft, mark, count()))
        self._written = re.sub(f'"{text.pattern}"', r"%(\1)s", encode(marked).decode().replace("%", "%%"))

        quads = [quad.replace("%", "%%") for quad in canonical(marked).decode().split("\n")[:-1]]
        self._addresses = [int(number) for number in re.findall(f"<{text.pattern}>", "\n".join(quads))]
        quads = [text.sub(r"%(\1)s", quad) for quad in quads]
        changing = [quad for quad in quads if "%(" in quad or _LABEL.search(quad)]
        self._same = [quad % {} for quad in quads if quad not in changing]
        self._changing = "\n".join(_LABEL.sub(r"%(\g<0>)s", quad) for quad in changing)
        self._nodes = {
            label: _seen_from(label, quads) for label in {label for quad in changing for label in _LABEL.findall(quad)}
        }
        self._hashes = {label: _first_degree(view % {}) for label, view in self._nodes.items() if "%(" not in view}

    def canonical(self, texts: Sequence[str]) -> bytes | None:
        """Return the RDFC-1.0 form with `texts` in place; None when only the full algorithm can tell it.

        That is when two nameless nodes look alike at first sight, or an address is not of the plainest kind.
        """
        if not all(_PLAIN_IRI.fullmatch(texts[number]) for number in self._addresses):
            return None
        terms = {str(number): _escaped(text) for number, text in enumerate(texts)}
        hashes = {label: self._hashes.get(label) or _first_degree(view % terms) for label, view in self._nodes.items()}
        if len(set(hashes.values())) < len(hashes):
            return None
        for number, label in enumerate(sorted(hashes, key=hashes.__getitem__)):
            terms[label] = f"_:c14n{number}"
        quads = {*self._same, *(self._changing % terms).split("\n")}
        return ("\n".join(sorted(quads)) + "\n").encode()

    def written(self, texts: Sequence[str]) -> bytes:
        """Return the unsigned document with `texts` in place, as `encode` would write it."""
        return (self._written % {str(number): _json_string(text) for number, text in enumerate(texts)}).encode()


def take_apart(draft: Document) -> tuple[tuple[Any, ...], list[str]]:
    """Part an outline into its shape, which can be compared, and its texts, in their order."""
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
            if key in _SETTLED:
                shape.append(str(member))
            else:
                _walk(member, shape, texts)
    elif kind is list:
        shape.append(len(value))
        for member in value:
            _walk(member, shape, texts)
    else:
        shape.append(value)


def _marked(value: Any, mark: str, numbers: Iterator[int]) -> Any:
    """Return `value` with each text replaced by a numbered mark, in the order of `take_apart`."""
    if isinstance(value, str):
        return f"{mark}{next(numbers)};"
    if isinstance(value, dict):
        return {key: member if key in _SETTLED else _marked(member, mark, numbers) for key, member in value.items()}
    if isinstance(value, list):
        return [_marked(member, mark, numbers) for member in value]
    return value


def _seen_from(label: str, quads: list[str]) -> str:
    """Return the quads of one nameless node as it sees them: itself `_:a`, every other `_:z` (RDFC-1.0, 4.6.3)."""
    return "\n".join(
        _LABEL.sub(lambda found: "_:a" if found[0] == label else "_:z", quad)
        for quad in quads
        if label in _LABEL.findall(quad)
    )


def _first_degree(view: str) -> str:
    """Return the hash of a node's own quads (RDFC-1.0, 4.6.3, Hash First Degree Quads)."""
    return hashlib.sha256("".join(f"{quad}\n" for quad in sorted(set(view.split("\n")))).encode()).hexdigest()


def _escaped(text: str) -> str:
    """Write plain text as canonical N-Quads does (RDFC-1.0, 5)."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
