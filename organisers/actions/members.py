"""Giving and taking roles."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.models import Membership, Organiser
from organisers.permissions import may_manage
from portal.accounts.models import Person
from portal.audit.log import record
from portal.workflow import StepRefused


@transaction.atomic
def set_roles(organiser: Organiser, person, roles, *, by) -> None:
    """Let a person hold exactly these roles here; the last owner stays."""
    organiser = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    if not may_manage(organiser, Person.objects.get(pk=by.pk)):  # read again: two owners may demote each other
        raise PermissionDenied
    hold(organiser, person, roles, by=by)


@transaction.atomic
def leave_organiser(organiser: Organiser, *, by) -> None:
    """Give back all roles that one holds here; the last owner stays."""
    organiser = Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    if not organiser.memberships.filter(person=by).exists():
        raise StepRefused([_("You hold no role of your own here.")])
    hold(organiser, by, [], by=by)


def hold(organiser: Organiser, person, roles, *, by) -> None:
    """Write down exactly these roles of a person; the caller has locked the organiser and asked who may."""
    held = set(organiser.memberships.filter(person=person).values_list("role", flat=True))
    if Membership.Role.OWNER in held - set(roles) and not owners_of(organiser).exclude(pk=person.pk).exists():
        raise StepRefused([_("An organiser keeps at least one owner. Make somebody else an owner first.")])
    organiser.memberships.filter(person=person, role__in=held - set(roles)).delete()
    for role in sorted(set(roles) - held):
        Membership.objects.create(organiser=organiser, person=person, role=role)
    record("organisers.roles", about=organiser, by=by, facts={"person": person.pk, "roles": sorted(roles)})


def owners_of(organiser: Organiser):
    """Return the people who own this organiser itself and may sign in."""
    return Person.objects.active().filter(pk__in=organiser.memberships.owners().values("person"))
