"""The sections of an application: the places that are filled in, and what each may hold.

A draft may hold anything within the limits; `quality_label.gaps` says what keeps it from being handed in.
"""

from collections.abc import Collection
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from quality_label.criteria import HIGHEST, NO_NUL, Framework
from quality_label.wording import title_of

SHORTEST_REASON, LONGEST_REASON = 30, 1200  # characters
CONTEXT_WORDS = 250
LINE, WORDS = 200, 2000  # characters
FEWEST_ACTIONS, MOST_ACTIONS = 3, 10
POINTS = 3  # strengths, and gaps
CHOSEN_BADGES = 2
MOST_PEOPLE, MOST_AVOIDED = 10, 2
PRACTICE_MONTHS, PLAN_MONTHS = 24, 12
COMMITMENT_VERSION = "1"  # of the words that are signed: raise it when they change
NOBODY_AND_SOMEBODY = gettext_lazy(
    "You ticked that nobody worked with you, and name somebody. Take out the tick or the names."
)

SECTIONS = {
    "signatory": gettext_lazy("Organiser and signatory"),
    "gates": gettext_lazy("Gates"),
    "changes": gettext_lazy("Since last time"),
    "context": gettext_lazy("Context"),
    "badges": gettext_lazy("Two chosen badges"),
    "criteria": gettext_lazy("Self-assessment"),
    "strengths": gettext_lazy("Strengths and gaps"),
    "plan": gettext_lazy("Improvement plan"),
    "conflicts": gettext_lazy("Possible conflicts"),
    "consent": gettext_lazy("Consent"),
}
Line = Annotated[str, StringConstraints(max_length=LINE, pattern=NO_NUL)]
Words = Annotated[str, StringConstraints(max_length=WORDS, pattern=NO_NUL)]


class Content(BaseModel):
    """What stands at a place: what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Signatory(Content):
    """Who signs the commitment, with the address at which they are known."""

    name: Line = ""
    role: Line = ""
    email: Line = ""
    is_entitled: bool = False
    is_committed: bool = False


class Explanation(Content):
    """Why a gate that is not met should not stand in the way."""

    words: Words = ""


class Context(Content):
    """Whom the organiser works with."""

    learners: Words = ""
    languages: Line = ""
    numbers: Words = ""
    minors: Literal["", "yes", "no"] = ""
    partners: Words = ""

    def count(self) -> int:
        """Return how many words it has."""
        return sum(len(text.split()) for text in [self.learners, self.languages, self.numbers, self.partners])


class Changes(Content):
    """What changed since the label was awarded, and what came of the plan of then; in a renewal."""

    changed: Words = ""
    achieved: Words = ""


class ChosenBadge(Content):
    """A badge that assessors shall look at, by its key."""

    badge: Line = ""
    reason: Words = ""


class ChosenBadges(Content):
    """The badges that the applicant chose."""

    chosen: Annotated[list[ChosenBadge], Field(max_length=CHOSEN_BADGES)] = []


class SelfLevel(Content):
    """The level that the applicant sees in one criterion, and why."""

    level: Annotated[int, Field(ge=0, le=HIGHEST, strict=True)] | None = None
    does_not_apply: bool = False
    reason: Annotated[str, StringConstraints(max_length=LONGEST_REASON, pattern=NO_NUL)] = ""
    ticked: list[Line] = []
    is_to_review: bool = False  # the framework says something else here since it was written


class Points(Content):
    """What goes well and what does not."""

    strengths: Annotated[list[Words], Field(max_length=POINTS)] = []
    gaps: Annotated[list[Words], Field(max_length=POINTS)] = []


class Action(Content):
    """A row of the plan."""

    criterion: Line = ""
    gap: Words = ""
    action: Words = ""
    owner: Line = ""
    date: Line = ""
    sign: Words = ""


class Plan(Content):
    """What the organiser will do better."""

    rows: Annotated[list[Action], Field(max_length=MOST_ACTIONS)] = []


class Tie(Content):
    """Somebody of the network who worked with the applicant."""

    name: Line = ""
    how: Line = ""


class Avoided(Content):
    """Somebody who should not judge."""

    name: Line = ""
    reason: Words = ""


class Conflicts(Content):
    """Who is known, and who is to be avoided."""

    knows_nobody: bool = False
    people: Annotated[list[Tie], Field(max_length=MOST_PEOPLE)] = []
    avoid: Annotated[list[Avoided], Field(max_length=MOST_AVOIDED)] = []


class Consent(Content):
    """What the applicant agrees to."""

    sampling: bool = False
    publication: bool = False
    retention: bool = False


SHAPES = {
    "signatory": Signatory,
    "gate": Explanation,
    "changes": Changes,
    "context": Context,
    "badges": ChosenBadges,
    "criterion": SelfLevel,
    "strengths": Points,
    "plan": Plan,
    "conflicts": Conflicts,
    "consent": Consent,
}


def places(framework: Framework, *, carried: Collection[str] = (), is_renewal: bool = False) -> list[str]:
    """Return every place that can be filled in, in the order of the form.

    Criteria that are `carried` keep the level of last time, and nothing is asked about them.
    """
    gates = [f"gate:{gate.code}" for gate in framework.gates if gate.may_be_explained]
    changes = ["changes"] if is_renewal else []
    criteria = [f"criterion:{code}" for code in framework.criteria if code not in carried]
    return ["signatory", *gates, *changes, "context", "badges", *criteria, "strengths", "plan", "conflicts", "consent"]


def section_of(place: str) -> str:
    """Return the section that a place belongs to."""
    return {"gate": "gates", "criterion": "criteria"}.get(place.split(":")[0], place)


def code_of(place: str) -> str:
    """Return the code of the gate or criterion that a place is about; empty for others."""
    return place.partition(":")[2]


def name_of(place: str) -> str:
    """Name a place for people."""
    return code_of(place) or str(SECTIONS[place])


def place_title(framework: Framework, place: str) -> str:
    """Name a place with the title that the framework gives it, in the reader's language where it is translated."""
    code = code_of(place)
    return f"{code} {title_of(framework, code)}" if code else str(SECTIONS[place])


def cleaned(place: str, content: dict) -> dict:
    """Return content in its shape, without rows in which nothing stands; raises pydantic's ValidationError."""
    clean = SHAPES[place.split(":")[0]].model_validate(content).model_dump()
    for name in ["chosen", "rows", "people", "avoid"]:
        if name in clean:
            clean[name] = [row for row in clean[name] if any(row.values())]
    for name in ["strengths", "gaps"]:
        if name in clean:
            clean[name] = [text for text in clean[name] if text]
    return clean


def blank(place: str) -> dict:
    """Return what stands where nobody wrote anything."""
    return cleaned(place, {})
