"""Giving and taking roles."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisers.models import Membership, Organiser, PastMembership
from organisers.permissions import may_manage
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import StepRefused


@transaction.atomic
def set_roles(organiser: Organiser, person, roles, *, by, units=()) -> None:
    """Let a person hold exactly these roles here, none in these units inside, and tell them; the last owner stays."""
    organiser = locked(organiser)
    if not may_manage(organiser, fresh(by)):  # two owners may demote each other
        raise PermissionDenied
    before = roles_in(organiser, person)
    ended = list(Organiser.objects.below(organiser).filter(pk__in=[unit.pk for unit in units]))
    for unit in ended:
        hold(locked(unit), person, [], by=by)
    hold(organiser, person, roles, by=by)
    if person != by and (ended or before != set(roles)):
        tell_roles(organiser, person, by=by, ended=ended)


def tell_roles(organiser: Organiser, person, *, by, ended) -> None:
    """Tell a person which roles they hold now, who changed them, and in which units theirs ended."""
    facts = {"roles": sorted(roles_in(organiser, person)), "units": [unit.name for unit in ended]}
    notify([person], "organisers/roles_changed", about=organiser, facts=facts, by=by)


def roles_in(organiser: Organiser, person) -> set[str]:
    """Return the roles of their own that a person holds in an organiser."""
    return set(organiser.memberships.filter(person=person).values_list("role", flat=True))


@transaction.atomic
def leave_organiser(organiser: Organiser, *, by) -> None:
    """Give back all roles that one holds here; the last owner stays."""
    organiser = locked(organiser)
    if not organiser.memberships.filter(person=by).exists():
        raise StepRefused([_("You hold no role of your own here.")])
    hold(organiser, by, [], by=by)


def hold(organiser: Organiser, person, roles, *, by) -> None:
    """Write down exactly these roles of a person; the caller has locked the organiser and asked who may."""
    held = roles_in(organiser, person)
    is_last = not owners_of(organiser).exclude(pk=person.pk).exists()
    if Membership.Role.OWNER in held - set(roles) and is_last and not owns_above(organiser, by):
        raise StepRefused([_("An organiser keeps at least one owner. Make somebody else an owner first.")])
    ended = organiser.memberships.filter(person=person, role__in=held - set(roles))
    PastMembership.objects.bulk_create(
        PastMembership(organiser=organiser, person=person, role=one.role, since=one.since) for one in ended
    )
    ended.delete()
    for role in sorted(set(roles) - held):
        Membership.objects.create(organiser=organiser, person=person, role=role)
    record("organisers.roles", about=organiser, by=by, facts={"person": person.pk, "roles": sorted(roles)})


def add_roles(organiser: Organiser, person, roles, *, by) -> None:
    """Give a person roles beside those they hold; the caller has locked the organiser and asked who may."""
    hold(organiser, person, {*roles_in(organiser, person), *roles}, by=by)


def locked(organiser: Organiser) -> Organiser:
    """Return the organiser as it is now, with its members held still until the transaction ends."""
    return Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)


def fresh(person) -> Person:
    """Return a person with the roles they hold now, not those of the beginning of the request."""
    return Person.objects.get(pk=person.pk)


def owns_above(organiser: Organiser, person) -> bool:
    """Say whether a person owns what an organiser is part of: it then is not left without an owner."""
    return organiser.parent is not None and may_manage(organiser.parent, fresh(person))


def owners_to_tell(organiser: Organiser):
    """Return the owners of an organiser; where it has none of its own, those of the nearest that it is part of."""
    return people_to_tell(organiser)


def people_to_tell(organiser: Organiser, *roles, besides=None):
    """Return the owners of an organiser and who holds one of these roles in it, apart from one person.

    Owners above may act as well: where nobody nearer may, those of the nearest that it is part of are told.
    """
    here = organiser.memberships.filter(role__in=[Membership.Role.OWNER, *roles])
    above = (one.memberships.owners() for one in organiser.parents())
    line = (Person.objects.active().filter(pk__in=held.values("person")) for held in [here, *above])
    told = (people.exclude(pk=besides.pk) if besides else people for people in line)
    return next((people for people in told if people.exists()), Person.objects.none())


def owners_of(organiser: Organiser):
    """Return the people who own this organiser itself and may sign in."""
    return Person.objects.active().filter(pk__in=organiser.memberships.owners().values("person"))
