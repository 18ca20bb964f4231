"""What every page shows of the inbox."""

from django.utils.functional import SimpleLazyObject


def inbox(request):
    """Return the number of unread lines, counted only when a page shows it."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    return {"unread_count": SimpleLazyObject(lambda: person.notifications.unread().count())}
