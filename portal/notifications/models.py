"""Rows that tell somebody something: a line in the inbox, a mail to be sent."""

import uuid
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from portal import clock

MAIL_KEPT = timedelta(days=180)
INFLIGHT_LEASE = timedelta(minutes=2)  # longer than the slowest talk with a mail server that EMAIL_TIMEOUT allows


class About(models.Model):
    """What a row is about, by the label of its model and its key."""

    event = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    hold = models.CharField(max_length=60, blank=True)  # what must be let go before anybody is told

    class Meta:
        abstract = True

    def about_model(self):
        """Return the model of what the row is about."""
        return apps.get_model(self.object_type)

    def about(self):
        """Fetch what the row is about; None when it is about nothing or is gone."""
        if not self.object_type:
            return None
        return self.about_model()._base_manager.filter(pk=self.object_id).first()

    def template(self, kind):
        """Return the name of one of the event's three templates."""
        app, name = self.event.split("/")
        return f"{app}/emails/{name}.{kind}"


class NotificationQuerySet(models.QuerySet):
    def shown(self):
        """Return the lines that are not held back."""
        return self.filter(hold="")

    def unread(self):
        """Return what the person has not seen."""
        return self.shown().filter(read_at=None)


class Notification(About):
    """A line in a person's inbox."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notification_unread"),
            models.Index(fields=["hold"], condition=~Q(hold=""), name="notification_hold"),
        ]


class OutgoingMailQuerySet(models.QuerySet):
    def due(self):
        """Return the mails to send now, with those that a crashed worker left behind."""
        now = clock.now()
        queued = Q(state=OutgoingMail.State.QUEUED, not_before__lte=now)
        left = Q(state=OutgoingMail.State.SENDING, inflight_since__lt=now - INFLIGHT_LEASE)
        return self.filter(queued | left, hold="")

    def outdated(self):
        """Return the mails that ended, well or not, and were kept for long enough."""
        ended = [OutgoingMail.State.SENT, OutgoingMail.State.FAILED, OutgoingMail.State.CANCELLED]
        return self.filter(state__in=ended, created_at__lte=clock.now() - MAIL_KEPT)

    def within_rate(self):
        """Leave out the mails of senders who had their share of the last minute."""
        lately = OutgoingMail.objects.filter(sent_at__gt=clock.now() - timedelta(minutes=1)).exclude(sender="")
        counted = lately.order_by().values("sender").annotate(sent=Count("pk"))
        return self.exclude(sender__in=counted.filter(sent__gte=settings.SENDER_MAILS_A_MINUTE).values("sender"))

    def failed_about(self, object_type):
        """Return the mails about objects of a kind that could not be delivered."""
        return self.filter(state=OutgoingMail.State.FAILED, object_type=object_type)

    def about_any(self, objects):
        """Return the mails about objects of one kind."""
        if not objects:
            return self.none()
        keys = [str(obj.pk) for obj in objects]
        return self.filter(object_type=objects[0]._meta.label_lower, object_id__in=keys)


class OutgoingMail(About):
    """A mail that ends as sent, failed or cancelled; it is rendered when it is sent."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        CANCELLED = "cancelled"

    key = models.CharField(max_length=150, unique=True)
    sender = models.CharField(max_length=60, blank=True)  # on whose behalf, for the rate
    to = models.EmailField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    inflight_since = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state__in=["queued", "sending"], hold=""), name="mail_due"),
            models.Index(fields=["hold"], condition=~Q(hold=""), name="mail_hold"),
            models.Index(fields=["object_type", "object_id"], name="mail_about"),
            models.Index(fields=["sent_at"], condition=Q(state="sent"), name="mail_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"), name="mail_sent_at"
            ),
        ]

    @property
    def message_id(self):
        """The Message-ID, the same for each try, so that a mail server can drop a second copy."""
        return f"<{uuid.uuid5(uuid.NAMESPACE_URL, settings.BASE_URL + '/' + self.key)}@{settings.ALLOWED_HOSTS[0]}>"
