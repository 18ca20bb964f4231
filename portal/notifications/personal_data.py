"""The personal data of inbox and outbox."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.notifications.models import Notification, OutgoingMail
from portal.privacy import Delete, register

register(
    "notifications.Notification",
    label=_("Your inbox"),
    fields=("person", "facts"),
    purpose=_("to tell a person what happened (contract)"),
    kept=_("until the person erases the account"),
    rows_of=lambda person: Notification.objects.filter(person=person),
    erase=Delete(),
    also=("event", "created_at", "read_at"),
)
register(
    "notifications.OutgoingMail",
    label=_("Mails to you"),
    fields=("to", "person", "facts"),
    purpose=_("to send a mail once and to show whether it arrived (contract)"),
    kept=_("180 days"),
    rows_of=lambda person: OutgoingMail.objects.filter(
        Q(person=person) | Q(person=None, to__in=person.verified_addresses())
    ),
    erase=Delete(),
    also=("event", "state", "created_at", "sent_at"),
)
