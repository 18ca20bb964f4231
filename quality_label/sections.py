"""The sections of an application: the places that are filled in, what each may hold, and what is still missing.

A draft may hold anything within the limits; `gaps` says what keeps it from being handed in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from portal.clock import months_later
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


@dataclass(frozen=True)
class Gap:
    """Something that is still missing, and the place where to mend it."""

    place: str
    said: str


@dataclass(frozen=True)
class Progress:
    """How far a section is."""

    name: str
    filled: int
    of: int

    @property
    def is_done(self) -> bool:
        """Say whether nothing is missing."""
        return self.filled == self.of


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


def gaps(
    framework: Framework,
    answers: dict[str, dict],
    evidence: Collection,
    *,
    choosable: Collection[str],
    on: date,
    asked: Collection[str] | None = None,
) -> list[Gap]:
    """Return what is still missing, a sentence and a place each; of the places that are `asked`, by default all.

    `answers` are contents by place, `evidence` what was attached, `choosable` the keys of badges that can be sampled.
    """
    asked = places(framework) if asked is None else asked
    read = {place: SHAPES[place.split(":")[0]].model_validate(answers.get(place, {})) for place in asked}
    found = [
        *_of_signatory(read["signatory"]),
        *_of_context(read["context"]),
        *_of_badges(read["badges"], choosable),
    ]
    proved = {code for item in evidence for code in item.criteria}
    for code, criterion in framework.criteria.items():
        if f"criterion:{code}" in read:
            found += _of_criterion(criterion, read[f"criterion:{code}"], has_evidence=code in proved)
    if "changes" in read:
        found += _of_changes(read["changes"])
    found += [gap for item in evidence for gap in _of_age(item, on)]
    points = read["strengths"]
    if len(points.strengths) < POINTS or len(points.gaps) < POINTS:
        found.append(Gap("strengths", _("Name three strengths and three gaps.")))
    return [
        *found,
        *_of_plan(framework, read["plan"]),
        *_of_conflicts(read["conflicts"]),
        *_of_consent(read["consent"]),
    ]


def _of_signatory(signatory) -> list[Gap]:
    said = []
    if not (signatory.name and signatory.role and signatory.email):
        said.append(_("Name who signs for you, with function and e-mail address."))
    if not signatory.is_entitled:
        said.append(_("Confirm that this person may sign for you."))
    if not signatory.is_committed:
        said.append(_("Agree to the commitment."))
    return [Gap("signatory", one) for one in said]


def _of_changes(changes) -> list[Gap]:
    if changes.changed and changes.achieved:
        return []
    return [Gap("changes", _("Say what changed since last time, and what came of your plan."))]


def _of_context(context) -> list[Gap]:
    said = []
    if not (context.learners and context.languages and context.numbers and context.minors and context.partners):
        said.append(
            _("Say who your learners are, in which languages, how many, whether minors, and with which partners.")
        )
    if context.count() > CONTEXT_WORDS:
        facts = {"count": context.count(), "most": CONTEXT_WORDS}
        said.append(_("The context has %(count)d words; at most %(most)d are read.") % facts)
    return [Gap("context", one) for one in said]


def _of_badges(badges, choosable) -> list[Gap]:
    wanted = min(CHOSEN_BADGES, len(choosable)) or 1
    right = {one.badge for one in badges.chosen if one.badge in choosable and one.reason}
    if len(right) >= wanted:
        return []
    sentence = ngettext(
        "Choose %(count)d published badge that was awarded, and say why.",
        "Choose %(count)d different published badges that were awarded, and say why.",
        wanted,
    )
    return [Gap("badges", sentence % {"count": wanted})]


def _of_criterion(criterion, answer, *, has_evidence) -> list[Gap]:
    place, said = f"criterion:{criterion.code}", []
    if answer.is_to_review:
        said.append(_("It changed since you wrote: look at it again and save it."))
    left_out = answer.does_not_apply and criterion.may_not_apply
    if answer.level is None and not left_out:
        said.append(_("Choose a level."))
    if len(answer.reason) < SHORTEST_REASON:
        said.append(_("Give a reason of at least %(count)d characters.") % {"count": SHORTEST_REASON})
    if criterion.mandatory and not has_evidence:
        said.append(_("Attach evidence: this criterion is mandatory."))
    return [Gap(place, f"{criterion.code}: {one}") for one in said]


def oldest(on: date, *, is_plan: bool) -> date:
    """Return the first day that evidence may be of."""
    return months_later(on, -(PLAN_MONTHS if is_plan else PRACTICE_MONTHS))


def _of_age(item, on) -> list[Gap]:
    if item.dated_on >= oldest(on, is_plan=item.is_plan):
        return []
    return [Gap("evidence", _("“%(title)s” is too old by now. Replace it.") % {"title": item.title})]


def _of_plan(framework, plan) -> list[Gap]:
    whole = [row for row in plan.rows if all(row.model_dump().values()) and row.criterion in framework.criteria]
    if len(whole) >= FEWEST_ACTIONS:
        return []
    return [Gap("plan", _("Fill in at least %(count)d rows of the plan in full.") % {"count": FEWEST_ACTIONS})]


def _of_conflicts(conflicts) -> list[Gap]:
    if any(not (tie.name and tie.how) for tie in conflicts.people):
        return [Gap("conflicts", _("Say of each person you name how they are known to you."))]
    if any(not (one.name and one.reason) for one in conflicts.avoid):
        return [Gap("conflicts", _("Give a reason for each person or organisation to be avoided."))]
    if conflicts.people and conflicts.knows_nobody:
        return [Gap("conflicts", str(NOBODY_AND_SOMEBODY))]
    if conflicts.people or conflicts.knows_nobody:
        return []
    return [Gap("conflicts", _("Name who of the network worked with you, or say that nobody did."))]


def _of_consent(consent) -> list[Gap]:
    if consent.sampling and consent.publication and consent.retention:
        return []
    return [Gap("consent", _("Agree to all three points."))]


def progress(
    framework: Framework, missing: Collection[Gap], asked: Collection[str] | None = None
) -> dict[str, Progress]:
    """Return how far each section is that is asked, given what is missing; of the gates all count, explained or not."""
    asked = places(framework) if asked is None else asked
    open_places = {gap.place for gap in missing}
    gates = [f"gate:{gate.code}" for gate in framework.gates]
    counted = {}
    for section, name in SECTIONS.items():
        filled_in = [place for place in asked if section_of(place) == section]
        inside = gates if section == "gates" else filled_in
        if not inside:
            continue
        filled = len([place for place in inside if place not in open_places])
        counted[section] = Progress(str(name), filled, len(inside))
    return counted
