"""What must hold of organisers at any time."""

from django.db.models import Exists

from organisers.models import Membership, Organiser
from portal.invariants import invariant


@invariant("O1 owner")
def every_organiser_has_an_owner():
    """Name organisers that nobody owns, neither themselves nor what they are part of."""
    for organiser in Organiser.objects.exclude(Exists(Membership.objects.owners().reaching())):
        yield f"organiser {organiser.slug} has no owner"


@invariant("O2 tree")
def organisers_stand_three_deep_at_most():
    """Name units that stand too deep, which those in a circle do as well."""
    for organiser in Organiser.objects.exclude(parent__parent__parent=None):
        yield f"organiser {organiser.slug} stands too deep, or inside itself"
