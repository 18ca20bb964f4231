"""What the hints look at: a badge as it is being written, without any model behind it."""

import re
from dataclasses import dataclass
from functools import cached_property

WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"[.!?…]+\s|\n+")


@dataclass(frozen=True)
class Facts:
    """A badge in its first language, as far as it is written."""

    language: str
    kind: str
    name: str = ""
    description: str = ""
    criteria: str = ""
    criteria_url: str = ""
    picture_text: str = ""
    outcomes: str = ""
    workload_minutes: int | None = None
    credits: float | None = None
    valid_months: int | None = None
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    organiser_names: tuple[str, ...] = ()

    @property
    def claims_ability(self) -> bool:
        """Whether the badge says that somebody can do something, not only that they were there."""
        return self.kind in {"skill", "micro-credential", "degree"}

    @cached_property
    def said(self) -> str:
        """Everything that a reader reads, in small letters."""
        return "\n".join([self.description, self.outcomes, self.criteria]).lower()

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of the description and the criteria."""
        text = f"{self.description}\n{self.criteria}"
        return [sentence for sentence in SENTENCE.split(text) if sentence.strip()]

    def mentions(self, stems: dict[str, tuple[str, ...]], text: str | None = None) -> bool | None:
        """Say whether a word begins with one of the stems of the language; None where the language has none here."""
        if self.language not in stems:
            return None
        words = words_of(self.said if text is None else text.lower())
        return any(begins(word, stems[self.language]) for word in words)


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return WORD.findall(text)


def begins(word: str, stems: tuple[str, ...]) -> bool:
    """Say whether a word is one of these, or begins like one."""
    return f"{word} ".startswith(stems)
