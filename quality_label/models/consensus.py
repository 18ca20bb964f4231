"""What the team agrees on: a level for each criterion, and a report."""

from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from quality_label.criteria import HIGHEST
from quality_label.scores import AWARDED, AWARDED_CONDITIONS, NOT_AWARDED


class ConsensusQuerySet(models.QuerySet):
    def carried(self):
        """Return those that an earlier round settled, and this one does not ask for."""
        return self.filter(is_carried=True)

    def by_code(self) -> dict:
        """Return the levels by criterion."""
        return {row.code: row for row in self}


class ConsensusLevel(models.Model):
    """The level of a criterion that the team agreed on: settled by the rules, or talked about."""

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="consensus")
    code = models.CharField(max_length=10)
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True)
    does_not_apply = models.BooleanField(default=False)
    ticked = models.JSONField(default=list)
    reason = models.TextField(max_length=3000, blank=True)
    is_settled = models.BooleanField(default=False)
    is_carried = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    objects = ConsensusQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "code"], name="one_consensus_a_criterion"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__gte=0, level__lte=HIGHEST), name="consensus_on_the_scale"
            ),
        ]


@dataclass(frozen=True)
class ProposedCondition:
    """What a team would have an applicant show by a day; it binds nobody until the panel decided."""

    code: str
    level: int
    evidence: str
    due_on: date


class Report(models.Model):
    """What the applicant will read: drafted from the consensus, written by the lead, checked by the coordinator."""

    OUTCOMES = [
        (AWARDED, _("award the label")),
        (AWARDED_CONDITIONS, _("award the label with conditions")),
        (NOT_AWARDED, _("do not issue the label yet")),
    ]

    application = models.OneToOneField("quality_label.Application", on_delete=models.CASCADE, related_name="report")
    areas = models.JSONField(default=dict)
    strengths = models.TextField(max_length=3000, blank=True)
    recommendations = models.JSONField(default=list)
    proposed = models.JSONField(default=list)  # conditions, with days as ISO 8601
    outcome = models.CharField(max_length=20, choices=OUTCOMES, blank=True)
    call_held_on = models.DateField(null=True, blank=True)
    departure_reason = models.TextField(max_length=3000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    edited_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0)

    @property
    def conditions(self) -> list[ProposedCondition]:
        """The conditions that it proposes, in the order of their days."""
        return [ProposedCondition(**one | {"due_on": date.fromisoformat(one["due_on"])}) for one in self.proposed]

    def propose(self, conditions) -> None:
        """Propose other conditions, given as facts by name."""
        found = sorted((ProposedCondition(**one) for one in conditions), key=lambda one: (one.due_on, one.code))
        self.proposed = [asdict(one) | {"due_on": one.due_on.isoformat()} for one in found]
