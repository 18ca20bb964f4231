"""What must hold of organisers at any time."""

from django.db.models import Exists, OuterRef

from organisers.models import Membership, Organiser, Suspension, VerificationCase
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


@invariant("O3 suspension")
def suspensions_in_force_hold():
    """Name organisers that act although a suspension of theirs is in force."""
    for organiser in Organiser.objects.filter(Exists(Suspension.objects.in_force().filter(organiser=OuterRef("pk")))):
        if organiser.standing != Organiser.Standing.SUSPENDED:
            yield f"organiser {organiser.slug} acts under a suspension"


@invariant("O4 change")
def changes_under_check_have_a_case():
    """Name organisers whose change is said to be under check while nobody checks it."""
    open_cases = VerificationCase.objects.open().filter(organiser=OuterRef("pk"))
    for organiser in Organiser.objects.exclude(change_since=None).exclude(Exists(open_cases)):
        yield f"organiser {organiser.slug} waits for the check of a change that nobody asked for"
