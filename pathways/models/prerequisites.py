"""What a learner needs before a playlist, and what of it they have."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from badges.models import Assertion, BadgeClass
from pathways.blocks import badge_keys
from pathways.models.enrolment import Enrolment
from pathways.models.playlist import PlaylistPage


@dataclass(frozen=True)
class Prerequisite:
    """One thing that is needed: its words, what counts for it, and whether it is there."""

    text: str
    items: list[dict]
    is_met: bool


def prerequisites_of(playlist: PlaylistPage, person=None) -> list[Prerequisite]:
    """Return what is needed before a playlist; without a person, nothing of it is there."""
    found = [_renewal(playlist.badge_class, person)] if playlist.renews_badge and playlist.badge_class else []
    for block in playlist.prerequisites:
        if block.block_type == "badges":
            found.append(_badges(block.value, person))
        elif block.value is not None:
            found.append(_playlist(block.value.specific, person))
    return found


def _badges(value, person) -> Prerequisite:
    keys = badge_keys(value["badges"])
    badges = BadgeClass.objects.filter(key__in=keys).prefetch_related("texts")
    held = set()
    if person:
        mine = Assertion.objects.for_person(person).collected().live()
        held = {one.badge_class_id for one in mine.filter(badge_class__in=badges) if not one.is_expired}
    needed = min(value["needed"] or len(badges), len(badges))
    items = [
        {"text": badge.name, "url": badge.get_absolute_url(), "state": "" if badge.pk in held else "open"}
        for badge in badges
    ]
    if needed == len(items):
        text = ngettext("You hold this badge:", "You hold these badges:", needed)
    else:
        text = gettext("You hold %(needed)d of these badges:") % {"needed": needed}
    return Prerequisite(text, items, len(held) >= needed)


def _renewal(badge, person) -> Prerequisite:
    is_met = bool(person) and Assertion.objects.renewable_by(person).filter(badge_class=badge).exists()
    item = {"text": badge.name, "url": badge.get_absolute_url(), "state": "" if is_met else "open"}
    return Prerequisite(gettext("You hold this badge, and it ended or ends within two months:"), [item], is_met)


def _playlist(playlist, person) -> Prerequisite:
    done = Enrolment.objects.of(person).on([playlist]).completed().exists() if person else False
    item = {"text": playlist.title, "url": playlist.url, "state": "" if done else "open"}
    return Prerequisite(gettext("You have completed this playlist:"), [item], done)
