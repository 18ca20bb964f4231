"""What the clock does for accounts."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from portal import clock
from portal.accounts.erasing import erase_person
from portal.accounts.exporting import claimed_export, forget_data, make_part
from portal.accounts.models import DataExport, NetworkRole, Person
from portal.schedule import every
from portal.workflow import do_all


@every(seconds=3600)
def erase_closed_accounts():
    """Erase the people who closed their account two weeks ago and did not come back."""
    do_all((Person.objects.due_for_erasure(), erase_person))


@every(seconds=10)
def make_data_files():
    """Put together what people asked for, one person and a while at a time."""
    export = claimed_export()
    return export is not None and make_part(export)


@every(seconds=3600)
def forget_data_files():
    """Delete what was put together a week ago."""
    do_all((DataExport.objects.outdated().select_related("file"), forget_data))


@every(seconds=24 * 3600)
def forget_old_roles():
    """Forget the roles in the network that ended two years ago; the log keeps that they were."""
    NetworkRole.objects.outdated().delete()


@every(seconds=24 * 3600)
def forget_ended_sessions():
    """Forget sessions that have run out, and where and with what people were signed in then."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
