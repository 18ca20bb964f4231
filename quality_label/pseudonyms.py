"""The sample as assessors see it: awards of people who are numbers, made anew each time and kept nowhere."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pathways.models import ActivityPage, Attempt, EvidenceItem, Judgement
from quality_label.models import Application, SampledAward, SampledBadge

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SHORTEST_NAME = 3  # shorter parts of a name are letters of other words


@dataclass(frozen=True)
class Handed:
    """What a learner handed in for an award, and what was said of it."""

    item: EvidenceItem
    text: str
    link: str
    judgement: Judgement | None
    feedback: str


@dataclass
class Award:
    """One award of the sample, of a learner without a name."""

    number: int
    learner: str
    issued_on: object
    narrative: str
    handed: list[Handed] = field(default_factory=list)


@dataclass
class Badge:
    """A sampled badge with what has to be done for it, and its awards."""

    sampled: SampledBadge
    words: dict
    kind: str
    tasks: list[ActivityPage]
    awards: list[Award]


def learner_name(award: SampledAward) -> str:
    """Return what the holder of an award is called."""
    return _("Learner %(number)d") % {"number": award.number}


def without_names(words: str, award: SampledAward) -> str:
    """Return words in which neither an address nor a name of the award's holder stands."""
    called = learner_name(award)
    assertion = award.assertion
    names = {assertion.name, assertion.person.name if assertion.person else ""}
    parts = {part for name in names for part in [name, *name.split()] if len(part) >= SHORTEST_NAME}
    words = ADDRESS.sub(called, words)
    for part in sorted(parts, key=len, reverse=True):
        words = re.sub(rf"\b{re.escape(part)}\b", called, words, flags=re.IGNORECASE)
    return words


def sample_of(application: Application, *, with_work: bool = True) -> list[Badge]:
    """Return the sample of an application; without the learners' work where the titles are enough."""
    badges = list(
        application.sample.select_related("badge_version__badge_class").prefetch_related(
            "awards__assertion__person", "awards__assertion__row"
        )
    )
    attempts, threads, pages = _work_of(badges) if with_work else ({}, {}, {})
    shown = []
    for sampled in badges:
        awards = list(sampled.awards.all())
        tried = [attempts[award.assertion.batch_id] for award in awards if award.assertion.batch_id in attempts]
        shown.append(
            Badge(
                sampled,
                sampled.badge_version.words(),
                sampled.badge_version.badge_class.get_kind_display(),
                list({page.pk: page for one in tried if (page := pages.get(one.activity_key))}.values()),
                [_award(award, threads.get(_attempt_key(attempts, award), [])) for award in awards],
            )
        )
    return shown


def _attempt_key(attempts, award):
    attempt = attempts.get(award.assertion.batch_id)
    return attempt.pk if attempt else None


def _work_of(badges):
    batches = {award.assertion.batch_id for badge in badges for award in badge.awards.all()}
    attempts = {attempt.batch_id: attempt for attempt in Attempt.objects.filter(batch__in=batches)}
    threads = {}
    for item in EvidenceItem.objects.filter(attempt__in=[one.pk for one in attempts.values()]).as_thread():
        threads.setdefault(item.attempt_id, []).append(item)
    pages = {}
    for page in ActivityPage.objects.filter(
        translation_key__in={one.activity_key for one in attempts.values()}
    ).order_by("-pk"):
        pages[page.translation_key] = page
    return attempts, threads, pages


def _award(award, thread) -> Award:
    handed = [
        Handed(
            item,
            without_names(item.text, award),
            without_names(item.link, award),
            item.judgement,
            without_names(item.judgement.feedback, award) if item.judgement else "",
        )
        for item in thread
    ]
    narrative = without_names(award.assertion.row.narrative, award)
    return Award(award.number, learner_name(award), award.assertion.issued_at, narrative, handed)
