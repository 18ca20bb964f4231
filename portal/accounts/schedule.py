"""What the clock does for accounts."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from portal import clock
from portal.accounts.actions import keep_editors
from portal.accounts.erasing import erase_person
from portal.accounts.exporting import claimed_export, forget_data, make_part
from portal.accounts.guardians import ask_guardian, lapse_for_child, warn_child
from portal.accounts.models import DataExport, Guardian, NetworkRole, Person
from portal.accounts.terms import ask_about_terms
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


@every(seconds=60)
def follow_editors():
    """Open and close the editor of the site as the role of its editors begins and ends."""
    keep_editors()


@every(seconds=24 * 3600)
def forget_old_roles():
    """Forget the roles in the network that ended two years ago; the log keeps that they were."""
    NetworkRole.objects.outdated().delete()


@every(seconds=24 * 3600)
def forget_ended_sessions():
    """Forget sessions that have run out, and where and with what people were signed in then."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@every(seconds=3600)
def ask_about_new_terms():
    """From the day on which new terms hold, let everybody be asked who has not agreed to them."""
    ask_about_terms()


@every(seconds=3600)
def attend_to_guardians():
    """Ask guardians who were not asked yet, tell children whose time runs out, and close what nobody agreed to."""
    do_all(
        (Guardian.objects.to_ask().select_related("child"), lambda guardian: ask_guardian(guardian.child)),
        (Guardian.objects.over().select_related("child"), lapse_for_child),
        (Guardian.objects.to_warn_about().select_related("child"), warn_child),
    )
