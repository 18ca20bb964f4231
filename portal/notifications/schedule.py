"""Sending mail: each row once, with a second copy only where a crash fell between the mail server's word and ours."""

import contextlib
import logging
import smtplib
from datetime import timedelta

from django.core.mail import get_connection

from portal import clock
from portal.notifications.letters import letter
from portal.notifications.models import OutgoingMail
from portal.schedule import every

log = logging.getLogger("portal.notifications")
CHUNK = 50
TRIES = 8


@every(seconds=15)
def send_due_mail():
    """Send the mails that are due; a temporary failure is tried again with growing pauses."""
    due = list(OutgoingMail.objects.due().order_by("not_before")[:CHUNK])
    if not due:
        return False
    with contextlib.closing(get_connection()) as connection:
        for mail in due:
            if claim(mail) and not send(mail, connection):
                connection.close()
    return len(due) == CHUNK


def claim(mail) -> bool:
    """Take one mail for this worker; False when another was faster."""
    claimed = OutgoingMail.objects.due().filter(pk=mail.pk, attempts=mail.attempts)
    mail.attempts += 1
    return claimed.update(state=OutgoingMail.State.SENDING, inflight_since=clock.now(), attempts=mail.attempts) == 1


def send(mail, connection) -> bool:
    """Send one claimed mail over a connection that stays open, and write down how it ended."""
    try:
        message = letter(mail)
        connection.open()
        connection.send_messages([message])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as fault:
        code = next(iter(fault.recipients.values()))[0] if hasattr(fault, "recipients") else fault.smtp_code
        put_off(mail, fault, final=code >= 500)
    except (OSError, smtplib.SMTPException) as fault:
        put_off(mail, fault)
    except Exception as fault:
        log.exception("mail %s could not be written", mail.key)
        put_off(mail, fault, final=mail.attempts >= 3)
    else:
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=OutgoingMail.State.SENT, sent_at=clock.now(), inflight_since=None, error=""
        )
        return True
    return False


def put_off(mail, fault, *, final=False):
    """Try again later, or give up where a report can show it."""
    final = final or mail.attempts >= TRIES
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=OutgoingMail.State.FAILED if final else OutgoingMail.State.QUEUED,
        not_before=clock.now() + timedelta(seconds=30 * 4 ** min(mail.attempts - 1, 5)),
        inflight_since=None,
        error=f"{type(fault).__name__}: {fault}"[:300],
    )
