"""What somebody reports about a page, and what came of it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisers.models import Organiser
from portal import clock
from portal.workdays import working_days_after
from reports.permissions import may_see_desk
from reports.subjects import LONGEST, Kind
from reports.workflow import (
    CLOSED,
    ENDED,
    IN_HAND,
    OBJECTED,
    OBJECTION_DAYS,
    OPEN,
    TAKEN_OFF,
    WAITING,
    ReportWorkflow,
)

ADDRESS_KEPT = timedelta(days=180)  # after a report was closed for good
LONGEST_WORDS = 2000


class ReportQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        people = ("handler", "closed_by", "decided_by", "reporter", "holder")
        return self.select_related("organiser", *people).prefetch_related("organiser__texts")

    def open(self):
        """Return what is not answered yet."""
        return self.filter(state__in=OPEN)

    def objected(self):
        """Return those with an objection on which nobody has decided."""
        return self.filter(state=OBJECTED)

    def ended(self):
        """Return what was answered, the last first."""
        return self.filter(state__in=ENDED).order_by("-closed_at", "-pk")

    def in_hand(self):
        """Return what somebody looks at now."""
        return self.filter(state=IN_HAND)

    def unanswered_by(self, organiser):
        """Return what the desk looks at and an organiser has said nothing to."""
        return self.in_hand().filter(organiser=organiser, noted_at=None)

    def taken(self):
        """Return what somebody has looked at: only then those whose page it is read it."""
        return self.exclude(state=WAITING)

    def about(self, organiser):
        """Return what its owners read about an organiser's pages, the newest first."""
        return self.taken().filter(organiser=organiser).order_by("-pk")

    def overseen_by(self, user):
        """Return what a person of the network judges: nothing about their own organisers or pages, nor by them."""
        if not may_see_desk(user):
            return self.none()
        own = Q(organiser__in=Organiser.objects.joined_by(user)) | Q(holder=user) | Q(reporter=user)
        return self.exclude(pk__in=self.model.objects.filter(own).values("pk"))

    def visible_to(self, user):
        """Return what a person may read: as its writer, as one of the desk, or as one whose page it is."""
        if not user.is_authenticated:
            return self.none()
        concerned = Q(holder=user) | Q(organiser__in=Organiser.objects.held_by(user, "owner"))
        overseen = Q(pk__in=self.model.objects.overseen_by(user).values("pk"))
        return self.filter(Q(reporter=user) | overseen | (~Q(state=WAITING) & concerned))

    def with_outdated_address(self):
        """Return those closed long ago that still say who wrote them."""
        known = Q(reporter__isnull=False) | ~Q(email="")
        last = clock.now() - ADDRESS_KEPT
        ended = Q(decided_at__lte=last) | Q(decided_at=None, state=CLOSED, closed_at__lte=last)
        return self.filter(known & ended)


class Report(ReportWorkflow):
    """One report on one page."""

    class Reason(models.TextChoices):
        WRONG = "wrong", _("It is wrong or misleading.")
        UNLAWFUL = "unlawful", _("It is against the law.")
        UNSAFE = "unsafe", _("It is unsafe for children, or hateful.")
        PRIVACY = "privacy", _("It shows personal data of mine.")
        COPY = "copy", _("It is somebody else’s work.")
        BARRIER = "barrier", _("It does not work for me: I met a barrier.")
        OTHER = "other", _("Something else.")

    class Outcome(models.TextChoices):
        TAKEN_OFF = TAKEN_OFF, _("The page was taken off.")
        CORRECTED = "corrected", _("What was wrong has been put right.")
        PASSED_ON = "passed_on", _("It was passed on to somebody who can help.")
        NOTHING = "nothing", _("Nothing was changed.")

    PROMISED_DAYS, PROMISED_DAYS_UNSAFE = 10, 2  # working days

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    subject_key = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=LONGEST)
    organiser = models.ForeignKey(Organiser, null=True, on_delete=models.SET_NULL, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    reason = models.CharField(_("what is wrong"), max_length=10, choices=Reason)
    words = models.TextField(_("what you saw"), max_length=LONGEST_WORDS)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(_("e-mail address for the answer"), blank=True)
    language = models.CharField(max_length=10, default="en")
    reported_at = models.DateTimeField(default=clock.now, editable=False)
    promised_on = models.DateField()

    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField(max_length=LONGEST_WORDS, blank=True)
    noted_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(max_length=LONGEST_WORDS, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    objection = models.TextField(max_length=LONGEST_WORDS, blank=True)
    objected_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_granted = models.BooleanField(null=True)
    decision = models.TextField(max_length=LONGEST_WORDS, blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "kind", "subject_key"],
                condition=Q(state__in=OPEN, reporter__isnull=False),
                name="reported_once_by_a_person",
            ),
            models.UniqueConstraint(
                fields=["email", "kind", "subject_key"],
                condition=Q(state__in=OPEN) & ~Q(email=""),
                name="reported_once_by_an_address",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at=None, outcome="")
                | (Q(state__in=ENDED, closed_at__isnull=False) & ~Q(outcome="")),
                name="report_is_closed_with_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["organiser", "state"], name="report_of_organiser")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Where everybody whom it concerns follows it."""
        return reverse("reports:report", args=[self.key])

    @classmethod
    def promise(cls, reason: str):
        """Return the day by which a report of today is answered."""
        days = cls.PROMISED_DAYS_UNSAFE if reason == cls.Reason.UNSAFE else cls.PROMISED_DAYS
        return working_days_after(clock.today(), days)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state in OPEN

    @property
    def is_taken(self) -> bool:
        """Whether somebody has looked at it."""
        return self.state != WAITING

    @property
    def is_overdue(self) -> bool:
        """Whether an answer was promised for an earlier day."""
        return self.is_open and self.promised_on < clock.today()

    @property
    def can_be_taken_off(self) -> bool:
        """Whether the desk can take such a page off."""
        return self.kind in {Kind.PLAYLIST, Kind.ACTIVITY, Kind.ASSERTION}

    @property
    def is_taken_off(self) -> bool:
        """Whether the desk took the page off."""
        return self.outcome == TAKEN_OFF

    @property
    def objects_until(self):
        """The last day on which what was taken off can be objected to."""
        return clock.day_of(self.closed_at + timedelta(days=OBJECTION_DAYS))
