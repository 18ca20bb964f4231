"""No mail is stuck."""

from datetime import timedelta

from portal import clock
from portal.invariants import invariant
from portal.notifications.models import OutgoingMail


@invariant("I3 mail in flight")
def mail_is_not_stuck():
    """Name mails that have been in flight for more than 15 minutes."""
    limit = clock.now() - timedelta(minutes=15)
    for mail in OutgoingMail.objects.filter(state=OutgoingMail.State.SENDING, inflight_since__lt=limit):
        yield f"mail {mail.key} has been in flight since {mail.inflight_since:%F %T}"
