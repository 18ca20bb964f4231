"""Signing at speed: a credential is canonicalised once for its shape, then only the texts that differ are put in."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .credentials import achievement_credential, outline, written_out
from .facts import Award
from .forms import Form, Shape, Slotted, marked_texts, quoted, take_apart
from .proofs import Signer
from .wire import Document, encode

log = logging.getLogger(__name__)


class BatchSigner:
    """Signs awards with one Signer, each to the very bytes that `Signer.sign` gives for its credential.

    The first badge of a shape is signed in full; a template is used only when it gives the same bytes for that one.
    """

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._firsts: dict[Shape, _First] = {}

    def sign(self, award: Award) -> bytes:
        """Return the signed credential of `award` as exact bytes; raise LintError for what may not be signed."""
        draft = outline(award)
        shape, texts = take_apart(draft)
        first = self._firsts.get(shape)
        if first is None:
            signed = self._sign_in_full(award)
            self._firsts[shape] = _First(texts, signed)
            return signed
        if not first.is_judged:
            first.template, first.is_judged = self._proven(Template(draft), first), True
        return (first.template and self._fill(first.template, texts)) or self._sign_in_full(award)

    def _sign_in_full(self, award: Award) -> bytes:
        return self._signer.sign(achievement_credential(award))

    def _fill(self, template: "Template", texts: Sequence[str]) -> bytes | None:
        form = template.canonical(texts)
        return form and self._signer.seal(template.written(texts), form, template.context)

    def _proven(self, template: "Template", first: "_First") -> "Template | None":
        filled = self._fill(template, first.texts)
        if filled not in (None, first.signed):
            log.error("a template gave other bytes than the full algorithm; all badges of its shape are signed in full")
        return template if filled == first.signed else None


@dataclass(slots=True)
class _First:
    """The first badge of a shape, and the template that gave the same bytes for it."""

    texts: list[str]
    signed: bytes
    template: "Template | None" = None
    is_judged: bool = False


class Template:
    """One shape of credential, ready for the texts of any badge that has it: as N-Quads and as JSON.

    The texts are plain ones, in the order of `take_apart`.
    """

    def __init__(self, draft: Document) -> None:
        self.context: list[str] = draft["@context"]
        marked, mark, count = marked_texts(draft)
        document = written_out(marked)
        places = {f'"{mark}{number};"': number for number in range(count)}
        self._written = Slotted(encode(document).decode(), re.compile(rf'"{mark}\d+;"'), places)
        self.canonical = Form(document, mark, count).canonical

    def written(self, texts: Sequence[str]) -> bytes:
        """Return the unsigned document with `texts` in place, as `encode` would write it."""
        return self._written.filled([*map(quoted, texts)]).encode()
