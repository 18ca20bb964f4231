"""One small function a hint: true where a reader would miss something.

The codes are neutral and stay for ever: other apps may tie them to criteria of their own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from badges.hints.facts import Facts, begins, words_of
from badges.hints.words import (
    ASSESSOR,
    BIG_WORDS,
    EVIDENCE,
    NO_NEWS,
    OBSERVABLE,
    PICTURE_WORDS,
    STANDARD,
    VALIDITY,
)

IMPORTANT, WORTH_A_THOUGHT = "important", "thought"
SHORT_CRITERIA, LONG_SENTENCE = 80, 32
ABBREVIATION = re.compile(r"(?<!\()\b[A-ZĄĂÂĆČĘĖĮÎŁŃÓŚŠȘȚŲŪŹŻŽ]{3,6}\b(?!\))")
EXPLAINED = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True)
class Hint:
    """Something that a reader will miss; the sentence is for the person who writes the badge."""

    code: str
    sentence: str
    severity: str
    applies: Callable[[Facts], bool]


_hints: list[Hint] = []


def hint(code: str, sentence: str, severity: str = WORTH_A_THOUGHT):
    """Register a function as a hint."""

    def attach(applies):
        _hints.append(Hint(code, sentence, severity, applies))
        return applies

    return attach


def all_hints() -> list[Hint]:
    """Return every hint there is."""
    return list(_hints)


def hints_for(facts: Facts) -> list[Hint]:
    """Return the hints that apply, the important ones first."""
    found = [one for one in _hints if one.applies(facts)]
    return sorted(found, key=lambda one: one.severity != IMPORTANT)


@hint(
    "no-observable-verb",
    _("No reader sees here what the holder does. Use verbs one can watch: “repairs”, “explains”, “plans”."),
    IMPORTANT,
)
def no_observable_verb(facts):
    said = f"{facts.description}\n{facts.outcomes}"
    return facts.claims_ability and bool(said.strip()) and facts.mentions(OBSERVABLE, said) is False


@hint(
    "no-standard",
    _("The criteria do not say how well it must be done. Name a measure: how many, how exactly, by which checklist."),
    IMPORTANT,
)
def no_standard(facts):
    told = bool(re.search(r"\d", facts.criteria))
    return bool(facts.criteria) and not told and facts.mentions(STANDARD, facts.criteria) is False


@hint(
    "claim-without-evidence",
    _("The badge claims an ability, but its criteria ask for nothing to look at. Ask for a photo, a text, a test."),
    IMPORTANT,
)
def claim_without_evidence(facts):
    return facts.claims_ability and bool(facts.criteria) and facts.mentions(EVIDENCE, facts.criteria) is False


@hint(
    "no-assessor-named", _("The criteria do not say who judges. Name the role: a trainer, a peer, a quiz."), IMPORTANT
)
def no_assessor_named(facts):
    return facts.claims_ability and bool(facts.criteria) and facts.mentions(ASSESSOR, facts.criteria) is False


@hint("criteria-too-short", _("The criteria are very short. A stranger should know from them what was done."))
def criteria_too_short(facts):
    return 0 < len(facts.criteria.strip()) < SHORT_CRITERIA


@hint(
    "criteria-elsewhere-only",
    _("The criteria stand on another page only. Pages vanish; write the essence here as well."),
)
def criteria_elsewhere_only(facts):
    return bool(facts.criteria_url) and not facts.criteria.strip()


@hint(
    "names-own-organiser-only",
    _("The name says who gives the badge, not what it is for. Name what the holder did or can do."),
)
def names_own_organiser_only(facts):
    own = {word for name in facts.organiser_names for word in words_of(name.lower())}
    news = [
        word
        for word in words_of(facts.name.lower())
        if word not in own and not begins(word, NO_NEWS.get(facts.language, NO_NEWS["en"]))
    ]
    return bool(facts.name) and not news


@hint(
    "participation-sounds-like-skill",
    _("The badge is for taking part, but its words promise an ability. Choose another kind, or plainer words."),
    IMPORTANT,
)
def participation_sounds_like_skill(facts):
    return facts.kind == "participation" and facts.mentions(BIG_WORDS, f"{facts.name}\n{facts.description}") is True


@hint("no-workload", _("Nobody can tell whether this took an hour or a year. Say how long it takes most people."))
def no_workload(facts):
    return not facts.workload_minutes and not facts.credits


@hint("no-skills", _("No skill is named. Readers in other countries find a badge by the European names of its skills."))
def no_skills(facts):
    return facts.claims_ability and not facts.skills


@hint("long-sentences", _("At least one sentence is very long. Two short ones are read more often than one long one."))
def long_sentences(facts):
    return any(len(words_of(sentence)) > LONG_SENTENCE for sentence in facts.sentences)


@hint("unexplained-abbreviation", _("There is an abbreviation that strangers may not know. Write it out once."))
def unexplained_abbreviation(facts):
    text = f"{facts.name}\n{facts.description}"
    in_brackets = " ".join(EXPLAINED.findall(text))
    return any(short not in in_brackets and f"{short} (" not in text for short in ABBREVIATION.findall(text))


@hint(
    "picture-text-repeats-name",
    _("The text for the picture repeats the name. Say what one would see: shape, symbol, colours."),
)
def picture_text_repeats_name(facts):
    skipped = PICTURE_WORDS.get(facts.language, PICTURE_WORDS["en"])
    known = set(words_of(facts.name.lower()))
    seen = [word for word in words_of(facts.picture_text.lower()) if not begins(word, skipped)]
    return bool(facts.picture_text) and all(word in known for word in seen)


@hint("one-language-only", _("The badge speaks one language. Add a second one, for readers elsewhere."))
def one_language_only(facts):
    return len(facts.languages) == 1


@hint(
    "validity-unclear",
    _("The words speak of validity, but no number of months is given. Say how long the badge is valid."),
)
def validity_unclear(facts):
    return facts.valid_months is None and facts.mentions(VALIDITY) is True
