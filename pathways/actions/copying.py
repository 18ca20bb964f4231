"""Copies of playlists: somebody else's route as the draft of one's own, with a line that says whose it was."""

from collections import defaultdict
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisers.models import Organiser
from organisers.permissions import may_author
from pathways.actions.sections import ensure_section
from pathways.models import ActivityPage, PlaylistPage
from portal.accounts.models import Person
from portal.audit.log import record
from portal.workflow import StepRefused


@transaction.atomic
def copy_playlist(playlist: PlaylistPage, organiser: Organiser, *, by: Person) -> PlaylistPage:
    """Put a draft copy of a published playlist into the section of an organiser whose author asks for it.

    Activities stay those of the original; what their organisers keep to themselves is left out. The badge is not
    copied: it is its issuer's.
    """
    if not may_author(organiser, by):
        raise PermissionDenied
    if not playlist.others_may_copy and playlist.organiser != organiser:
        raise StepRefused([_("Its organiser does not let others copy this playlist.")])
    section = ensure_section(organiser)
    section = section.get_translations(inclusive=True).filter(locale=playlist.locale).first() or section
    name = playlist.organiser.name
    own = {"slug": free_slug(section, playlist.title), "badge_class": None, "renews_badge": False, "is_archived": False}
    origin = {"key": str(playlist.translation_key), "title": playlist.title, "organiser": name}
    copy = playlist.copy(
        to=section, user=by, copy_revisions=False, keep_live=False, reset_translation_key=True,
        update_attrs=own | {"origin": origin},
    )  # fmt: skip
    copy.steps = [step for step in copy.steps.all() if may_use(step.activity, organiser)]
    copy.save()
    copy.save_revision(user=by)
    record("pathways.copy", about=copy, by=by, facts={"from": str(playlist.translation_key)})
    return copy


@transaction.atomic
def give_dates_their_own_keys(copy: ActivityPage) -> None:
    """Tell the dates of a copied activity from those it was copied from, so that nobody is on the list of both."""
    keys = defaultdict(lambda: str(uuid4()))
    for date in copy.dates.all():
        copy.dates.filter(pk=date.pk).update(key=keys[str(date.key)])
    for revision in copy.revisions.all():
        for date in revision.content.get("dates", []):
            date["key"] = keys[str(date["key"])]
        copy.revisions.filter(pk=revision.pk).update(content=revision.content)


def may_use(activity: ActivityPage, organiser: Organiser) -> bool:
    """Say whether an organiser may put an activity into its playlists."""
    return activity.organiser == organiser or (activity.live and activity.others_may_use)


def free_slug(section, title: str) -> str:
    """Return an address for a title that no page of the section has."""
    wanted = slugify(title) or "playlist"
    taken = set(section.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 1
    while (slug := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return slug
