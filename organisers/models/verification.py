"""The check of an organiser by the network: a case, what was asked and answered, and the papers."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from organisers.models.followed import FollowedQuerySet
from organisers.models.organiser import Organiser
from organisers.workflow.verification import (
    CLOSED,
    IN_CHECK,
    INFO_REQUESTED,
    OPEN,
    REJECTED,
    REQUESTED,
    SECOND_LOOK_DAYS,
    VERIFIED,
    VerificationWorkflow,
)
from portal import clock
from portal.files.models import StoredFile
from portal.workdays import working_days_after, working_days_between

VALUES_VERSION = "1"  # of templates/organisers/network_values.html: raise it when these change
KEPT_AFTER_CLOSING = timedelta(days=30)
TARGET = 10  # working days in which a case is decided, those of open questions not counted


class VerificationCaseQuerySet(FollowedQuerySet):
    def with_words(self):
        """Fetch along what a list or a letter names."""
        return self.select_related("organiser", "coordinator", "opened_by").prefetch_related("organiser__texts")

    def of(self, organiser):
        """Return the cases of an organiser."""
        return self.filter(organiser=organiser)

    def open(self):
        """Return what is not decided."""
        return self.filter(state__in=OPEN)

    def being_checked(self):
        """Return what a coordinator looks at now."""
        return self.filter(state=IN_CHECK)

    def with_open_question(self):
        """Return those on which the organiser has to answer something."""
        return self.filter(state=INFO_REQUESTED)

    def unanswered(self):
        """Return the open questions whose time to answer is over."""
        return self.filter(state=INFO_REQUESTED, answer_by__lt=clock.today())

    def with_questions(self):
        """Fetch along what was asked, from which the days count."""
        return self.prefetch_related("questions")

    def awaiting_second_look(self):
        """Return those turned down whose organiser asked that somebody else look at them."""
        return self.filter(state=REJECTED, second_look_asked_at__isnull=False)


class VerificationCase(VerificationWorkflow):
    """One check of who an organiser is: the first, a later one, or one of a change."""

    class Kind(models.TextChoices):
        FULL = "full", _("first check")
        RENEWAL = "renewal", _("check anew")
        CHANGE = "change", _("check of a change")

    class Reason(models.TextChoices):
        IDENTITY = "identity", _("It is not clear who the organiser is.")
        CONTACT = "contact", _("The contact could not be reached.")
        CONTROL = "control", _("It is not clear that the website belongs to the organiser.")
        SAFETY = "safety", _("The question on safeguarding or sanctions was answered with yes.")
        OTHER = "other", _("Another reason.")

    CHECKS = {
        "identity": _("The organiser is who it says it is."),
        "contact": _("The contact was reached."),
        "control": _("The website is theirs, or two independent people vouch for them."),
        "safety": _("The question on safeguarding and sanctions is answered."),
    }
    NEEDED = {Kind.FULL: list(CHECKS), Kind.RENEWAL: ["identity", "contact"], Kind.CHANGE: ["identity"]}

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="verifications")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FULL)
    former = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=clock.now, editable=False)

    registration = models.CharField(_("registration number"), max_length=60, blank=True)
    explanation = models.TextField(_("why there is none"), max_length=1000, blank=True)
    signatory = models.CharField(_("who may act for the organiser"), max_length=150)
    values_version = models.CharField(max_length=20)
    what_changed = models.TextField(_("what changed"), max_length=2000, blank=True)
    changes = models.JSONField(default=dict, blank=True)

    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    first_coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    taken_at = models.DateTimeField(null=True, editable=False)
    answer_by = models.DateField(null=True, editable=False)
    checks = models.JSONField(default=list)
    note = models.TextField(max_length=2000, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    reason_words = models.TextField(max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    second_look_asked_at = models.DateTimeField(null=True, editable=False)

    objects = VerificationCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organiser"], condition=Q(state__in=OPEN), name="verification_open_once"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, decided_at=None)
                | Q(state__in=[VERIFIED, REJECTED, CLOSED], decided_at__isnull=False),
                name="verification_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(state=INFO_REQUESTED, answer_by__isnull=False)
                | (~Q(state=INFO_REQUESTED) & (Q(answer_by=None) | Q(state=CLOSED))),
                name="verification_waits_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[IN_CHECK, INFO_REQUESTED, VERIFIED, REJECTED]) | Q(taken_at__isnull=False),
                name="verification_is_taken",
            ),
            models.CheckConstraint(
                condition=~Q(state=REJECTED) | ~Q(reason=""), name="verification_is_rejected_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(registration="") | ~Q(explanation=""), name="verification_names_a_register_or_why_not"
            ),
        ]

    def get_absolute_url(self):
        """Where both sides follow it."""
        return reverse("organisers:verification-case", args=[self.key])

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.state == REQUESTED

    @property
    def is_open(self) -> bool:
        """Whether it is not decided yet."""
        return self.state in OPEN

    @property
    def has_open_question(self) -> bool:
        """Whether the organiser has to answer something."""
        return self.state == INFO_REQUESTED

    @property
    def is_verified(self) -> bool:
        """Whether it ended well."""
        return self.state == VERIFIED

    @property
    def was_turned_down(self) -> bool:
        """Whether it ended with a no."""
        return self.state == REJECTED

    @property
    def second_look_until(self):
        """The last day on which a second look can be asked for."""
        return clock.day_of(self.decided_at) + timedelta(days=SECOND_LOOK_DAYS)

    @property
    def is_overdue(self) -> bool:
        """Whether the network promised a decision for an earlier day."""
        return self.is_open and self.target_on < clock.today()

    @property
    def target_on(self):
        """The day by which the network decides; working days on which a question is open do not count."""
        first, end = clock.day_of(self.opened_at), clock.today()
        paused = sum(
            working_days_between(clock.day_of(one.asked_at), clock.day_of(one.answered_at) if one.answered_at else end)
            for one in self.questions.all()
        )
        return working_days_after(first, TARGET + paused)

    @property
    def changed_facts(self) -> list[dict]:
        """What is to change, in words, each with what stands in the profile."""
        shown = {"name": str, "kind": lambda kind: Organiser.Kind(kind).label, "country": countries.name}
        now = {"name": self.organiser.name, "kind": self.organiser.kind, "country": self.organiser.country.code}
        return [
            {"name": VerificationQuestion.ABOUT[fact], "value": shown[fact](value), "before": shown[fact](now[fact])}
            for fact, value in self.changes.items()
        ]

    @property
    def needed_checks(self) -> list[str]:
        """The checks that a coordinator ticks before the organiser is verified."""
        return self.NEEDED[self.kind]


class VerificationQuestionQuerySet(models.QuerySet):
    def open_for(self, time):
        """Return the questions that have waited for an answer so long and still can get one."""
        asked = self.filter(answered_at=None, asked_at__lte=clock.now() - time)
        return asked.filter(case__state=INFO_REQUESTED, case__answer_by__gte=clock.today()).select_related("case")


class VerificationQuestion(models.Model):
    """Something that a coordinator asked, and the answer."""

    ABOUT = {
        "name": _("Name"), "kind": _("Kind"), "country": _("Country"), "registration": _("Registration"),
        "signatory": _("Who may act"),
        "website": _("Website"), "contact_email": _("Contact e-mail"), "address": _("Address"),
        "document": _("Document"), "safety": _("Safeguarding"),
    }  # fmt: skip

    case = models.ForeignKey(VerificationCase, on_delete=models.CASCADE, related_name="questions")
    about = models.JSONField()
    words = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = VerificationQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="verification_asks_one_question_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(about=[]), name="verification_question_is_about_something"),
        ]

    @property
    def about_words(self):
        """What it is about, in words."""
        return [self.ABOUT[name] for name in self.about if name in self.ABOUT]


class VerificationDocumentQuerySet(models.QuerySet):
    def outdated(self):
        """Return the papers of cases that were closed without a decision so long ago that nobody needs them."""
        return self.filter(case__state=CLOSED, case__decided_at__lt=clock.now() - KEPT_AFTER_CLOSING)


class VerificationDocument(models.Model):
    """A paper that an organiser showed."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(VerificationCase, on_delete=models.CASCADE, related_name="documents")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = VerificationDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
