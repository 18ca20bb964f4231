"""Where a person is signed in."""

from django.contrib.sessions.models import Session

from portal.accounts.models import Person


def end_sessions(person: Person) -> None:
    """Sign a person out everywhere."""
    keys = person.usersession_set.values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    person.usersession_set.all().delete()
