"""What can be endorsed, as addresses name it."""

from django.http import Http404

from badges.subjects import Subject, find


def subject_seen(user, kind, key) -> Subject:
    """Fetch a thing that can be endorsed; 404 for what nobody may look at."""
    subject = find(kind, key)
    if subject is None:
        raise Http404
    return subject
