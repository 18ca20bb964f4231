"""What is still to be shown, so that a label becomes whole."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from portal import clock
from quality_label.models.application import Application
from quality_label.models.team import Assignment
from quality_label.workflow import condition as steps
from quality_label.workflow import label as label_steps
from quality_label.workflow.condition import ConditionWorkflow


class ConditionQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a page or a letter names."""
        return self.select_related(
            "application__organiser", "application__framework", "application__label", "application__coordinator"
        ).prefetch_related("application__organiser__texts")

    def unmet(self):
        """Return those that are still to be shown, or checked."""
        return self.filter(state__in=steps.UNMET)

    def asked_for(self):
        """Return those of labels that hold with them, or are suspended until they are met."""
        waits = Q(application__label__state=label_steps.CONDITIONAL)
        waits |= Q(
            application__label__state=label_steps.SUSPENDED, application__label__state_before=label_steps.CONDITIONAL
        )
        return self.filter(waits)

    def to_remind_of(self):
        """Return the open ones whose day is near."""
        last = clock.today() + timedelta(days=steps.REMIND_BEFORE[0])
        return self.asked_for().filter(state=steps.OPEN, due_on__range=(clock.today(), last))

    def waiting(self):
        """Return what was sent and waits for somebody of the network."""
        return self.asked_for().filter(state=steps.SENT)

    def judged_by(self, user):
        """Return those of cases that a person judged as an assessor until they ended, and has no tie to."""
        if not user.is_authenticated:
            return self.none()
        places = Assignment.objects.finished().held_by(user).exclude(role=Assignment.Role.LEAD)
        free = Application.objects.free_for(user)
        return self.filter(Exists(places.filter(application=OuterRef("application"))), application__in=free)

    def to_check_by(self, user):
        """Return what was sent and waits for an assessor of the case, who is the person."""
        return self.waiting().filter(checked_at=None).judged_by(user)


class Condition(ConditionWorkflow):
    """Something to be shown by a day, so that the label stays."""

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="conditions")
    code = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField()
    evidence = models.TextField(max_length=2000)
    due_on = models.DateField()
    was_extended = models.BooleanField(default=False, editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    shown_words = models.TextField(max_length=3000, blank=True)
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    shown_at = models.DateTimeField(null=True, editable=False)
    seems_met = models.BooleanField(null=True)
    checked_words = models.TextField(max_length=3000, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(null=True, editable=False)
    returned_words = models.TextField(max_length=3000, blank=True)
    met_on = models.DateField(null=True, editable=False)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "code"], condition=Q(state__in=steps.UNMET), name="one_condition_a_criterion"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="condition_says_what_to_show"),
            models.CheckConstraint(condition=Q(state=steps.MET) ^ Q(met_on=None), name="condition_met_on_a_day"),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        """Where the network checks it."""
        return reverse("quality_label:condition", args=[self.application.key, self.code])

    @property
    def own_url(self) -> str:
        """Where its holder shows that it is met."""
        return reverse("quality_label:own-condition", args=[self.application.organiser.slug, self.code])

    def news_url(self, event: str) -> str:
        """Return where a person goes who was told of it: the network to its check, the holder to the condition."""
        is_for_network = event in {"quality_label/condition_sent", "quality_label/condition_checked"}
        return self.get_absolute_url() if is_for_network else self.own_url

    @property
    def is_met(self) -> bool:
        """Whether it was confirmed."""
        return self.state == steps.MET

    @property
    def is_over(self) -> bool:
        """Whether nothing is asked for any more: it was met, or fell."""
        return self.state not in steps.UNMET

    @property
    def is_sent(self) -> bool:
        """Whether the network checks it now."""
        return self.state == steps.SENT

    @property
    def is_asked_for(self) -> bool:
        """Whether the label waits for it: it holds on conditions, or is suspended for them."""
        label = getattr(self.application, "label", None)
        return label is not None and label.has_conditions

    @property
    def last_day(self) -> date:
        """The last day to send what shows it; later where the label is suspended for that, to be made good."""
        suspension = self.application.label.suspension
        if suspension and suspension.cause == label_steps.Cause.CONDITIONS:
            return suspension.cure_by
        return self.due_on

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and nothing was sent."""
        return self.state == steps.OPEN and self.due_on < clock.today()

    def title(self) -> str:
        """Return what the criterion is called in the reader's language."""
        return self.application.rules.criteria[self.code].title

    def evidence_to_see(self):
        """Return what the network looks at: what was attached until it was sent."""
        return self.attached.shown().filter(added_at__lte=self.shown_at) if self.shown_at else self.attached.none()

    def has_new_evidence(self) -> bool:
        """Say whether something was attached since it was sent last."""
        return self.removable().exists()

    def removable(self):
        """Return what was attached and not sent yet."""
        return self.attached.kept().filter(added_at__gt=self.shown_at) if self.shown_at else self.attached.kept()
