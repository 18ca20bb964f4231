"""An application for the label: who asks, under which version, and the days that count."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisers.models import Organiser
from portal import clock
from portal.languages import offered
from quality_label.clock import DECISION, LONGEST_EXTENSION
from quality_label.models.application_people import ApplicationPeople
from quality_label.models.application_rounds import ApplicationRounds
from quality_label.models.caseload import ApplicationQuerySet
from quality_label.models.framework import FrameworkVersion
from quality_label.sections import code_of, section_of
from quality_label.workflow import application as steps
from quality_label.workflow.application import ApplicationWorkflow
from quality_label.workflow.stages import NEXT, STAGES


class Application(ApplicationRounds, ApplicationPeople, ApplicationWorkflow):
    """One request of an organiser to be judged by one version of the framework."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="applications")
    language = models.CharField(max_length=10, choices=offered)
    renews = models.ForeignKey(
        "quality_label.Label", null=True, on_delete=models.SET_NULL, related_name="renewals", editable=False
    )
    copied_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(default=clock.now, editable=False)
    edited_at = models.DateTimeField(default=clock.now, editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)

    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_at = models.DateTimeField(null=True, editable=False)
    day_0 = models.DateField(null=True, editable=False)
    seed = models.CharField(max_length=64, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)  # how often it is judged
    round_from = models.DateField(null=True, editable=False)  # None in the first round, which begins on day 0
    round_days = models.PositiveSmallIntegerField(default=DECISION, editable=False)
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, editable=False)
    answer_by = models.DateField(null=True, editable=False)
    eligible_at = models.DateTimeField(null=True, editable=False)
    review_began_on = models.DateField(null=True, editable=False)
    compared_at = models.DateTimeField(null=True, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)
    sent_back_codes = models.JSONField(default=list, editable=False)  # that the panel found not justified
    sent_back_words = models.TextField(max_length=3000, blank=True, editable=False)
    sent_back_on = models.DateField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ineligible_gate = models.CharField(max_length=10, blank=True, editable=False)
    ending_words = models.TextField(max_length=3000, blank=True, editable=False)
    extension = models.PositiveSmallIntegerField(default=0, editable=False)
    extension_reason = models.TextField(max_length=1000, blank=True, editable=False)
    broken_on = models.DateField(null=True, editable=False)  # the day after the promised one
    broken_words = models.TextField(max_length=2000, blank=True, editable=False)
    new_date = models.DateField(null=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser"], condition=Q(state__in=steps.OPEN), name="application_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=steps.OPEN, ended_at=None)
                | (Q(state__in=steps.FINAL) & Q(ended_at__isnull=False)),
                name="application_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(day_0=None, submitted_at=None, seed="")
                | (Q(day_0__isnull=False, submitted_at__isnull=False) & ~Q(seed="")),
                name="application_is_whole_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[steps.DRAFT, steps.WITHDRAWN, steps.LAPSED]) | Q(day_0__isnull=False),
                name="application_has_day_0",
            ),
            models.CheckConstraint(
                condition=Q(state__in=steps.PAUSED, answer_by__isnull=False)
                | (~Q(state__in=steps.PAUSED) & Q(answer_by=None)),
                name="application_waits_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(round=1, round_from=None) | Q(round__gt=1, round_from__isnull=False),
                name="application_round_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(extension__lte=LONGEST_EXTENSION) & (Q(extension=0) | ~Q(extension_reason="")),
                name="application_extended_for_a_reason",
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        """Where both sides follow it."""
        return reverse("quality_label:application", args=[self.key])

    @property
    def reference(self) -> str:
        """What people call it in letters; a draft has none."""
        return f"QL-{self.day_0.year}-{self.pk:04}" if self.day_0 else ""

    @property
    def rules(self):
        """What it is judged by."""
        return self.framework.rules

    @property
    def is_draft(self) -> bool:
        """Whether it was not handed in, and may still be."""
        return self.state == steps.DRAFT

    @property
    def is_returned(self) -> bool:
        """Whether the applicant has to complete it."""
        return self.state == steps.RETURNED

    @property
    def has_open_questions(self) -> bool:
        """Whether the applicant has to answer something."""
        return self.state == steps.CLARIFICATION

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in steps.OPEN

    @property
    def is_ready(self) -> bool:
        """Whether the panel decides on it now."""
        return self.state == steps.READY

    @property
    def has_panel(self) -> bool:
        """Whether a panel decides on it, or did."""
        return self.state in steps.WITH_PANEL

    @property
    def is_decided(self) -> bool:
        """Whether it ended with a decision of the network."""
        return self.state in steps.DECIDED

    @property
    def is_under_way(self) -> bool:
        """Whether the network has it, or waits for the applicant."""
        return self.state in steps.UNDER_WAY

    @property
    def was_submitted(self) -> bool:
        """Whether it was ever handed in."""
        return self.day_0 is not None

    @property
    def stage(self) -> str:
        """Which part of its way it is on, as the network sorts its work."""
        return STAGES[self.state]

    @property
    def what_is_next(self):
        """What has to happen next, in words."""
        if label := self.conditional_label:
            said = _("The coordinator checks the conditions; the last is due on %(day)s.")
            return said % {"day": date_format(label.conditions_until, "DATE_FORMAT")}
        return NEXT[self.state]

    @property
    def owes_a_new_date(self) -> bool:
        """Whether the promised day passed without a decision, so that the network says why and names another."""
        return self.broken_on is not None and self.is_under_way

    @property
    def may_be_copied(self) -> bool:
        """Whether it ended without a label, so that a new draft may begin with what it says."""
        return self.state in steps.WITHOUT_LABEL

    @property
    def again_from(self) -> date:
        """The first day on which its organiser can apply again after it was decided without a label."""
        return clock.day_of(self.ended_at) + steps.AFTER_REFUSAL

    @property
    def is_withdrawable(self) -> bool:
        """Whether it can still be taken back: until the decision is being taken, and never while it is re-examined."""
        return self.state in steps.WITHDRAWABLE and not self.is_reexamined

    @property
    def takes_replacements(self) -> bool:
        """Whether evidence that was hidden for the personal data in it may be replaced now."""
        return self.state in {steps.IN_REVIEW, steps.CONSENSUS, steps.THIRD_REVIEW}

    @property
    def may_widen_evidence(self) -> bool:
        """Whether evidence may be put to more criteria: in a draft, and while it is completed."""
        return self.is_draft or self.is_returned

    def content_by_place(self) -> dict:
        """Return what the applicant wrote, by place; prefetch `answers` in lists."""
        return {answer.place: answer.content for answer in self.answers.all()}

    def writable_places(self) -> list[str]:
        """Return the places that the applicant may fill in now: all of a draft, those named by a return."""
        if self.is_draft:
            return self.places()
        return list(self.returns.get().places) if self.is_returned else []

    def missing_at(self, place: str) -> str:
        """Return what a coordinator says is missing at a place; nothing unless it was returned for that."""
        return self.returns.get().places.get(place, "") if self.is_returned else ""

    def questioned_criteria(self) -> set | None:
        """Return the criteria of the open questions; None where none are open."""
        if not self.has_open_questions:
            return None
        return set(self.clarifications.unanswered().values_list("questions__code", flat=True))

    def criteria_open_for_evidence(self) -> set:
        """Return the criteria for which evidence may be attached now."""
        if self.has_open_questions:
            return set(self.rules.criteria)
        if self.takes_replacements:
            return {code for item in self.evidence_to_replace() for code in item.criteria}
        return {code_of(place) for place in self.writable_places() if section_of(place) == "criteria"}

    def evidence_to_replace(self):
        """Return the evidence that was hidden for the personal data in it and waits to be replaced by the applicant."""
        waits = self.takes_replacements or self.has_open_questions
        return self.evidence.hidden() if waits else self.evidence.none()

    def handed_in_evidence(self):
        """Return the evidence that those who judge may look at: handed in, neither taken away nor hidden."""
        return self.evidence.shown().handed_in_by(self.snapshots.last())

    def numbers_handed_in(self) -> set[int]:
        """Return the numbers of the evidence that was handed in at any time, as its snapshots name it."""
        documents = self.snapshots.values_list("document", flat=True)
        return {item["number"] for document in documents for item in document["evidence"]}

    def codes_asked_about(self) -> set:
        """Return the criteria on which the applicant has questions to answer."""
        return set(self.clarifications.unanswered().exclude(questions=None).values_list("questions__code", flat=True))

    @property
    def is_in_review(self) -> bool:
        """Whether the reviews are written now."""
        return self.state == steps.IN_REVIEW

    @property
    def is_in_consensus(self) -> bool:
        """Whether the team agrees on levels now."""
        return self.state == steps.CONSENSUS

    @property
    def is_in_third_review(self) -> bool:
        """Whether a third review is awaited."""
        return self.state == steps.THIRD_REVIEW

    @property
    def is_compared(self) -> bool:
        """Whether the reviews are laid beside each other, for those who may see both."""
        return self.state in steps.COMPARED
