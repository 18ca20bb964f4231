"""What can be done with organisers."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from organisers.models import Membership, Organiser, OrganiserText
from organisers.permissions import may_create, may_hand_over, may_manage
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.pictures import store_picture
from portal.notifications.actions import notify
from portal.workflow import StepRefused

RESERVED = {"new"}  # /workspace/new/


@transaction.atomic
def create_organiser(*, by, language: str, name: str, description: str, owner=None, picture=None, **facts) -> Organiser:
    """Create an organiser, unverified, with `by` or the named `owner` as its owner."""
    owner = owner or by
    if not (may_create(by) if owner == by else may_hand_over(by)):
        raise PermissionDenied
    facts.setdefault("slug", free_slug(name))
    organiser = Organiser.objects.create(picture=store_picture(picture.content) if picture else "", **facts)
    OrganiserText.objects.create(
        owner=organiser, language=language, is_original=True, name=name, description=description
    )
    Membership.objects.create(organiser=organiser, person=owner, role=Membership.Role.OWNER)
    record("organisers.create", about=organiser, by=by, facts={"owner": owner.pk})
    if owner != by:
        notify([owner], "organisers/handed_over", about=organiser)
    return organiser


@transaction.atomic
def update_organiser(
    organiser: Organiser, *, by, language: str, name: str, description: str, picture=None
) -> Organiser:
    """Save the changed facts of an organiser and its texts in one language; a standing of this minute stays."""
    if not may_manage(organiser, by):
        raise PermissionDenied
    now = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    organiser.standing, organiser.verified_until = now.standing, now.verified_until
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


@transaction.atomic
def set_roles(organiser: Organiser, person, roles, *, by) -> None:
    """Let a person hold exactly these roles here; the last owner stays."""
    organiser = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    if not may_manage(organiser, Person.objects.get(pk=by.pk)):  # read again: two owners may demote each other
        raise PermissionDenied
    held = set(organiser.memberships.filter(person=person).values_list("role", flat=True))
    if Membership.Role.OWNER in held - set(roles) and organiser.memberships.owners().count() == 1:
        raise StepRefused([_("An organiser keeps at least one owner. Make somebody else an owner first.")])
    organiser.memberships.filter(person=person, role__in=held - set(roles)).delete()
    for role in sorted(set(roles) - held):
        Membership.objects.create(organiser=organiser, person=person, role=role)
    record("organisers.roles", about=organiser, by=by, facts={"person": person.pk, "roles": sorted(roles)})


def free_slug(name: str) -> str:
    """Return a slug for a name that no organiser has yet."""
    base = slugify(name)[:50] or "organiser"
    taken = RESERVED | set(Organiser.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(len(taken) + 1) if (slug := f"{base}-{n + 1}" if n else base) not in taken)
