"""What can be done with people."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.accounts.guardians import ask_guardian, await_guardian, come_of_age, record_on_paper
from portal.accounts.models import NetworkRole, Person
from portal.accounts.sessions import end_sessions
from portal.accounts.terms import accept_terms
from portal.audit.log import record
from portal.notifications.actions import queue_mail
from portal.workflow import StepRefused

EDITORS = "Moderators"  # Wagtail's group that may do everything with the pages of the site


@transaction.atomic
def create_person(
    *, by: Person | None, email: str, roles=(), ends_on=None, guardian="", is_on_paper=False, **facts
) -> Person:
    """Create a person who chooses a password by a mailed link; the link proves the address as well.

    Somebody under age has a guardian who is asked then, or who agreed on paper.
    """
    person = Person.objects.create_user(email, None, **facts)
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    set_network_roles(person, roles, by=by, ends_on=ends_on)
    set_guardian(person, by=by, guardian=guardian, is_on_paper=is_on_paper)
    record("accounts.person.create", about=person, by=by)
    queue_mail("accounts/invited", to=person.email, person=person, about=person)
    return person


@transaction.atomic
def update_person(person: Person, *, by: Person, roles, ends_on=None, guardian="", is_on_paper=False) -> Person:
    """Save what a network admin changes; a person who may no longer sign in is signed out everywhere."""
    before = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.awaits_guardian = before.awaits_guardian
    if person.is_of_age and not before.is_of_age:
        come_of_age(before, by=by)
    if person.is_active:
        person.closed_at = None
    person.save(update_fields=["name", "country", "is_of_age", "language", "is_active", "closed_at"])
    set_network_roles(person, roles, by=by, ends_on=ends_on)
    set_guardian(person, by=by, guardian=guardian, is_on_paper=is_on_paper)
    if before.is_active and not person.is_active:
        end_sessions(person)
    record("accounts.person.update", about=person, by=by, facts={"active": person.is_active})
    return person


@transaction.atomic
def save_settings(person: Person, *, fields: list[str]) -> Person:
    """Save what a person says of themselves, these fields alone, and write down what they agree to or no longer do."""
    had = Person.objects.select_for_update(no_key=True).get(pk=person.pk).gets_reminders
    person.save(update_fields=fields)
    if person.gets_reminders != had:
        verb = "give" if person.gets_reminders else "withdraw"
        record(f"accounts.consent.{verb}", about=person, by=person, facts={"to": "reminders"})
    return person


def set_guardian(person: Person, *, by: Person | None, guardian: str, is_on_paper: bool) -> None:
    """Let a guardian agree on paper, or be asked once the person has proved an address."""
    if is_on_paper:
        record_on_paper(person, by=by)
    elif guardian:
        await_guardian(person, email=guardian, by=by)
        ask_guardian(person)


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
    if NetworkRole.Role.EDITOR in set(held) ^ set(roles):
        keep_editors()


@transaction.atomic
def keep_editors() -> None:
    """Make the members of Wagtail's moderators those who are editors of the site today."""
    group, _is_new = Group.objects.get_or_create(name=EDITORS)
    today = NetworkRole.objects.current().filter(role=NetworkRole.Role.EDITOR)
    group.user_set.set(Person.objects.standing().filter(pk__in=today.values("person")))


@transaction.atomic
def accept_invitation(person: Person, password: str) -> None:
    """Give an invited person their password; the address is proved, for the link was mailed to it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.filter(user=person, email=person.email).update(verified=True)
    accept_terms(person, how="welcome")
    ask_guardian(person)
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
