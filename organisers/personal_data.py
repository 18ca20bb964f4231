"""The personal data of organisers."""

from organisers.models import Membership, Organiser
from portal.privacy import register

register(
    "organisers.Membership",
    fields=("person",),
    purpose="to know who acts for an organiser (contract)",
    kept="until the role ends",
    rows_of=lambda person: Membership.objects.filter(person=person),
)
register(
    "organisers.Organiser",
    fields=("contact_email",),
    purpose="to let holders of a badge reach its issuer (legitimate interest)",
    kept="while the organiser is on the portal",
    rows_of=lambda person: Organiser.objects.filter(contact_email__in=person.verified_addresses()),
)
