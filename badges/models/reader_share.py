"""Badges shared with one reader: chosen ones with what belongs to them, in the reader's language, until a day."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from badges.models.collection import new_token
from badges.models.listed import ONE_BADGE, ListedBadge
from portal import clock
from portal.languages import offered


class ReaderShareQuerySet(models.QuerySet):
    def of(self, person):
        """Return the shares of a person, the newest first."""
        return self.filter(person=person).order_by("-created_at", "-pk")

    def running(self):
        """Return those whose link opens: not stopped, not over, of people who may share and still do."""
        return self.filter(stopped_at=None, ends_at__gt=clock.now(), person__is_of_age=True, person__is_active=True)

    def over(self):
        """Return those whose day has passed or that were stopped."""
        return self.filter(Q(ends_at__lte=clock.now()) | Q(stopped_at__isnull=False))

    def holding(self, assertion):
        """Return those in which a badge is."""
        return self.filter(badges__assertion=assertion)


class ReaderShare(models.Model):
    """What somebody shows to one reader; the badges in it need not be published."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    reader = models.CharField(_("who reads it"), max_length=120)
    message = models.CharField(_("your words to them"), max_length=1000, blank=True)
    language = models.CharField(_("in which language"), max_length=10, choices=offered)
    shows_name = models.BooleanField(_("show my name"), default=False)
    created_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    opened_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)

    objects = ReaderShareQuerySet.as_manager()

    def __str__(self):
        return self.reader

    def get_absolute_url(self):
        return reverse("badges:reader-share", args=[self.key])

    @property
    def address(self):
        """What is sent to the reader."""
        return settings.BASE_URL + reverse("badges:shared", args=[self.token])

    @property
    def is_running(self):
        """Whether its time has not ended and it was not stopped."""
        return self.stopped_at is None and self.ends_at > clock.now()

    @property
    def last_day(self):
        """The last day on which the link opens, in its holder's time zone."""
        return (self.ends_at - timedelta(seconds=1)).astimezone(self.person.zone()).date()


class SharedBadge(ListedBadge):
    """One badge of a share, with the evidence that its reader may see, and whether they see the result."""

    share = models.ForeignKey(ReaderShare, on_delete=models.CASCADE, related_name="badges")
    evidence = models.JSONField(default=list)
    shows_result = models.BooleanField(default=False)

    class Meta(ListedBadge.Meta):
        constraints = [
            models.CheckConstraint(condition=ONE_BADGE, name="shared_one_badge"),
            models.UniqueConstraint(fields=["share", "assertion"], name="in_share_once"),
            models.UniqueConstraint(fields=["share", "imported"], name="imported_in_share_once"),
        ]

    @property
    def evidence_shown(self) -> list[str]:
        """What of the evidence that the badge has its reader sees."""
        return [url for url in self.assertion.row.evidence if url in self.evidence] if self.assertion else []

    @property
    def result_shown(self) -> str:
        """The result, where its reader sees it."""
        return self.assertion.row.result if self.assertion and self.shows_result else ""
