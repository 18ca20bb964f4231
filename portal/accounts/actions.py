"""What can be done with people."""

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.accounts.models import NetworkRole, Person
from portal.audit.log import record
from portal.notifications.actions import queue_mail
from portal.workflow import StepRefused


@transaction.atomic
def create_person(*, by: Person | None, email: str, roles=(), ends_on=None, **facts) -> Person:
    """Create a person who chooses a password by a mailed link; the link proves the address as well."""
    person = Person.objects.create_user(email, None, **facts)
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    set_network_roles(person, roles, by=by, ends_on=ends_on)
    record("accounts.person.create", about=person, by=by)
    queue_mail("accounts/invited", to=person.email, person=person, about=person)
    return person


@transaction.atomic
def update_person(person: Person, *, by: Person, roles, ends_on=None) -> Person:
    """Save what a network admin changes; a person who may no longer sign in is signed out everywhere."""
    was_active = Person.objects.select_for_update(no_key=True).get(pk=person.pk).is_active
    if person.is_active:
        person.closed_at = None
    person.save(update_fields=["name", "country", "is_of_age", "language", "is_active", "closed_at"])
    set_network_roles(person, roles, by=by, ends_on=ends_on)
    if was_active and not person.is_active:
        end_sessions(person)
    record("accounts.person.update", about=person, by=by, facts={"active": person.is_active})
    return person


@transaction.atomic
def set_network_roles(person: Person, roles, *, by: Person | None, ends_on=None) -> None:
    """Give and take network roles so that the person holds exactly `roles` from today."""
    held = {role.role: role for role in person.network_roles.current()}
    for name in set(held) - set(roles):
        held[name].ends_on = clock.today()
        held[name].save()
        record("accounts.role.take", about=person, by=by, facts={"role": name})
    for name in sorted(set(roles) - set(held)):
        NetworkRole.objects.create(person=person, role=name, ends_on=ends_on, given_by=by)
        record("accounts.role.give", about=person, by=by, facts={"role": name})


def end_sessions(person: Person) -> None:
    """Sign a person out everywhere."""
    keys = person.usersession_set.values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    person.usersession_set.all().delete()


@transaction.atomic
def accept_invitation(person: Person, password: str) -> None:
    """Give an invited person their password; the address is proved, for the link was mailed to it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.filter(user=person, email=person.email).update(verified=True)
    record("accounts.invitation.accept", about=person, by=person)


@transaction.atomic
def remove_address(address: EmailAddress, *, by: Person) -> None:
    """Take an address from an account, neither the main one nor the last that was proved.

    What was collected there stays with the person; what waits there waits until somebody proves the address.
    """
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # or two windows would remove the last two together
    mine = EmailAddress.objects.filter(user=by)
    address = mine.filter(pk=address.pk).first()
    if address is None:
        return
    if address.primary:
        raise StepRefused([_("This is your main address. Make another one the main one first.")])
    if address.verified and not mine.filter(verified=True).exclude(pk=address.pk).exists():
        raise StepRefused([_("This is the only address that you proved. Prove another one first.")])
    address.delete()
    record("accounts.address.remove", about=by, by=by)
    queue_mail("accounts/account_changed", to=by.email, person=by, about=by, facts={"change": "email_deleted"})
