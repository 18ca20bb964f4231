"""Which column of a list holds what: by the words of its header, else by what stands in it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from badges.sheets.words import WHOLE_OR_PART, WORDS

ADDRESS = re.compile(r"[^\s<>@,;:\"()]{1,64}@[^\s<>@,;:\"()]{1,250}\.[^\s<>@,;:\"().]{2,63}")
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
NAME = re.compile(r"\A[^\W\d_]+(?:[ .'’-]+[^\W\d_]+){1,5}\.?\Z")
FOLDED = str.maketrans({"ł": "l", "đ": "d", "ı": "i", "ø": "o", "ß": "ss"})
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
LOOKED_AT = 400  # letters of a cell; more would only cost time
OTHER_PART = {"first_name": "last_name", "last_name": "first_name"}


def fold(word: str) -> str:
    """Return a header word without accents, signs and capitals, so that “E-mail *” is “e mail”."""
    word = unicodedata.normalize("NFKD", BRACKETS.sub(" ", word[:LOOKED_AT])).casefold().translate(FOLDED)
    word = "".join(letter if letter.isalnum() else " " for letter in word if not unicodedata.combining(letter))
    return " ".join(word.split())


MEANING = {fold(word): field for field, by in WORDS.items() for words in by.values() for word in words}
AMBIGUOUS = {fold(word): part for part, words in WHOLE_OR_PART.items() for word in words}
MAIL_STEMS = ("email", "e mail", "epast", "el past", "e post", "imejl", "correo electronico", "correu electronic")


def meaning(word: str) -> str:
    """Return the field that a header word names; empty when none."""
    folded = fold(word)
    if folded in AMBIGUOUS:
        return "name"
    if folded in MEANING:
        return MEANING[folded]
    return "email" if len(folded) < 60 and any(stem in folded for stem in MAIL_STEMS) else ""


def is_header(cells: Iterable[str]) -> bool:
    """Tell whether a line names a column of addresses."""
    return any(meaning(cell) == "email" for cell in cells if cell and "@" not in cell)


def has_address(cells: Iterable[str]) -> bool:
    """Tell whether an e-mail address stands in a line."""
    return any("@" in cell and ADDRESS.search(cell[:LOOKED_AT]) for cell in cells)


def guess_columns(
    header: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
    remembered: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Return field → index of the column; `remembered` says header → field (or empty), as chosen the last time."""
    chosen = {fold(word): field for word, field in (remembered or {}).items()}
    columns: dict[str, int] = {}
    ambiguous: dict[str, int] = {}
    ignored = set()
    for index, word in enumerate(header):
        folded = fold(word)
        if folded in chosen:
            columns.setdefault(chosen[folded], index)
            ignored.add(index)
        elif folded in AMBIGUOUS:
            ambiguous.setdefault(folded, index)
        elif field := meaning(word):
            columns.setdefault(field, index)
    columns.pop("", None)
    for folded, index in ambiguous.items():
        part = AMBIGUOUS[folded]
        columns.setdefault(part if OTHER_PART[part] in columns else "name", index)
    sample = [cells for _number, cells in rows[:200]]
    addresses = _fullest(sample, range(len(header)), ADDRESS)
    if addresses is not None and not _holds(sample, columns.get("email"), ADDRESS):
        columns = {field: index for field, index in columns.items() if index != addresses} | {"email": addresses}
    if not any(meaning(word) for word in header):
        for field, pattern in (("evidence", LINK), ("name", NAME)):
            free = [index for index in range(len(header)) if index not in {*columns.values(), *ignored}]
            if (index := _fullest(sample, free, pattern)) is not None:
                columns.setdefault(field, index)
    return columns


def _holds(sample, index, pattern):
    return index is not None and any(pattern.search(cells[index][:LOOKED_AT]) for cells in sample)


def _fullest(sample, indexes, pattern):
    """Return the column in which the pattern is found most often, if at least in half of its filled cells."""
    found, filled = Counter(), Counter()
    for cells in sample:
        for index in indexes:
            if cells[index]:
                filled[index] += 1
                found[index] += bool(pattern.search(cells[index][:LOOKED_AT]))
    likely = [index for index in indexes if found[index] and found[index] * 2 >= filled[index]]
    return max(likely, key=lambda index: found[index], default=None)
