"""The personal data of organisers."""

from django.db.models import Q

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
from portal.privacy import register

register(
    "organisers.Membership",
    fields=("person",),
    purpose="to know who acts for an organiser (contract)",
    kept="until the role ends",
    rows_of=lambda person: Membership.objects.filter(person=person),
)
register(
    "organisers.PastMembership",
    fields=("person",),
    purpose="to keep people from judging those whom they belonged to (legitimate interest)",
    kept="three years after the role ended",
    rows_of=lambda person: PastMembership.objects.filter(person=person),
)
register(
    "organisers.Organiser",
    fields=("contact_email",),
    purpose="to let holders of a badge reach its issuer (legitimate interest)",
    kept="while the organiser is on the portal",
    rows_of=lambda person: Organiser.objects.filter(contact_email__in=person.verified_addresses()),
)
register(
    "organisers.Invitation",
    fields=("email", "invited_by", "accepted_by"),
    purpose="to let an owner offer a role to somebody, and to show who let them in (legitimate interest)",
    kept="while the organiser is on the portal",
    rows_of=lambda person: Invitation.objects.filter(
        Q(email__in=person.verified_addresses()) | Q(invited_by=person) | Q(accepted_by=person)
    ),
)
register(
    "organisers.JoinRequest",
    fields=("person",),
    purpose="to ask an organiser to let a person in (contract)",
    kept="while the organiser is on the portal",
    rows_of=lambda person: JoinRequest.objects.filter(person=person),
)
register(
    "organisers.VerificationCase",
    fields=("opened_by", "coordinator", "first_coordinator"),
    purpose="to check who an organiser is, and to show who checked it (legitimate interest)",
    kept="while the organiser is on the portal",
    rows_of=lambda person: VerificationCase.objects.filter(
        Q(opened_by=person) | Q(coordinator=person) | Q(first_coordinator=person)
    ),
)
register(
    "organisers.VerificationQuestion",
    fields=("asked_by", "answered_by"),
    purpose="to check who an organiser is (legitimate interest)",
    kept="while the organiser is on the portal",
    rows_of=lambda person: VerificationQuestion.objects.filter(Q(asked_by=person) | Q(answered_by=person)),
)
register(
    "organisers.Suspension",
    fields=("suspended_by", "confirmed_by"),
    purpose="to protect learners from an organiser, with somebody who answers for it (legitimate interest)",
    kept="while the organiser is on the portal",
    rows_of=lambda person: Suspension.objects.filter(Q(suspended_by=person) | Q(confirmed_by=person)),
)
