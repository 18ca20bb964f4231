"""What a person may see of an organiser's inside."""

from django.shortcuts import get_object_or_404

from organisers.models import Organiser


def organiser_seen(user, slug) -> Organiser:
    """Fetch an organiser for its workspace; 404 for those who are not in it."""
    return get_object_or_404(Organiser.objects.with_words().with_parents().held_by(user), slug=slug)
