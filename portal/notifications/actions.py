"""Queueing what people are told; nothing is sent here."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from portal import clock
from portal.notifications.models import Notification, OutgoingMail
from portal.schedule import nudge


def _about(obj):
    return {"object_type": obj._meta.label_lower, "object_id": str(obj.pk)} if obj is not None else {}


def mail_row(event: str, *, to: str, person=None, about=None, facts=None, key=None, not_before=None, language=None):
    """Return an unsaved mail; the caller saves it in the transaction of the change it tells of."""
    return OutgoingMail(
        key=key or f"{event}:{uuid.uuid4()}",
        event=event,
        to=to,
        person=person,
        language=language or (person.language if person else get_language() or "en"),
        facts=facts or {},
        not_before=not_before or clock.now(),
        **_about(about),
    )


@transaction.atomic
def queue_mail(event: str, **row) -> OutgoingMail:
    """Queue one mail for sending after this transaction commits."""
    mail = mail_row(event, **row)
    mail.save()
    nudge("notifications.send_due_mail")
    return mail


@transaction.atomic
def notify(people, event: str, *, about=None, facts: dict | None = None) -> None:
    """Tell people by inbox and mail; both are rows in this transaction."""
    for person in people:
        Notification.objects.create(person=person, event=event, facts=facts or {}, **_about(about))
        queue_mail(event, to=person.email, person=person, about=about, facts=facts)


@transaction.atomic
def cancel_mail_about(obj) -> int:
    """Cancel the mails about an object that have not left; returns how many."""
    queued = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, **_about(obj))
    return queued.update(state=OutgoingMail.State.CANCELLED)


@transaction.atomic
def hasten_mail_about(objects, *, moment: datetime) -> None:
    """Bring the queued mails about these objects of one kind forward to a moment."""
    objects = list(objects)
    if not objects:
        return
    OutgoingMail.objects.filter(
        state=OutgoingMail.State.QUEUED,
        object_type=objects[0]._meta.label_lower,
        object_id__in=[str(obj.pk) for obj in objects],
    ).update(not_before=moment)
    nudge("notifications.send_due_mail")


def mark_read(person) -> None:
    """Mark everything in a person's inbox as seen."""
    Notification.objects.filter(person=person).unread().update(read_at=clock.now())
