"""What the clock does for accounts."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from portal import clock
from portal.schedule import every


@every(seconds=24 * 3600)
def forget_ended_sessions():
    """Forget sessions that have run out, and where and with what people were signed in then."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
