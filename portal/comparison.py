"""What changed between two versions of a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """Some words of a text that changed: kept, added or gone."""

    kind: str
    words: str


def word_changes(before: str, after: str) -> list[Piece]:
    """Return a text word by word as it changed; the pieces that are kept or added make the new one."""
    old, new = WORD.findall(before), WORD.findall(after)
    pieces = []
    for kind, from_1, to_1, from_2, to_2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("kept", "".join(new[from_2:to_2])))
            continue
        for side, words in [("gone", old[from_1:to_1]), ("added", new[from_2:to_2])]:
            if words:
                pieces.append(Piece(side, "".join(words)))
    return pieces


def changed_rows(before: dict[str, str], now: dict[str, str]) -> list[tuple[str, list[Piece]]]:
    """Return what changed between two versions of several texts, word by word, by the names of the texts."""
    return [
        (name, word_changes(before.get(name, ""), now.get(name, "")))
        for name in dict.fromkeys([*now, *before])
        if before.get(name, "") != now.get(name, "")
    ]
