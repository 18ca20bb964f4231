"""Closing an account, opening it again, and erasing it two weeks later.

Of a person an empty row stays, on which others' rows may go on pointing: it has a key and a date, and no name.
"""

import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.exporting import forget_data
from portal.accounts.models import DataExport, NetworkRole, Person
from portal.accounts.sessions import end_sessions
from portal.audit.log import record
from portal.notifications.actions import forget_doer, forget_news, queue_mail
from portal.notifications.devmail import drop_messages
from portal.privacy import Duty, Leaver, duties_of, new_stand_in, personal_data
from portal.workflow import StepRefused


@transaction.atomic
def close_account(person: Person) -> Person:
    """Close an account at the wish of its person, who can come back for two weeks; whoever is needed cannot go yet."""
    Person.objects.select_for_update(no_key=True).order_by("pk").first()  # the last two owners go one after the other
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.closed_at:
        return person
    if duties := list(duties_of(person)):
        raise StepRefused([f"{duty.title}: {duty.how}" for duty in duties])
    person.is_active, person.closed_at = False, clock.now()
    person.save(update_fields=["is_active", "closed_at"])
    end_sessions(person)
    record("accounts.close", about=person, by=person)
    queue_mail("accounts/account_closed", to=person.email, person=person, about=person)
    return person


@transaction.atomic
def reopen_account(person: Person) -> Person:
    """Take up an account again that was closed and not erased yet; everything is as it was."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.erased_at:
        raise StepRefused([_("This account was erased. You can sign up anew.")])
    if person.closed_at:
        person.is_active, person.closed_at = True, None
        person.save(update_fields=["is_active", "closed_at"])
        record("accounts.reopen", about=person, by=person)
    return person


@transaction.atomic
def erase_person(person: Person) -> None:
    """Do with each row about a person what the registry says. Badges stay without a holder, and are not revoked."""
    person = Person.objects.select_for_update(no_key=True).filter(pk=person.pk).due_for_erasure().first()
    if person is not None:
        erase_now(person)


def erase_now(person: Person) -> None:
    """Erase a person who is locked and closed, however long ago."""
    leaver = Leaver(person)
    entries = personal_data().values()
    found = [(entry, entry.rows_of(person)) for entry in entries]  # while the addresses are still known
    addresses = [person.email, *person.verified_addresses()]
    forget_sessions_with(addresses)
    drop_messages(addresses)
    forget_doer(person)
    for entry, rows in found:
        if not entry.erase.spares_news:
            forget_news(rows)
    end_sessions(person)
    for entry, rows in found:
        entry.erase(rows, leaver)
    record("accounts.erase", about=person)


def network_to_hand_over(person: Person) -> Iterator[Duty]:
    """Yield the network itself, where nobody else looks after it."""
    admins = Person.objects.with_network_role(NetworkRole.Role.NETWORK_ADMIN)
    if person.is_network_admin and not admins.exclude(pk=person.pk).exists():
        how = _("You are its only network admin. Give this role to somebody else first.")
        yield Duty(_("The network"), reverse("accounts:people"), how)


def empty_person(rows: QuerySet[Person], leaver: Leaver) -> None:
    """Leave an empty row, whose address is nobody's."""
    person = leaver.person
    person.groups.clear()
    person.user_permissions.clear()
    rows.update(
        email=new_stand_in(),
        name="",
        password=make_password(None),
        country="",
        is_of_age=False,
        language=settings.LANGUAGE_CODE,
        time_zone=settings.TIME_ZONE,
        theme=Person.Theme.AUTO,
        last_login=None,
        is_superuser=False,
        erased_at=clock.now(),
    )


def drop_downloads(rows: QuerySet[DataExport], leaver: Leaver) -> None:
    """Delete a person's downloads, with their files."""
    for export in rows.select_related("file"):
        forget_data(export)


def drop_profile(rows: QuerySet, leaver: Leaver) -> None:
    """Delete how a person set the page editor, with their picture."""
    for profile in rows.exclude(avatar=""):
        transaction.on_commit(profile.avatar.delete)
    rows.delete()


def forget_sessions_with(addresses: list[str]) -> None:
    """End the sessions that wait for one of these addresses to be proved, or know it from a claim code."""
    named = re.compile("|".join(rf"(?<![\w.+-]){re.escape(one)}(?![\w-]|\.\w)" for one in addresses))
    kept = ((session.pk, str(session.get_decoded())) for session in Session.objects.iterator())
    Session.objects.filter(pk__in=[pk for pk, words in kept if named.search(words)]).delete()
