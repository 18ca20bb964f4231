"""Asking the parent or guardian of somebody under age, and what follows from their answer."""

import uuid
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.accounts.addresses import in_mailbox, mailbox
from portal.accounts.closing import close_for_good
from portal.accounts.models import Guardian, Person, TermsVersion
from portal.accounts.permissions import may_come_of_age
from portal.accounts.workflow import AGREED
from portal.audit.log import record
from portal.notifications.actions import cancel_mail_about, queue_mail
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused, take

LETTERS_A_DAY = 10  # to one mailbox, whichever children name it
ASKED = "accounts/guardian_asked"
OWN_ADDRESS = _("This is your own address. Give the one of your parent or guardian.")


def is_own_mailbox(child: Person, address: str) -> bool:
    """Say whether a guardian's address is the child's own, with another tag or not."""
    own = {child.email, *child.emailaddress_set.values_list("email", flat=True)}
    return mailbox(address) in {mailbox(one) for one in own}


@transaction.atomic
def await_guardian(child: Person, *, email: str, by: Person | None = None) -> Guardian:
    """Let an account under age wait for its guardian, who is written to once the child has proved an address."""
    if is_own_mailbox(child, email):
        raise StepRefused([OWN_ADDRESS])
    guardian, _is_new = Guardian.objects.update_or_create(child=child, defaults={"email": email, "recorded_by": by})
    child.is_of_age, child.awaits_guardian = False, True
    child.save(update_fields=["is_of_age", "awaits_guardian"])
    record("accounts.guardian.name", about=child, by=by or child)
    return guardian


@transaction.atomic
def record_on_paper(child: Person, *, by: Person) -> Guardian:
    """Write down that a guardian agreed on paper, which the network keeps."""
    child.is_of_age, child.awaits_guardian = False, False
    child.save(update_fields=["is_of_age", "awaits_guardian"])
    record("accounts.guardian.on_paper", about=child, by=by)
    facts = {"is_on_paper": True, "recorded_by": by, "answered_at": clock.now(), "state": AGREED}
    return Guardian.objects.create(child=child, **facts)


@transaction.atomic
def ask_guardian(child: Person) -> None:
    """Write to the guardian of a child who has just proved an address; once."""
    guardian = Guardian.objects.to_ask().filter(child=child).select_for_update(of=("self",)).first()
    if guardian:
        guardian.asked_at = clock.now()
        write_letter(guardian)


def write_letter(guardian: Guardian) -> bool:
    """Queue the letter with the question; False where this mailbox got too many of them today."""
    lately = OutgoingMail.objects.filter(event=ASKED, created_at__gt=clock.now() - timedelta(days=1))
    may = lately.filter(in_mailbox([guardian.email], "to")).count() < LETTERS_A_DAY
    if may:
        guardian.written_at, guardian.letters = clock.now(), guardian.letters + 1
        queue_mail(ASKED, to=guardian.email, about=guardian, language=guardian.child.language)
    guardian.save()
    return may


@transaction.atomic
def write_again(child: Person) -> None:
    """Write to the guardian once more, not too soon and not too often."""
    guardian = waiting_guardian(child)
    if guardian.written_at and guardian.written_at > clock.now() - guardian.REST:
        raise StepRefused([_("We wrote less than an hour ago. Mail may take a while.")])
    check_letters_left(guardian)
    send_or_refuse(guardian)


@transaction.atomic
def correct_guardian(child: Person, *, email: str) -> None:
    """Ask at another address; the link that went to the one before opens nothing any more."""
    if is_own_mailbox(child, email):
        raise StepRefused([OWN_ADDRESS])
    guardian = Guardian.objects.filter(child=child).first()
    if guardian is None:
        guardian = await_guardian(child, email=email)
    guardian = waiting_guardian(child)
    check_letters_left(guardian)
    cancel_mail_about(guardian)
    guardian.email, guardian.nonce = email, uuid.uuid4()
    guardian.asked_at, guardian.warned_at = clock.now(), None
    record("accounts.guardian.correct", about=child, by=child)
    send_or_refuse(guardian)


def waiting_guardian(child: Person) -> Guardian:
    """Lock the guardian of a child who waits."""
    guardian = Guardian.objects.select_for_update(of=("self",)).select_related("child").filter(child=child).first()
    if guardian is None or not guardian.is_waiting:
        raise StepRefused([_("Nobody has to be asked any more.")])
    return guardian


def check_letters_left(guardian: Guardian) -> None:
    if guardian.letters >= guardian.MOST_LETTERS:
        raise StepRefused([_("We wrote five times. Ask your parent or guardian to look for our letter.")])


def send_or_refuse(guardian: Guardian) -> None:
    if not write_letter(guardian):
        raise StepRefused([_("This mailbox got too many of our letters today. Try again tomorrow.")])


@transaction.atomic
def agree_for_child(guardian: Guardian, *, name: str) -> Guardian:
    """Open the account of a child: its guardian agrees, and gets a link to take that back."""
    guardian = take(guardian.agree, by=None, name=name, terms=TermsVersion.objects.in_force())
    child = Person.objects.select_for_update(no_key=True).get(pk=guardian.child_id)
    child.awaits_guardian = False
    child.save(update_fields=["awaits_guardian"])
    queue_mail("accounts/guardian_agreed", to=guardian.email, about=guardian, language=child.language)
    queue_mail("accounts/guardian_let_you_in", to=child.email, person=child, about=child)
    return guardian


@transaction.atomic
def refuse_for_child(guardian: Guardian) -> None:
    """Close the account of a child whose guardian does not agree."""
    end_for_child(take(guardian.refuse, by=None), why="refused")


@transaction.atomic
def withdraw_for_child(guardian: Guardian) -> None:
    """Close the account of a child whose guardian takes the agreement back."""
    end_for_child(take(guardian.withdraw, by=None), why="withdrawn")


@transaction.atomic
def lapse_for_child(guardian: Guardian) -> None:
    """Close the account of a child whose guardian did not answer in time."""
    end_for_child(take(guardian.lapse, by=None), why="lapsed")


def end_for_child(guardian: Guardian, *, why: str) -> None:
    """Close the account for good and tell the child, who may have no account by the time the letter leaves."""
    child = guardian.child
    addresses = child.verified_addresses()
    close_for_good(child, why=why)
    if addresses:
        queue_mail("accounts/guardian_did_not_agree", to=addresses[0], language=child.language, facts={"why": why})


@transaction.atomic
def warn_child(guardian: Guardian) -> None:
    """Tell a child, once, that time to agree runs out."""
    if Guardian.objects.to_warn_about().filter(pk=guardian.pk).update(warned_at=clock.now()) == 1:
        child = guardian.child
        facts = {"day": clock.day_of(guardian.ends_at).isoformat()}
        queue_mail("accounts/guardian_is_late", to=child.email, person=child, about=child, facts=facts)


@transaction.atomic
def come_of_age(person: Person, *, by: Person) -> Person:
    """Write down that somebody is old enough now: pages may be public from here on, and their guardian is told."""
    guardian = Guardian.objects.select_for_update().filter(child=person).first()  # before the child, as elsewhere
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person == by and not may_come_of_age(person):
        raise PermissionDenied
    if guardian:
        if guardian.email and not guardian.is_waiting:
            facts = {"name": person.name}
            queue_mail("accounts/guardian_no_longer", to=guardian.email, language=person.language, facts=facts)
        cancel_mail_about(guardian)
        guardian.delete()
    person.is_of_age, person.awaits_guardian = True, False
    person.save(update_fields=["is_of_age", "awaits_guardian"])
    record("accounts.come_of_age", about=person, by=by)
    return person
