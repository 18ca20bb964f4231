"""Guessing the encoding of a text that does not say it, by the letters of our languages."""

import re
from itertools import islice

from badges.sheets.unusable import Unusable

MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
LETTERS = {
    "cp1257": ["ąčęėįšųūž"],
    "cp1250": ["ąćęłńóśźż", "ăâîșțşţ", "čšžćđ"],
    "cp1252": ["àèéìòù", "áéíóúüñ¿¡", "éëïöüáóè", "àçéèíïóòúü·", "âêîôûŵŷ"],
    "cp1251": ["абвгдежзијклљмнњопрстћуфхцчџшђ"],
    "iso8859-2": ["ąćęłńóśźż", "čšžćđ"],
}
NAMES = {
    "cp1257": "Windows-1257",
    "cp1250": "Windows-1250",
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "iso8859-2": "ISO 8859-2",
}
WORDS = re.compile(r"[^\x00-@[-`{-\x7f]+")
# What words do not do: capitals inside, Latin beside Cyrillic, ñ before a consonant, ń and è beside a vowel.
ODD = re.compile(
    r"(?<=[a-z])[^\W\d_a-zа-џ\u00df-\u024f]|[a-z][а-џ]|[а-џ][a-z]"
    r"|ñ(?![aeiouáéíóú])|ń(?=[aeiou])|è(?=[aeiou])|(?<=[aeiou])è|[\x80-\x9f]"
)


def decode(content: bytes) -> tuple[str, list]:
    """Return the text, and a note when its encoding was guessed."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding), []
    if encoding := _wide(content):
        return _strictly(content, encoding), [["encoding", {"encoding": "UTF-16"}]]
    try:
        return content.decode(), []
    except UnicodeDecodeError:
        encoding, text = guess(content)
        return text, [["encoding", {"encoding": NAMES[encoding]}]]


def _strictly(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise Unusable("encoding") from fault


def _wide(content):
    """Tell UTF-16 without a mark by the zeros in every other place."""
    head = content[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(content) % 2 or max(even, odd) * 4 < len(head):
        return ""
    if not even:
        return "utf-16-le"
    return "" if odd else "utf-16-be"


def guess(content: bytes) -> tuple[str, str]:
    """Return the likeliest single-byte encoding and the text read in it; the earlier one wins a tie."""
    read = {}
    for encoding in LETTERS:
        try:
            read[encoding] = content.decode(encoding)
        except UnicodeDecodeError:
            continue
    if not read:
        raise Unusable("encoding")
    best = max(read, key=lambda encoding: score(read[encoding], LETTERS[encoding]))
    return best, read[best]


def score(text: str, languages: list[str]) -> float:
    """Return the share of strange letters that one language explains, less what no word does."""
    words = list(islice((match[0] for match in WORDS.finditer(text) if not match[0].isascii()), 5000))
    strange = [letter for word in words for letter in word.lower() if letter > "\x7f"]
    if not strange:
        return 0
    explained = max(sum(letter in letters for letter in strange) for letters in languages)
    odd = sum(len(ODD.findall(word)) for word in words)
    return (explained - odd) / len(strange)
