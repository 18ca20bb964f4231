"""What is still missing in an application before it can be handed in, and how far each section is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.clock import months_later
from quality_label.criteria import Framework
from quality_label.sections import (
    CHOSEN_BADGES,
    CONTEXT_WORDS,
    FEWEST_ACTIONS,
    NOBODY_AND_SOMEBODY,
    PLAN_MONTHS,
    POINTS,
    PRACTICE_MONTHS,
    SECTIONS,
    SHAPES,
    SHORTEST_REASON,
    places,
    section_of,
)


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
