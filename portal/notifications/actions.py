"""Queueing what people are told; nothing is sent here."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import get_language, gettext

from portal import clock
from portal.notifications.models import Notification, OutgoingMail
from portal.schedule import nudge

CHUNK = 500


def _about(obj):
    return {"object_type": obj._meta.label_lower, "object_id": str(obj.pk)} if obj is not None else {}


def mail_row(event: str, *, to: str, person=None, about=None, facts=None, key=None, hold="", sender="", language=None):
    """Return an unsaved mail; the caller saves it in the transaction of the change it tells of.

    With `hold`, a name of the caller's choice, it waits for `let_go` of that name. The mails of one `sender` leave at
    no more than SENDER_MAILS_A_MINUTE.
    """
    return OutgoingMail(
        key=key or f"{event}:{uuid.uuid4()}",
        event=event,
        to=to,
        person=person,
        language=language or (person.language if person else get_language() or "en"),
        facts=facts or {},
        hold=hold,
        sender=sender,
        **_about(about),
    )


@transaction.atomic
def queue_mail(event: str, **row) -> OutgoingMail:
    """Queue one mail for sending after this transaction commits."""
    mail = mail_row(event, **row)
    mail.save()
    nudge("notifications.send_due_mail")
    return mail


def add_line(person, event: str, *, about=None, facts: dict | None = None) -> Notification:
    """Add a line to a person's inbox."""
    return Notification.objects.create(person=person, event=event, facts=facts or {}, **_about(about))


@transaction.atomic
def notify(
    people,
    event: str,
    *,
    about=None,
    facts: dict | Callable | None = None,
    by=None,
    rest: timedelta | None = None,
) -> None:
    """Tell people by inbox and mail; both are rows in this transaction.

    `facts` that differ from reader to reader, such as a title in their language, are a function of the person.
    `by` is who did it: their name stands in the news until they are erased. With `rest`, whoever was mailed the same
    news about the same thing within that time gets the inbox line alone.
    """
    doer = {} if by is None else {"by": str(by), "by_key": str(by.key)}
    resting = set()
    if rest:
        lately = OutgoingMail.objects.filter(event=event, created_at__gt=clock.now() - rest, **_about(about))
        resting = set(lately.exclude(state=OutgoingMail.State.CANCELLED).values_list("person_id", flat=True))
    for person in people:
        said = ((facts(person) if callable(facts) else facts) or {}) | doer
        add_line(person, event, about=about, facts=said)
        if person.pk not in resting:
            queue_mail(event, to=person.email, person=person, about=about, facts=said)


@transaction.atomic
def cancel_mail_about(obj) -> int:
    """Cancel the mails about an object that have not left; returns how many."""
    queued = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, **_about(obj))
    return queued.update(state=OutgoingMail.State.CANCELLED)


@transaction.atomic
def take_back_news(obj, *, person=None, events: list[str] | None = None) -> None:
    """Cancel the mails about an object that have not left, and delete its inbox lines: of everybody, or of one.

    With `events`, only what tells of these.
    """
    only = ({"person": person} if person else {}) | ({"event__in": events} if events else {})
    queued = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, **only, **_about(obj))
    queued.update(state=OutgoingMail.State.CANCELLED)
    Notification.objects.filter(**only, **_about(obj)).delete()


@transaction.atomic
def let_go(hold: str) -> None:
    """Let the mails leave and the inbox lines appear that were held under a name."""
    moment = clock.now()
    Notification.objects.filter(hold=hold).update(hold="", created_at=moment)
    OutgoingMail.objects.filter(hold=hold).update(hold="", not_before=moment)
    nudge("notifications.send_due_mail")


@transaction.atomic
def drop_held(hold: str) -> None:
    """Cancel the mails and delete the inbox lines that are held under a name."""
    Notification.objects.filter(hold=hold).delete()
    OutgoingMail.objects.filter(hold=hold).update(hold="", state=OutgoingMail.State.CANCELLED)


def forget_news(rows) -> None:
    """Delete every line and mail about some objects of one kind, whoever got it."""
    kind, keys = rows.model._meta.label_lower, [str(pk) for pk in rows.values_list("pk", flat=True)]
    for start in range(0, len(keys), CHUNK):
        about = {"object_type": kind, "object_id__in": keys[start : start + CHUNK]}
        Notification.objects.filter(**about).delete()
        OutgoingMail.objects.filter(**about).delete()


def forget_doer(person) -> None:
    """Take a person's name out of what others were told that they did."""
    rewrite_doer(person, {"by": gettext("Erased person"), "by_key": ""})


def hand_on_deeds(old, new) -> None:
    """Let what others were told that an account did be another account's, so that it is forgotten with that."""
    rewrite_doer(old, {"by_key": str(new.key)})


def rewrite_doer(person, facts: dict) -> None:
    """Change what the news say of who did what they tell."""
    for kind in (Notification, OutgoingMail):
        for line in kind.objects.filter(facts__by_key=str(person.key)):
            line.facts = line.facts | facts
            line.save(update_fields=["facts"])


def lead_on(old, new, *, person) -> None:
    """Let a person's inbox lines about an object lead to the one that takes its place."""
    Notification.objects.filter(person=person, **_about(old)).update(**_about(new))


def mark_read_about(obj, events: list[str]) -> None:
    """Mark the lines that tell of these events of an object as seen: what they tell is done."""
    Notification.objects.filter(event__in=events, **_about(obj)).unread().update(read_at=clock.now())


def mark_read(person) -> None:
    """Mark everything in a person's inbox as seen."""
    Notification.objects.filter(person=person).unread().update(read_at=clock.now())
