"""Appeals against what the network decided, and the panels that look at them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock
from quality_label.models.appeal_seat import AppealSeat
from quality_label.models.application import Application
from quality_label.models.team import Assignment
from quality_label.workflow import appeal as steps
from quality_label.workflow import application as case_steps
from quality_label.workflow import label as label_steps
from quality_label.workflow.appeal import AppealWorkflow

REMIND_BEFORE = [7, 2]  # days


class Ground(models.TextChoices):
    """What an appeal can rest on; that one disagrees with a level is no ground."""

    RULE = "rule", _("A rule of the label was not followed.")
    OVERLOOKED = "overlooked", _("Evidence in the file was overlooked.")
    FACT = "fact", _("Something that was taken for a fact is wrong.")
    CONFLICT = "conflict", _("Somebody who took part was not free in this case.")


class AppealQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a page or a letter names."""
        return self.select_related("application__organiser", "application__framework", "admin").prefetch_related(
            "application__organiser__texts", "application__decisions"
        )

    def running(self):
        """Return those that nobody decided yet."""
        return self.filter(state__in=steps.RUNNING)

    def opening(self):
        """Return those that open their application again where they are upheld."""
        return self.filter(subject__in=Appeal.OPENING)

    def of(self, organiser):
        """Return the appeals of an organiser."""
        return self.filter(application__organiser=organiser)

    def to_remind_of(self):
        """Return those whose next day, to admit or to decide, is near or over."""
        soon = clock.today() + timedelta(days=max(REMIND_BEFORE))
        waiting = Q(state__in=[steps.LODGED, steps.IN_CHECK], admit_by__lte=soon)
        return self.filter(waiting | Q(state=steps.WITH_PANEL, decide_by__lte=soon))

    def open_to(self, user):
        """Return those of which a person is asked to be in the panel, and that a conflict does not bar them from."""
        seats = AppealSeat.objects.standing().filter(person=user.pk)
        return self.filter(pk__in=seats.values("appeal"), application__in=Application.objects.free_for(user))


class Appeal(AppealWorkflow):
    """What an applicant says against a decision of the network, on which grounds, and what became of it."""

    class Subject(models.TextChoices):
        INELIGIBLE = "ineligible", _("the application was found not eligible")
        NOT_AWARDED = "not_awarded", _("the label was not issued yet")
        CONDITIONS = "conditions", _("the label was awarded with conditions")
        SUSPENSION = "suspension", _("the label was suspended")
        REVOCATION = "revocation", _("the label was revoked")

    OPENING = (Subject.INELIGIBLE, Subject.NOT_AWARDED)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="appeals")
    subject = models.CharField(max_length=12, choices=Subject)
    against_at = models.DateTimeField()  # when what it is against was decided
    grounds = models.JSONField(default=list)
    words = models.TextField(max_length=6000)
    new_evidence = models.TextField(max_length=3000, blank=True)  # stored apart: it cannot decide the appeal
    lodged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    lodged_at = models.DateTimeField(default=clock.now)
    admit_by = models.DateField()
    decide_by = models.DateField()
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    admin = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    admitted_on = models.DateField(null=True, editable=False)
    comment_words = models.TextField(max_length=6000, blank=True)
    commented_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    commented_at = models.DateTimeField(null=True, editable=False)
    answer_words = models.TextField(max_length=6000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    findings = models.JSONField(default=dict)  # what the panel found, by ground
    criteria = models.JSONField(default=list)  # that are judged again where it is upheld in part
    ending_words = models.TextField(max_length=3000, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "subject", "against_at"], name="one_appeal_a_decision"),
            models.CheckConstraint(
                condition=Q(state__in=steps.RUNNING) ^ Q(ended_at__isnull=False), name="appeal_ends_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=steps.WITH_PANEL) | Q(admitted_on__isnull=False), name="appeal_admitted_on_a_day"
            ),
        ]

    def get_absolute_url(self):
        """Where the network looks after it."""
        return reverse("quality_label:appeal", args=[self.key])

    @property
    def own_url(self) -> str:
        """Where its organiser follows it."""
        return reverse("quality_label:own-appeal", args=[self.application.organiser.slug, self.key])

    @property
    def panel_url(self) -> str:
        """Where its panel reads and votes."""
        return reverse("quality_label:appeal-panel", args=[self.key])

    def news_url(self, event: str) -> str:
        """Return where a person goes who was told of it: the panel, the network or the applicant."""
        if event in {"quality_label/appeal_seat_offered", "quality_label/appeal_to_comment"}:
            return self.panel_url
        is_for_network = event in {"quality_label/appeal_lodged", "quality_label/appeal_waiting"}
        return self.get_absolute_url() if is_for_network else self.own_url

    @property
    def is_running(self) -> bool:
        """Whether nobody decided it yet."""
        return self.state in steps.RUNNING

    @property
    def is_with_panel(self) -> bool:
        """Whether its panel decides on it now."""
        return self.state == steps.WITH_PANEL

    @property
    def commentator(self):
        """Who is asked to comment on it: the lead of the team whose decision it is against, else the coordinator."""
        if self.is_about_criteria:
            places = self.application.assignments.finished().filter(role=Assignment.Role.LEAD).select_related("person")
            return next((place.person for place in places), None)
        return self.application.coordinator

    @property
    def is_about_criteria(self) -> bool:
        """Whether it is against what was found of criteria, so that it can be upheld in part."""
        return self.subject in {self.Subject.NOT_AWARDED, self.Subject.CONDITIONS}

    @property
    def may_open_again(self) -> bool:
        """Whether it opens its application again where it is upheld."""
        return self.subject in self.OPENING

    @property
    def comment_until(self) -> date:
        """The last day on which the side that decided can comment."""
        return self.admitted_on + timedelta(days=steps.COMMENT_DAYS)

    @property
    def answer_until(self) -> date:
        """The last day on which the applicant can answer to the comment."""
        return clock.day_of(self.commented_at) + timedelta(days=steps.COMMENT_DAYS)

    @property
    def suspension(self):
        """The suspension that it is against; None where it is against something else."""
        if self.subject != self.Subject.SUSPENSION:
            return None
        return self.application.label.suspensions.filter(suspended_at=self.against_at).first()

    def grounds_in_words(self) -> list[tuple[str, str, str]]:
        """Return its grounds: code, words, and what the panel found of each."""
        return [(code, Ground(code).label, self.findings.get(code, "")) for code in self.grounds]

    def codes_to_choose(self) -> list[str]:
        """Return the criteria that can be judged again, or whose condition can fall, where it is upheld in part."""
        if self.subject == self.Subject.CONDITIONS:
            return list(self.application.conditions.unmet().values_list("code", flat=True))
        return list(self.application.rules.criteria) if self.subject == self.Subject.NOT_AWARDED else []


