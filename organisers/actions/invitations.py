"""Offering roles to people by mail."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisers.actions.members import add_roles, fresh, locked, owners_of
from organisers.models import Invitation, Organiser
from organisers.permissions import may_invite
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import cancel_mail_about, notify, queue_mail
from portal.workflow import StepRefused, take

OPEN_LIMIT = 50
UNVERIFIED_DAILY_LIMIT = 30


@transaction.atomic
def invite(organiser: Organiser, addresses, *, roles, by) -> list[Invitation]:
    """Offer roles to each canonical address by mail; an open invitation to one of them is replaced."""
    organiser = locked(organiser)
    if not may_invite(organiser, fresh(by)):
        raise PermissionDenied
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


def check_limits(organiser: Organiser, count: int, by) -> None:
    """Refuse more invitations than an organiser needs, and many mails a day while nobody has checked who it is."""
    if Invitation.objects.of(organiser).open().in_time().count() + count > OPEN_LIMIT:
        raise StepRefused([_("50 invitations can be open at a time. Take some back, or wait for answers.")])
    lately = Invitation.objects.since(clock.now() - timedelta(days=1)).filter(Q(organiser=organiser) | Q(invited_by=by))
    if not organiser.is_verified and lately.count() + count > UNVERIFIED_DAILY_LIMIT:
        raise StepRefused([_("Organisers who are not verified yet can invite 30 people a day.")])


def mail_invitation(invitation: Invitation) -> None:
    """Queue the letter, in the language of the person where the address is known, else in the inviter's."""
    person = Person.objects.active().with_verified_address(invitation.email).first()
    language = person.language if person else get_language()
    queue_mail("organisers/invited", to=invitation.email, person=person, about=invitation, language=language)


@transaction.atomic
def send_invitation_again(invitation: Invitation, *, by) -> Invitation:
    """Mail an invitation once more; its fourteen days begin anew, and `by` stands behind it."""
    invitation = take(invitation.send_again, by=by, inviter=by)
    mail_invitation(invitation)
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
    notify(owners_of(organiser).exclude(pk=by.pk), "organisers/joined", about=invitation)
    return invitation
