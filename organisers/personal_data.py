"""The personal data of organisers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisers.actions.leaving import (
    empty_contact,
    forget_invitations,
    organisers_to_hand_over,
    verifications_to_hand_over,
)
from organisers.actions.merging import drop_request, keep_longer_role
from organisers.models import (
    Invitation,
    JoinRequest,
    Membership,
    Organiser,
    PastMembership,
    Suspension,
    VerificationCase,
    VerificationQuestion,
)
from organisers.workflow.joining import OPEN
from portal.privacy import AS_SHELL, EMPTIED, Custom, Delete, register, register_duties
from portal.uniting import Once

INVITED = _("Invitations to you go; those that you sent stay without your name.")

register_duties(organisers_to_hand_over)
register_duties(verifications_to_hand_over)

register(
    "organisers.Membership",
    label=_("Your roles in organisers"),
    fields=("person",),
    purpose=_("to know who acts for an organiser (contract)"),
    kept=_("until the role ends"),
    rows_of=lambda person: Membership.objects.filter(person=person),
    erase=Delete(),
    also=("organiser", "role", "since"),
    merge=Once(same=("organiser", "role"), settle=keep_longer_role),
)
register(
    "organisers.PastMembership",
    label=_("Roles that you had in organisers"),
    fields=("person",),
    purpose=_("to keep people from judging those whom they belonged to (legitimate interest)"),
    kept=_("three years after the role ended"),
    rows_of=lambda person: PastMembership.objects.filter(person=person),
    erase=Delete(),
    also=("organiser", "role", "since", "until"),
)
register(
    "organisers.Organiser",
    label=_("Organisers that name your address as their contact"),
    fields=("contact_email",),
    purpose=_("to let holders of a badge reach its issuer (legitimate interest)"),
    kept=_("while the organiser is on the portal"),
    rows_of=lambda person: Organiser.objects.filter(contact_email__in=person.verified_addresses()),
    erase=Custom(empty_contact, EMPTIED, spares_news=True),
    also=("slug",),
)
register(
    "organisers.Invitation",
    label=_("Invitations to you and by you"),
    fields=("email", "invited_by", "accepted_by"),
    purpose=_("to let an owner offer a role to somebody, and to show who let them in (legitimate interest)"),
    kept=_("while the organiser is on the portal"),
    rows_of=lambda person: Invitation.objects.filter(
        Q(email__in=person.verified_addresses()) | Q(invited_by=person) | Q(accepted_by=person)
    ),
    shown_of=lambda person: Invitation.objects.filter(Q(email__in=person.verified_addresses()) | Q(accepted_by=person)),
    erase=Custom(forget_invitations, INVITED, spares_news=True),
    also=("organiser", "roles", "state", "created_at", "accepted_at"),
)
register(
    "organisers.JoinRequest",
    label=_("Your requests to join an organiser"),
    fields=("person", "message"),
    purpose=_("to ask an organiser to let a person in (contract)"),
    kept=_("while the organiser is on the portal"),
    rows_of=lambda person: JoinRequest.objects.filter(person=person),
    erase=Delete(),
    also=("organiser", "state", "created_at", "answered_at"),
    merge=Once(same=("organiser",), settle=drop_request, among=(("state", OPEN),)),
)
register(
    "organisers.VerificationCase",
    label=_("Checks of organisers"),
    fields=("opened_by", "coordinator", "first_coordinator"),
    purpose=_("to check who an organiser is, and to show who checked it (legitimate interest)"),
    kept=_("while the organiser is on the portal"),
    rows_of=lambda person: VerificationCase.objects.filter(
        Q(opened_by=person) | Q(coordinator=person) | Q(first_coordinator=person)
    ),
    erase=AS_SHELL,
    also=("organiser", "kind", "state", "opened_at"),
)
register(
    "organisers.VerificationQuestion",
    label=_("Questions in checks of organisers"),
    fields=("asked_by", "answered_by"),
    purpose=_("to check who an organiser is (legitimate interest)"),
    kept=_("while the organiser is on the portal"),
    rows_of=lambda person: VerificationQuestion.objects.filter(Q(asked_by=person) | Q(answered_by=person)),
    erase=AS_SHELL,
    also=("case", "asked_at", "answered_at"),
)
register(
    "organisers.Suspension",
    label=_("Suspensions of organisers"),
    fields=("suspended_by", "confirmed_by"),
    purpose=_("to protect learners from an organiser, with somebody who answers for it (legitimate interest)"),
    kept=_("while the organiser is on the portal"),
    rows_of=lambda person: Suspension.objects.filter(Q(suspended_by=person) | Q(confirmed_by=person)),
    erase=AS_SHELL,
    also=("organiser",),
)
