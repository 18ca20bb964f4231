"""Sending mail: each row once, with a second copy only where a crash fell between the mail server's word and ours."""

import contextlib
import logging
import smtplib
import time
from datetime import timedelta

from django.core.mail import get_connection

from portal import clock
from portal.notifications.letters import letter
from portal.notifications.models import OutgoingMail
from portal.schedule import every

log = logging.getLogger("portal.notifications")
CHUNK = 50
ROUND_SECONDS = 20
TRIES = 9  # the last one comes more than a day after the first


@every(seconds=15)
def send_due_mail():
    """Send the mails that are due; a temporary failure is tried again with growing pauses.

    A server that does not answer, or slowly, ends the round: the worker has other things to do than to wait for it.
    """
    due = list(OutgoingMail.objects.due().within_rate().order_by("not_before")[:CHUNK])
    if not due:
        return False
    started = time.monotonic()
    with contextlib.closing(get_connection()) as connection:
        for mail in due:
            if time.monotonic() - started > ROUND_SECONDS:
                return True
            if not claim(mail):
                continue
            try:
                send(mail, connection)
            except OSError as fault:
                put_off(mail, fault)
                return False
    return len(due) == CHUNK


@every(seconds=24 * 3600)
def forget_old_mail():
    """Forget the mails of half a year ago; what still waits to be sent is not old."""
    OutgoingMail.objects.outdated().delete()


def claim(mail) -> bool:
    """Take one mail for this worker; False when another was faster."""
    claimed = OutgoingMail.objects.due().filter(pk=mail.pk, attempts=mail.attempts)
    mail.attempts += 1
    return claimed.update(state=OutgoingMail.State.SENDING, inflight_since=clock.now(), attempts=mail.attempts) == 1


def send(mail, connection) -> None:
    """Send one claimed mail over a connection that stays open, and write down how it ended.

    Raises OSError when the server cannot be talked to.
    """
    try:
        message = letter(mail)
        connection.open()
        connection.send_messages([message])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as fault:  # about this mail, not about us
        code = next(iter(fault.recipients.values()))[0] if hasattr(fault, "recipients") else fault.smtp_code
        put_off(mail, fault, final=code >= 500)
        connection.close()
    except OSError:
        raise
    except Exception as fault:
        log.exception("mail %s could not be written", mail.key)
        put_off(mail, fault, final=mail.attempts >= 3)
    else:
        still_ours(mail).update(state=OutgoingMail.State.SENT, sent_at=clock.now(), inflight_since=None, error="")


def still_ours(mail):
    """Return the row of a claimed mail, unless another worker took it over since: its word counts then."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=OutgoingMail.State.SENDING, attempts=mail.attempts)


def put_off(mail, fault, *, final=False):
    """Try again later, or give up where a report can show it."""
    final = final or mail.attempts >= TRIES
    still_ours(mail).update(
        state=OutgoingMail.State.FAILED if final else OutgoingMail.State.QUEUED,
        not_before=clock.now() + timedelta(seconds=30 * 4 ** min(mail.attempts - 1, 5)),
        inflight_since=None,
        error=f"{type(fault).__name__}: {fault}"[:300],
    )
