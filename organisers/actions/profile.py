"""Creating and changing an organiser."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from organisers.actions.units import place_in
from organisers.models import Membership, Organiser, OrganiserText
from organisers.permissions import may_create, may_hand_over, may_manage
from portal.audit.log import record
from portal.files.pictures import store_picture
from portal.notifications.actions import notify

RESERVED = {"new"}  # /workspace/new/


@transaction.atomic
def create_organiser(
    *, by, language: str, name: str, description: str, owner=None, parent=None, picture=None, **facts
) -> Organiser:
    """Create an organiser, unverified, with `by` or the named `owner` as its owner; inside `parent` it is a unit."""
    owner = owner or by
    if not (may_create(by) if owner == by else may_hand_over(by)):
        raise PermissionDenied
    if parent:
        parent = place_in(parent, by=by)
    facts.setdefault("slug", free_slug(name))
    stored = store_picture(picture.content) if picture else ""
    organiser = Organiser.objects.create(picture=stored, parent=parent, **facts)
    OrganiserText.objects.create(
        owner=organiser, language=language, is_original=True, name=name, description=description
    )
    Membership.objects.create(organiser=organiser, person=owner, role=Membership.Role.OWNER)
    record(
        "organisers.create", about=organiser, by=by, facts={"owner": owner.pk, "parent": parent.pk if parent else None}
    )
    if owner != by:
        notify([owner], "organisers/handed_over", about=organiser)
    return organiser


@transaction.atomic
def update_organiser(
    organiser: Organiser, *, by, language: str, name: str, description: str, picture=None
) -> Organiser:
    """Save the changed facts and the texts in one language; a standing or a move of this minute stays."""
    if not may_manage(organiser, by):
        raise PermissionDenied
    now = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    organiser.standing, organiser.verified_until, organiser.parent_id = now.standing, now.verified_until, now.parent_id
    if picture:
        organiser.picture = store_picture(picture.content)
    organiser.save()
    OrganiserText.objects.update_or_create(
        owner=organiser, language=language, defaults={"name": name, "description": description}
    )
    record("organisers.update", about=organiser, by=by, facts={"language": language})
    return organiser


@transaction.atomic
def record_standing(organiser: Organiser, *, by, standing: str, until: date | None = None) -> Organiser:
    """Record what a check of the organiser found; other apps say so, this one shows it."""
    organiser = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    before, organiser.standing, organiser.verified_until = organiser.standing, standing, until
    organiser.save()
    record("organisers.standing", about=organiser, by=by, facts={"from": before, "to": standing, "until": str(until)})
    return organiser


def free_slug(name: str) -> str:
    """Return a slug for a name that no organiser has yet."""
    base = slugify(name)[:50] or "organiser"
    taken = RESERVED | set(Organiser.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(len(taken) + 1) if (slug := f"{base}-{n + 1}" if n else base) not in taken)
