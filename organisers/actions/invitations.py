"""Offering roles to people by mail."""

from collections import Counter
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisers.actions.members import add_roles, fresh, locked, owners_to_tell
from organisers.models import Invitation, Organiser
from organisers.permissions import may_invite
from portal import clock
from portal.accounts.addresses import in_mailbox, mailbox
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import cancel_mail_about, notify, queue_mail
from portal.workflow import StepRefused, take

OPEN_LIMIT = 50
UNVERIFIED_DAILY_LIMIT = 30
DAILY_LIMIT = 300


@transaction.atomic
def invite(organiser: Organiser, addresses, *, roles, by) -> list[Invitation]:
    """Offer roles to each canonical address by mail; an open invitation to one of them is replaced."""
    organiser = locked(organiser)
    if not may_invite(organiser, fresh(by)):
        raise PermissionDenied
    check_room(len(addresses))
    check_addresses(organiser, addresses)
    for known in Invitation.objects.of(organiser).open().filter(email__in=addresses):
        revoke_invitation(known, by=by)
    check_limits(organiser, len(addresses), by)
    invitations = [
        Invitation.objects.create(organiser=organiser, email=address, roles=sorted(roles), invited_by=by)
        for address in addresses
    ]
    for invitation in invitations:
        record("organisers.invite", about=invitation, by=by, facts={"roles": invitation.roles})
        mail_invitation(invitation)
    return invitations


def check_room(count: int) -> None:
    """Refuse more open invitations than an organiser needs."""
    if count > OPEN_LIMIT:
        raise StepRefused([_("50 invitations can be open at a time. Take some back, or wait for answers.")])


def check_addresses(organiser: Organiser, addresses) -> None:
    """Refuse a second letter to somebody within a day unless the first was taken back, a third, and many of all."""
    lately = Invitation.objects.lately_mailed().filter(in_mailbox(addresses))
    ours = lately.of(organiser)
    if waiting := sorted(set(ours.open().values_list("email", flat=True)) & set(addresses)):
        said = _(
            "You invited these people less than a day ago: %(addresses)s. Change the roles of their invitation, "
            "or take it back first."
        )
        raise StepRefused([said % {"addresses": ", ".join(waiting)}])
    letters = Counter(ours.values_list("email", flat=True))
    if again := sorted(address for address in addresses if letters[address] >= Invitation.OWN_LETTERS):
        said = _("You invited these people twice within a day: %(addresses)s. Write to them again tomorrow.")
        raise StepRefused([said % {"addresses": ", ".join(again)}])
    check_letters(lately, addresses)


def check_letters(lately, addresses) -> None:
    """Refuse more letters than a mailbox gets within a day, from all organisers and under all its +tags together."""
    letters = Counter(mailbox(address) for address in [*lately.values_list("email", flat=True), *addresses])
    if enough := sorted(address for address in addresses if letters[mailbox(address)] > Invitation.LETTERS):
        said = _("These people got many invitations today: %(addresses)s. Invite them tomorrow.")
        raise StepRefused([said % {"addresses": ", ".join(enough)}])


def check_limits(organiser: Organiser, count: int, by) -> None:
    """Refuse more invitations than an organiser needs, and many mails a day, above all while nobody checked who it is.

    What one person sends from several organisers counts together.
    """
    check_room(Invitation.objects.of(organiser).open().in_time().count() + count)
    lately = Invitation.objects.since(clock.now() - timedelta(days=1)).filter(Q(organiser=organiser) | Q(invited_by=by))
    sent = lately.count() + count
    if not organiser.is_verified and sent > UNVERIFIED_DAILY_LIMIT:
        raise StepRefused([_("Organisers who are not verified yet can invite 30 people a day.")])
    if sent > DAILY_LIMIT:
        raise StepRefused([_("An organiser can invite 300 people a day. Invite the others tomorrow.")])


def mail_invitation(invitation: Invitation) -> None:
    """Queue the letter, in the language of the person where the address is known, else in the inviter's."""
    person = Person.objects.active().with_verified_address(invitation.email).first()
    language = person.language if person else get_language()
    queue_mail("organisers/invited", to=invitation.email, person=person, about=invitation, language=language)


@transaction.atomic
def send_invitation_again(invitation: Invitation, *, by) -> Invitation:
    """Mail an invitation once more; its fourteen days begin anew, and `by` stands behind it."""
    invitation = take(invitation.send_again, by=by, inviter=by)
    others = Invitation.objects.lately_mailed().exclude(pk=invitation.pk)
    check_letters(others.filter(in_mailbox([invitation.email])), [invitation.email])
    mail_invitation(invitation)
    return invitation


@transaction.atomic
def change_invitation(invitation: Invitation, *, roles, by) -> Invitation:
    """Offer other roles by an invitation that waits; its link stays and shows them, and no letter is written."""
    if not roles:
        raise StepRefused([_("Choose at least one role.")])
    invitation = take(invitation.change_roles, by=by, roles=sorted(roles))
    record("organisers.invite", about=invitation, by=by, facts={"roles": invitation.roles})
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by) -> Invitation:
    """Take an invitation back; its link opens nothing from now on."""
    invitation = take(invitation.revoke, by=by)
    cancel_mail_about(invitation)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by) -> Invitation:
    """Give the invited person the roles, beside those they hold; the owners are told."""
    organiser = locked(invitation.organiser)
    invitation = take(invitation.accept, by=by, person=by)
    add_roles(organiser, by, invitation.roles, by=by)
    notify(owners_to_tell(organiser).exclude(pk=by.pk), "organisers/joined", about=invitation)
    return invitation
