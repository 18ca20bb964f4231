"""What a framework says in numbers and flags, in sentences and words for people."""

import re

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from pydantic import ValidationError

from quality_label.criteria import LOW_LEVEL, MANDATORY_LEVEL, Framework, Threshold

WHAT_TO_DO = {
    "verified": gettext_lazy("Ask the network to verify your organiser before you apply."),
    "trained": gettext_lazy("Let somebody of your staff complete the training for badge issuers."),
    "experience": gettext_lazy("Issue badges for a while before you apply. A log of awards made elsewhere counts."),
    "sample": gettext_lazy("Publish badges and award them, so that there is something to look at."),
    "no_case": gettext_lazy("Wait until your other case, or the waiting time after it, is over."),
    "contact": gettext_lazy("Put a contact and a link to your privacy notice on your organiser’s page."),
    "commitment": gettext_lazy("Let somebody who may sign for you sign the commitment in the application."),
    "complete": gettext_lazy("Fill in the self-assessment: what is still missing is listed before you hand it in."),
}
FACTS = {
    "verified": gettext_lazy("The organiser is verified"),
    "trained": gettext_lazy("Somebody of the staff is trained"),
    "experience": gettext_lazy("Badges have been issued for long enough"),
    "sample": gettext_lazy("There are enough badges and awards"),
    "no_case": gettext_lazy("No other case stands in the way"),
    "contact": gettext_lazy("Contact and privacy notice are public"),
    "commitment": gettext_lazy("The commitment is signed"),
    "complete": gettext_lazy("The self-assessment is complete"),
}
COMPUTED = {
    "kinds": gettext_lazy("published badges by kind"),
    "criteria": gettext_lazy("badges whose criteria anybody reads here"),
    "skills": gettext_lazy("badges that name skills"),
    "workload": gettext_lazy("badges that say how long they take"),
    "level": gettext_lazy("badges that name a level"),
    "languages": gettext_lazy("languages of the badges"),
    "expiry": gettext_lazy("badges that end after some time"),
    "versions": gettext_lazy("badges that were changed, and those that were closed"),
    "awards": gettext_lazy("awards of twelve months, and how many people got them"),
    "evidence": gettext_lazy("awards that say what was done for them"),
    "collected": gettext_lazy("awards that were collected"),
    "revoked": gettext_lazy("awards that were revoked or corrected"),
    "playlists": gettext_lazy("published playlists and activities"),
    "judgements": gettext_lazy("judgements of twelve months, and work that came back with feedback"),
    "time": gettext_lazy("days from handing in to the judgement and to the badge"),
    "trained": gettext_lazy("members who hold a training badge"),
    "hint:no-observable-verb": gettext_lazy("badges that do not say what the holder does"),
    "hint:no-standard": gettext_lazy("badges whose criteria name no measure"),
    "hint:claim-without-evidence": gettext_lazy("badges that claim an ability and ask for no evidence"),
    "hint:no-assessor-named": gettext_lazy("badges whose criteria do not say who judges"),
    "hint:criteria-too-short": gettext_lazy("badges with very short criteria"),
    "hint:criteria-elsewhere-only": gettext_lazy("badges whose criteria stand on another page only"),
    "hint:names-own-organiser-only": gettext_lazy("badges whose name says only who gives them"),
    "hint:participation-sounds-like-skill": gettext_lazy("badges for taking part that promise an ability"),
    "hint:no-workload": gettext_lazy("badges that do not say how long they take"),
    "hint:no-skills": gettext_lazy("badges that claim an ability and name no skill"),
    "hint:long-sentences": gettext_lazy("badges with very long sentences"),
    "hint:unexplained-abbreviation": gettext_lazy("badges with an abbreviation that is not explained"),
    "hint:picture-text-repeats-name": gettext_lazy("badges whose picture is described by their name only"),
    "hint:one-language-only": gettext_lazy("badges in one language only"),
    "hint:validity-unclear": gettext_lazy("badges that speak of validity and give no time"),
}
FAULTS = {
    "codes_repeated": gettext_lazy("These codes are used more than once: %(codes)s."),
    "area_without_weight": gettext_lazy("Area %(area)s needs a criterion that has weight and always applies."),
    "mandatory_optional": gettext_lazy("A mandatory criterion always applies. Choose one of both for: %(codes)s."),
    "texts_for_nothing": gettext_lazy("There are texts in %(language)s for nothing: %(codes)s."),
}
OUTCOMES = {
    "awarded": gettext_lazy("The label is awarded"),
    "awarded_conditions": gettext_lazy("The label is awarded with conditions"),
}
NAMES = {
    "title": gettext_lazy("title"),
    "language": gettext_lazy("language"),
    "statement": gettext_lazy("statement"),
    "check": gettext_lazy("how it is checked"),
    "fact": gettext_lazy("what the portal checks"),
    "may_be_explained": gettext_lazy("may be explained"),
    "why": gettext_lazy("why it matters"),
    "criteria": gettext_lazy("criteria"),
    "evidence": gettext_lazy("evidence"),
    "weight": gettext_lazy("weight"),
    "mandatory": gettext_lazy("mandatory"),
    "may_not_apply": gettext_lazy("may not apply"),
    "facts": gettext_lazy("what the portal computes"),
    "indicators": gettext_lazy("indicators"),
    "name": pgettext_lazy("level", "name"),
    "anchor": gettext_lazy("description"),
}
THRESHOLDS = {
    "total": gettext_lazy("Share of all points, in percent"),
    "area": gettext_lazy("Share of the points of each area, in percent"),
    "floor": gettext_lazy("Level that every criterion reaches"),
    "mandatory_below": gettext_lazy("Mandatory criteria that may miss their level"),
    "mandatory_floor": gettext_lazy("Lowest level of a mandatory criterion that misses it"),
    "low": gettext_lazy("Criteria that may be next to absent"),
    "indicators": gettext_lazy("Share of the indicators of each area, in percent"),
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?")


def conditions_of(framework: Framework, threshold: Threshold) -> list[str]:
    """Say what an outcome takes, a sentence for each thing that it asks."""
    said = []
    if threshold.total:
        said.append(_("At least %(share)s %% of all points.") % {"share": _number(threshold.total)})
    if threshold.area:
        said.append(_("At least %(share)s %% of the points of each area.") % {"share": _number(threshold.area)})
    if threshold.indicators:
        for area in framework.areas:
            if area.indicators:
                facts = {"share": _number(threshold.indicators), "area": area.code}
                said.append(_("At least %(share)s %% of the indicators of area %(area)s are met.") % facts)
    if threshold.floor:
        said.append(_("Every criterion reaches level %(level)s.") % {"level": _number(threshold.floor)})
    return said + _of_mandatory(framework, threshold) + _of_low(threshold)


def _of_mandatory(framework, threshold) -> list[str]:
    codes = [code for code, criterion in framework.criteria.items() if criterion.mandatory]
    if not codes or threshold.floor >= MANDATORY_LEVEL:
        return []
    facts = {"level": MANDATORY_LEVEL, "codes": ", ".join(codes), "count": threshold.mandatory_below}
    if not threshold.mandatory_below:
        return [_("Every mandatory criterion (%(codes)s) reaches level %(level)d.") % facts]
    said = [
        ngettext(
            "At most %(count)d mandatory criterion (of %(codes)s) lies below level %(level)d.",
            "At most %(count)d mandatory criteria (of %(codes)s) lie below level %(level)d.",
            threshold.mandatory_below,
        )
        % facts
    ]
    if threshold.mandatory_floor:
        lowest = {"level": _number(threshold.mandatory_floor)}
        said.append(_("No mandatory criterion lies below level %(level)s.") % lowest)
    return said


def _of_low(threshold) -> list[str]:
    if threshold.floor >= LOW_LEVEL:
        return []
    facts = {"level": LOW_LEVEL, "count": threshold.low}
    if not threshold.low:
        return [_("No criterion lies below level %(level)d.") % facts]
    return [
        ngettext(
            "At most %(count)d criterion lies below level %(level)d.",
            "At most %(count)d criteria lie below level %(level)d.",
            threshold.low,
        )
        % facts
    ]


def outcomes_of(framework: Framework) -> list[dict]:
    """Return each outcome that can be reached with what it takes, the best first."""
    return [
        {"title": OUTCOMES[outcome], "conditions": conditions_of(framework, threshold)}
        for outcome, threshold in framework.thresholds
        if threshold
    ]


def faults_in_words(error: ValidationError) -> list[str]:
    """Say what is wrong with a document, a sentence for each fault; what only its writer can know by place."""
    return [
        FAULTS[fault["type"]] % fault["ctx"]
        if fault["type"] in FAULTS
        else f"{'.'.join(map(str, fault['loc'])) or _('whole')}: {fault['msg']}"
        for fault in error.errors()
    ]


def place_in_words(place: str) -> str:
    """Name a place of a framework for people: `A1.anchors.3` is "A1: level 3"."""
    first, *others = place.split(".")
    if others and LANGUAGE.fullmatch(first):
        return f"{place_in_words('.'.join(others))} ({first})"
    if first == "thresholds":
        return f"{OUTCOMES[others[0]]}: {THRESHOLDS[others[1]]}"
    if first == "scale":
        return f"{_('Level %(level)s') % {'level': others[0]}}: {NAMES[others[1]]}"
    if not others:
        return str(NAMES[first])
    code, name = place.rsplit(".", 1)
    if name.isdecimal():
        return f"{code.removesuffix('.anchors')}: {_('level %(level)s') % {'level': name}}"
    return f"{code}: {NAMES[name]}"


def value_in_words(place: str, value: str) -> str:
    """Say a flag, or what the portal checks, in the reader's language; anything else as it is."""
    name = place.rsplit(".", 1)[-1]
    if name in {"mandatory", "may_not_apply", "may_be_explained"}:
        return _("yes") if value == "yes" else _("no")
    if name == "fact":
        return FACTS.get(value, _("nothing"))
    if name == "facts":
        return facts_in_words(value.split(", ") if value else [])
    return value


PLACE_NAMES = {
    "name": gettext_lazy("name"),
    "role": gettext_lazy("function"),
    "email": gettext_lazy("e-mail"),
    "is_entitled": gettext_lazy("may sign"),
    "is_committed": gettext_lazy("commitment"),
    "words": gettext_lazy("explanation"),
    "learners": gettext_lazy("learners"),
    "languages": gettext_lazy("languages"),
    "numbers": gettext_lazy("badges and awards"),
    "minors": gettext_lazy("learners under age"),
    "partners": gettext_lazy("partners"),
    "changed": gettext_lazy("what changed"),
    "achieved": gettext_lazy("what came of the plan"),
    "chosen": gettext_lazy("badge"),
    "level": gettext_lazy("level"),
    "does_not_apply": gettext_lazy("does not apply"),
    "reason": gettext_lazy("reason"),
    "ticked": gettext_lazy("indicators"),
    "is_to_review": gettext_lazy("to look at again"),
    "strengths": gettext_lazy("strength"),
    "gaps": gettext_lazy("gap"),
    "rows": gettext_lazy("action"),
    "people": gettext_lazy("known to us"),
    "avoid": gettext_lazy("to be avoided"),
    "knows_nobody": gettext_lazy("nobody is known to us"),
    "sampling": gettext_lazy("sampling of awards"),
    "publication": gettext_lazy("publication"),
    "retention": gettext_lazy("how long it is kept"),
}


def said_of(content: dict, badges: dict | None = None) -> dict[str, str]:
    """Say what stands at a place of an application as texts by their names; what is empty is left out.

    `badges` are the names of badges by their keys.
    """
    said = {}
    for key, value in content.items():
        name = str(PLACE_NAMES[key])
        if isinstance(value, bool):
            said |= {name: _("yes")} if value else {}
        elif key == "ticked":
            said |= {name: ", ".join(value)} if value else {}
        elif isinstance(value, list):
            said |= {f"{name} {number}": _row(row, badges or {}) for number, row in enumerate(value, start=1)}
        elif value not in {None, ""}:
            said[name] = {"yes": _("yes"), "no": _("no")}.get(value, str(value)) if key == "minors" else str(value)
    return said


def _row(row, badges) -> str:
    return row if isinstance(row, str) else " · ".join(badges.get(text, text) for text in row.values() if text)


def facts_in_words(names) -> str:
    """Name what the portal computes, in the reader's language."""
    return "; ".join(str(COMPUTED[name]) for name in names) or _("nothing")


def _number(value) -> str:
    return number_format(value.normalize())


def title_of(rules: Framework, code: str) -> str:
    """Return the title of a gate or criterion, in the reader's language where it is translated."""
    return rules.text(f"{code}.title", get_language())[0]