@dataclass(frozen=True)
class Matter:
    """Something that was decided against an applicant, and that they can appeal against."""

    application: Application
    subject: str
    at: datetime

    @property
    def until(self) -> date:
        """The last day to appeal."""
        return clock.day_of(self.at) + timedelta(days=steps.LODGE_DAYS)

    @property
    def name(self) -> str:
        """What it is, in words."""
        return Appeal.Subject(self.subject).label

    @property
    def url(self) -> str:
        """Where an owner lodges an appeal against it."""
        slug = self.application.organiser.slug
        return reverse("quality_label:own-appeal-lodge", args=[slug, self.application.key, self.subject])

    @property
    def may_open_again(self) -> bool:
        """Whether an upheld appeal opens the application again."""
        return self.subject in Appeal.OPENING

    @cached_property
    def appeal(self) -> Appeal | None:
        """The appeal against it, where there is one."""
        return self.application.appeals.filter(subject=self.subject, against_at=self.at).first()

    @property
    def is_open(self) -> bool:
        """Whether an appeal against it can be lodged today."""
        return clock.today() <= self.until and self.appeal is None


def matters_of(application: Application) -> list[Matter]:
    """Return what was decided against an applicant in a case and is in force."""
    Subject, found = Appeal.Subject, []
    if application.state == case_steps.INELIGIBLE:
        found.append((Subject.INELIGIBLE, application.ended_at))
    elif application.state == case_steps.NOT_AWARDED and application.decision:
        found.append((Subject.NOT_AWARDED, application.decision.decided_at))
    if label := getattr(application, "label", None):
        suspension = label.suspension if label.is_suspended else None
        if label.has_conditions and label.open_conditions:
            found.append((Subject.CONDITIONS, application.decision.decided_at))
        if suspension and suspension.cause in label_steps.HEARD:
            found.append((Subject.SUSPENSION, suspension.suspended_at))
        if label.state == label_steps.REVOKED:
            found.append((Subject.REVOCATION, clock.beginning_of(label.ended_on)))
    return [Matter(application, subject, at) for subject, at in found]
