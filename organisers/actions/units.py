"""Organisers inside organisers: departments, courses, teams."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import fresh, locked, owners_of, owners_to_tell
from organisers.models import Organiser
from organisers.permissions import may_add_unit, may_move
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import StepRefused


@transaction.atomic
def move_organiser(organiser: Organiser, *, by, parent: Organiser | None) -> Organiser:
    """Make an organiser part of another one, or of none; `by` owns all that are concerned."""
    lock_tree()
    organiser = locked(organiser)
    if not may_move(organiser, fresh(by)):
        raise PermissionDenied
    if parent is None and not owners_of(organiser).exists():
        raise StepRefused([_("Nobody owns this unit itself. Make somebody its owner before it stands by itself.")])
    before = organiser.parent_id
    organiser.parent = place_in(parent, by=by, organiser=organiser) if parent else None
    if organiser.parent_id != before:
        organiser.save(update_fields=["parent"])
        record("organisers.move", about=organiser, by=by, facts={"from": before, "to": organiser.parent_id})
        notify(owners_to_tell(organiser).exclude(pk=by.pk), "organisers/moved", about=organiser)
    return organiser


def place_in(parent: Organiser, *, by, organiser: Organiser | None = None) -> Organiser:
    """Return the parent as it is now, once it is certain that a new or given organiser may stand in it."""
    lock_tree()
    parent = Organiser.objects.with_parents().get(pk=parent.pk)
    if not may_add_unit(parent, fresh(by)):
        raise PermissionDenied
    line = [parent, *parent.parents()]
    if organiser in line:
        raise StepRefused([_("An organiser cannot be part of itself or of one of its own units.")])
    if len(line) + (organiser.height() if organiser else 1) > Organiser.DEPTH:
        raise StepRefused([_("Organisers stand three deep at most: a school, its departments, their courses.")])
    return parent


def lock_tree() -> None:
    """Let those who change what is part of what take turns: the oldest row stands for the whole tree."""
    Organiser.objects.select_for_update(no_key=True).order_by("pk").first()
