"""What people hand over before they leave, and what becomes of the rest when they are erased."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from organisers.actions.members import owners_of
from organisers.models import Invitation, Membership, Organiser, VerificationCase
from portal.accounts.models import Person
from portal.notifications.actions import forget_news
from portal.privacy import Duty, Leaver


def left_alone_by(person: Person) -> list[Organiser]:
    """Return the organisers that would have no owner, of their own or above, without a person."""
    owned = Organiser.objects.filter(pk__in=Membership.objects.owners().filter(person=person).values("organiser"))
    return [one for one in owned.with_words().with_parents() if not has_other_owner(one, person)]


def has_other_owner(organiser: Organiser, person: Person) -> bool:
    """Say whether somebody else owns an organiser or what it is part of."""
    return any(owners_of(one).exclude(pk=person.pk).exists() for one in [organiser, *organiser.parents()])


def organisers_to_hand_over(person: Person) -> Iterator[Duty]:
    """Yield the organisers that only this person owns, then those of which others own some and they are the contact."""
    alone = left_alone_by(person)
    for organiser in alone:
        how = _("You are its only owner. Make somebody else an owner, or ask the network to find one.")
        yield Duty(organiser.name, organiser.people_url, how)
    contact = Organiser.objects.held_by(person, "owner").filter(contact_email__in=person.verified_addresses())
    for organiser in contact.exclude(pk__in=[one.pk for one in alone]).with_words():
        how = _("It names your address as its contact. Ask another owner to write theirs into its profile.")
        yield Duty(organiser.name, reverse("organisers:edit", args=[organiser.slug]), how)


def verifications_to_hand_over(person: Person) -> Iterator[Duty]:
    """Yield the checks of organisers that a person leads and that are not decided."""
    for case in VerificationCase.objects.open().with_words().filter(coordinator=person):
        how = _("You check this organiser. Decide before you go.")
        yield Duty(case.organiser.name, case.get_absolute_url(), how)


def empty_contact(rows: QuerySet[Organiser], leaver: Leaver) -> None:
    """Take the address out of the organisers that still name it: they have to name another one."""
    rows.update(contact_email="")


def forget_invitations(rows: QuerySet[Invitation], leaver: Leaver) -> None:
    """Delete the invitations to a person; those that they sent to others stay."""
    theirs = rows.exclude(Q(invited_by=leaver.person) & ~Q(accepted_by=leaver.person))
    forget_news(theirs)
    theirs.delete()
