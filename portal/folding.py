"""Names as they are compared, so that two spellings that look the same are the same."""

import unicodedata


def folded(name: str) -> str:
    """Return a name without what nobody sees: capitals, wide letters, invisible characters, and how it is spaced."""
    plain = unicodedata.normalize("NFKC", name)
    seen = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())
