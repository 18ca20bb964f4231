"""What a version of the label asks, as a document: gates, a scale, areas with criteria and indicators, thresholds.

A document is plain JSON, so that the network can edit, compare, export and import it. What `Framework.model_validate`
takes can be judged by; `scores` relies on that.
"""

from collections import Counter
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from badges.hints import all_hints

MANDATORY_LEVEL = 3  # what a mandatory criterion needs; thresholds say how many may miss it
LOW_LEVEL = 1  # below it a criterion is absent; thresholds say how many may be
HIGHEST = 4

# What the portal computes about an organiser's issuing, by name; a name stays for ever, as do those of the hints.
FACTS = (
    *("kinds", "criteria", "skills", "workload", "level", "languages", "expiry", "versions"),
    *("awards", "evidence", "collected", "revoked"),
    *("playlists", "judgements", "time", "trained"),
    *(f"hint:{hint.code}" for hint in all_hints()),
)

CODE = r"^[A-Z0-9][A-Z0-9.]{0,9}$"
NAME = r"^[a-z0-9][a-z0-9.-]{0,29}$"
LINE, WORDS = 200, 2000  # characters at most
Code = Annotated[str, StringConstraints(pattern=CODE)]
NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps none in its texts
Line = Annotated[str, StringConstraints(min_length=1, max_length=LINE, pattern=NO_NUL)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=WORDS, pattern=NO_NUL)]
PlainNumber = PlainSerializer(lambda value: int(value) if value == int(value) else float(value), when_used="json")
Level = Annotated[Decimal, Field(ge=0, le=HIGHEST), PlainNumber]
Percent = Annotated[Decimal, Field(ge=0, le=100), PlainNumber]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z]{4})?$")]

FactNames = Annotated[
    tuple[Literal[FACTS], ...], AfterValidator(lambda named: tuple(name for name in FACTS if name in named))
]


class Part(BaseModel):
    """A part of a document: what it does not know it refuses, and nobody changes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Gate(Part):
    """Something that must be so before quality is judged; `fact` names what the portal computes, if it can."""

    code: Code
    fact: Literal["verified", "trained", "experience", "sample", "no_case", "contact", "commitment", "complete"] | None
    may_be_explained: bool = False
    title: Line
    statement: Words
    check: Words


class Step(Part):
    """One level of the common scale."""

    name: Line
    anchor: Words


class Indicator(Part):
    """Something under a criterion that is so or not."""

    code: Code
    statement: Words


class Criterion(Part):
    """Something to reach a level in, shown by evidence; `facts` name what the portal computes about it."""

    code: Code
    weight: Annotated[int, Field(ge=0, le=100)]
    mandatory: bool = False
    may_not_apply: bool = False
    title: Line
    statement: Words
    evidence: Words
    anchors: Annotated[tuple[Words, ...], Field(min_length=HIGHEST + 1, max_length=HIGHEST + 1)]
    indicators: tuple[Indicator, ...] = ()
    facts: FactNames = ()


class Area(Part):
    """Criteria that belong together."""

    code: Code
    title: Line
    why: Words
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @property
    def indicators(self) -> list[str]:
        """Return the codes of the indicators of all its criteria."""
        return [indicator.code for criterion in self.criteria for indicator in criterion.indicators]


class Threshold(Part):
    """What an outcome takes; shares are percents of what could be reached, compared unrounded."""

    total: Percent = Decimal(0)
    area: Percent = Decimal(0)
    floor: Level = Decimal(0)  # the level that every criterion reaches
    mandatory_below: int = 0  # so many mandatory criteria may lie below MANDATORY_LEVEL,
    mandatory_floor: Level = Decimal(0)  # but none below this
    low: int = 0  # so many criteria may lie below LOW_LEVEL
    indicators: Percent = Decimal(0)  # of each area that has some


class Thresholds(Part):
    """What the outcomes take, the best first; who reaches none is not awarded."""

    awarded: Threshold
    awarded_conditions: Threshold | None = None


class Framework(Part):
    """A version of the label's rules with its words, in one language and in translations by place."""

    format: Literal[1] = 1
    version: Annotated[str, StringConstraints(pattern=NAME)]
    language: Language
    title: Line
    gates: tuple[Gate, ...]
    scale: Annotated[tuple[Step, ...], Field(min_length=HIGHEST + 1, max_length=HIGHEST + 1)]
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]
    thresholds: Thresholds
    texts: dict[Language, dict[str, Words]] = {}

    @model_validator(mode="after")
    def can_be_judged_by(self):
        """Refuse codes that stand for two things, areas without weight, and translations of nothing."""
        codes = [gate.code for gate in self.gates] + [area.code for area in self.areas] + self.indicators
        codes += [criterion.code for area in self.areas for criterion in area.criteria]
        if repeated := [code for code, times in Counter(codes).items() if times > 1]:
            raise PydanticCustomError("codes_repeated", "codes used more than once: {codes}", _named(repeated))
        for area in self.areas:
            if not sum(criterion.weight for criterion in area.criteria if not criterion.may_not_apply):
                raise PydanticCustomError(
                    "area_without_weight",
                    "area {area} needs a criterion that has weight and always applies",
                    {"area": area.code},
                )
        if both := [one.code for one in self.criteria.values() if one.mandatory and one.may_not_apply]:
            raise PydanticCustomError("mandatory_optional", "mandatory criteria always apply: {codes}", _named(both))
        words = self.words
        for language, texts in self.texts.items():
            if unknown := sorted(set(texts) - set(words)):
                raise PydanticCustomError(
                    "texts_for_nothing",
                    "texts in {language} for nothing: {codes}",
                    {"language": language} | _named(unknown),
                )
        return self

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Return the criteria by code, in the order of the document."""
        return {criterion.code: criterion for area in self.areas for criterion in area.criteria}

    @cached_property
    def indicators(self) -> list[str]:
        """Return the codes of all indicators."""
        return [code for area in self.areas for code in area.indicators]

    @cached_property
    def words(self) -> dict[str, str]:
        """Return every text in the language of the document, by its place: `A1.statement`, `scale.3.anchor`."""
        words = {"title": self.title}
        for number, step in enumerate(self.scale):
            words |= _words_of(step, f"scale.{number}")
        for part in [*self.gates, *self.areas, *self.criteria.values()]:
            words |= _words_of(part, part.code)
        for criterion in self.criteria.values():
            words |= {f"{criterion.code}.anchors.{level}": text for level, text in enumerate(criterion.anchors)}
            words |= {f"{one.code}.statement": one.statement for one in criterion.indicators}
        return words

    def is_whole_in(self, language: str) -> bool:
        """Say whether every text is there in a language."""
        return language == self.language or self.words.keys() <= self.texts.get(language, {}).keys()

    def text(self, place: str, language: str) -> tuple[str, str]:
        """Return the words at a place and the language they are in: the wished one where it is translated."""
        translated = self.texts.get(language, {}).get(place)
        return (translated, language) if translated else (self.words[place], self.language)


def _named(codes) -> dict[str, str]:
    return {"codes": ", ".join(codes)}


TEXTS = ["title", "name", "anchor", "statement", "check", "why", "evidence"]


def _words_of(part, place) -> dict[str, str]:
    return {f"{place}.{name}": getattr(part, name) for name in TEXTS if hasattr(part, name)}
