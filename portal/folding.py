"""Names as they are compared, so that two spellings that look the same are the same."""

import re
import unicodedata

# control characters but line breaks and tabs, what is no character, and signs that turn what follows around
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_STROKES = str.maketrans("łŁøØđĐħĦıŋ", "lLoOdDhHin")  # letters that are not made of another one and a mark


def folded(name: str) -> str:
    """Return a name without what nobody sees: capitals, wide letters, invisible characters, and how it is spaced."""
    plain = unicodedata.normalize("NFKC", name)
    seen = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())


def unmarked(text: str) -> str:
    """Return a text without accents and other marks, as many type names; capitals stay."""
    plain = unicodedata.normalize("NFKD", text).translate(_STROKES)
    return "".join(letter for letter in plain if unicodedata.category(letter) not in {"Mn", "Cf"})


def printable(text: str) -> str:
    """Return a text without what nobody sees and what spoils the words around it, as letters and papers need it."""
    return _UNSEEN.sub("", text)


def spellings(text: str) -> str:
    """Return a text as people search in it: folded, and once more without accents where it has some."""
    plain = folded(text)
    bare = unmarked(plain)
    return plain if bare == plain else f"{plain}\n{bare}"
