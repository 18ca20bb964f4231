"""A badge made from the text of an activity, for somebody to go over before anybody relies on it."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from badges import art
from badges.actions import save_badge_class
from badges.forms.pictures import drawing_in_words
from badges.models import BadgeClass, BadgeClassText
from pathways.models import ActivityPage
from portal.accounts.models import Person

BEING_THERE = {ActivityPage.Judge.SELF, ActivityPage.Judge.PRESENCE}  # what a badge may claim without evidence


@transaction.atomic
def propose_badge(activity: ActivityPage, *, by: Person) -> BadgeClass:
    """Return a draft that says what an activity says, in each language in which it is published.

    It claims a skill only where somebody looks at evidence, and no skill by name: those are for its writer to choose.
    """
    kind = BadgeClass.Kind.PARTICIPATION if activity.judge in BEING_THERE else BadgeClass.Kind.SKILL
    badge = BadgeClass(organiser=activity.organiser, kind=kind, workload_minutes=activity.minutes)
    seed = art.random_choices()
    pages = ActivityPage.objects.live().filter(translation_key=activity.translation_key).select_related("locale")
    for page in pages.order_by("pk"):
        badge = save_badge_class(badge, by=by, words=words_from(page, seed), skills=(), seed=seed)
    return badge


def words_from(page: ActivityPage, seed: str) -> dict:
    """Return the words of a badge as a page in one language has them."""
    with translation.override(page.language):
        words = {
            "name": page.title,
            "description": page.summary,
            "criteria": criteria_from(page),
            "picture_text": drawing_in_words(seed),
        }
    return {"language": page.language} | {
        name: text[: BadgeClassText._meta.get_field(name).max_length] for name, text in words.items()
    }


def criteria_from(page: ActivityPage) -> str:
    """Return what one does for the badge and how it is judged, line by line."""
    lines = [step.value for step in page.things_to_do]
    if page.is_judged_by_quiz:
        lines.append(_("Answer %(share)s %% of the questions of a quiz right.") % {"share": page.pass_mark})
    if page.takes_evidence:
        lines += [asked_of(page), *(f"– {line}" for line in page.lines().values())]
    return "\n".join(lines)


def asked_of(page: ActivityPage) -> str:
    """Return the sentence that names who looks at evidence, and by what."""
    if page.is_judged_by_peer:
        return _("Show it with evidence. Peers, who learn the same, judge it by this checklist:")
    if page.lines():
        return _("Show it with evidence. A reviewer judges it by this checklist:")
    return _("Show it with evidence. A reviewer judges it.")
