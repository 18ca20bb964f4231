"""What a person may see of an organiser's inside."""

from django.shortcuts import get_object_or_404

from organisers.models import Organiser, Suspension, VerificationCase


def organiser_seen(user, slug) -> Organiser:
    """Fetch an organiser for its workspace; 404 for those who are not in it."""
    return get_object_or_404(Organiser.objects.with_words().with_parents().held_by(user), slug=slug)


def case_seen(user, key) -> VerificationCase:
    """Fetch a check that a person may follow."""
    cases = VerificationCase.objects.with_words().with_questions().visible_to(user)
    return get_object_or_404(cases, key=key)


def suspension_seen(user, key) -> Suspension:
    """Fetch a suspension that a person may read of."""
    return get_object_or_404(Suspension.objects.with_words().visible_to(user), key=key)
