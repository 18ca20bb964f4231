"""Creating and changing an organiser."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from organisers.actions.units import place_in
from organisers.models import Membership, Organiser, OrganiserText
from organisers.permissions import may_create, may_hand_over, may_manage
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.audit.models import AuditEvent
from portal.files.pictures import store_picture
from portal.notifications.actions import notify
from portal.workflow import StepRefused

DAILY_LIMIT = 5  # organisers of one person; units of a verified organiser are its own affair
SET_BY_OTHERS = ["standing", "verified_until", "parent_id", "change_since", "reminders"]
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
    if owner == by and not (parent and parent.is_verified):
        check_daily_limit(by)
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


def check_daily_limit(person) -> None:
    """Refuse many organisers of one person in a day, whoever owns them by now; the audit log forgets none."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # those of two tabs count one after the other
    made = AuditEvent.objects.filter(object_type=Organiser._meta.label_lower, verb="organisers.create", actor=person)
    if made.filter(at__gt=clock.now() - timedelta(days=1)).count() >= DAILY_LIMIT:
        raise StepRefused([_("You made five organisers today. Make the next one tomorrow.")])


@transaction.atomic
def update_organiser(
    organiser: Organiser, *, by, language: str, name: str, description: str, picture=None
) -> Organiser:
    """Save the changed facts and the texts in one language; a standing or a move of this minute stays.

    Raises PermissionDenied for a name, kind or country that the network did not check, where it checked another.
    """
    if not may_manage(organiser, by):
        raise PermissionDenied
    now = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    for fact in SET_BY_OTHERS:
        setattr(organiser, fact, getattr(now, fact))
    names = set(now.texts.values_list("name", flat=True))
    if now.is_locked() and (name not in names or (organiser.kind, organiser.country) != (now.kind, now.country)):
        raise PermissionDenied
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
