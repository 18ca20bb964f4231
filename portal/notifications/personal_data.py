"""The personal data of inbox and outbox."""

from django.db.models import Q

from portal.notifications.models import Notification, OutgoingMail
from portal.privacy import register

register(
    "notifications.Notification",
    fields=("person",),
    purpose="to tell a person what happened (contract)",
    kept="until the person erases the account",
    rows_of=lambda person: Notification.objects.filter(person=person),
)
register(
    "notifications.OutgoingMail",
    fields=("to", "person"),
    purpose="to send a mail once and to show whether it arrived (contract)",
    kept="180 days",
    rows_of=lambda person: OutgoingMail.objects.filter(Q(person=person) | Q(to__in=person.verified_addresses())),
)
