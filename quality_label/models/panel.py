"""Who votes on an application, and what was decided."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.workdays import working_days_after
from quality_label.clock import DECISION, Clock
from quality_label.models.consensus import Report
from quality_label.models.declaration import Declaration
from quality_label.scores import AWARDED_CONDITIONS, NOT_AWARDED
from quality_label.workflow.appeal import LODGE_DAYS
from quality_label.workflow.application import READY

CORRECTION_WORKING_DAYS = 5
QUORUM = 3


class PanelSeatQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a list names."""
        return self.select_related("application__organiser").prefetch_related(
            "application__organiser__texts", "application__pauses"
        )

    def open(self):
        """Return the seats in panels that decide now."""
        return self.filter(application__state=READY)

    def taken_by(self, user):
        """Return the seats of a person who declared to be free."""
        return self.filter(person=user.pk, declaration__conflict=Declaration.Conflict.NONE)

    def voted(self):
        """Return the seats whose holders voted and have no conflict."""
        return self.filter(declaration__conflict=Declaration.Conflict.NONE).exclude(vote="")


class PanelSeat(models.Model):
    """A seat in the panel of one application, with the vote that was cast from it."""

    class Vote(models.TextChoices):
        AWARD = "awarded", _("award the label")
        AWARD_CONDITIONS = "awarded_conditions", _("award the label with conditions")
        NOT_AWARD = "not_awarded", _("do not issue the label yet")
        SEND_BACK = "send_back", _("send it back to the team, once")
        ABSTAIN = "abstain", _("abstain")

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    declaration = models.OneToOneField(Declaration, null=True, on_delete=models.PROTECT, related_name="seat")
    vote = models.CharField(max_length=20, choices=Vote, blank=True)
    vote_words = models.TextField(max_length=3000, blank=True)
    agrees_to_departure = models.BooleanField(default=False)
    voted_at = models.DateTimeField(null=True)

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="one_seat_a_person"),
            models.CheckConstraint(
                condition=Q(vote="", voted_at=None)
                | (~Q(vote="") & ~Q(vote_words="") & Q(voted_at__isnull=False, declaration__isnull=False)),
                name="voted_after_a_declaration",
            ),
        ]

    @property
    def may_still_vote(self) -> bool:
        """Whether its holder declared no conflict."""
        return self.declaration is not None and self.declaration.conflict == Declaration.Conflict.NONE


class DecisionQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a page or a letter names."""
        return self.select_related("application__organiser", "application__coordinator", "recorded_by")

    def latest_of(self, application):
        """Return the last decision on an application, where there is one."""
        return self.filter(application=application, round=application.decisions.aggregate(last=Max("round"))["last"])

    def standing(self):
        """Return those that are in force."""
        return self.filter(replaced_at=None)


class Decision(models.Model):
    """What the panel decided, as the coordinator wrote it down; the report is kept as the applicant got it."""

    application = models.ForeignKey("quality_label.Application", on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=Report.OUTCOMES)
    rule_outcome = models.CharField(max_length=20, choices=Report.OUTCOMES)
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    is_departure = models.BooleanField()
    departure_reason = models.TextField(max_length=3000, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    doubt = models.TextField(max_length=3000, blank=True)  # for which it is re-examined
    replaced_at = models.DateTimeField(null=True, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    round_from = models.DateField(null=True, editable=False)  # None in the first round
    round_days = models.PositiveSmallIntegerField(default=DECISION, editable=False)
    extension = models.PositiveSmallIntegerField(default=0, editable=False)
    report = models.JSONField()
    sha256 = models.CharField(max_length=64)
    correction = models.TextField(max_length=3000, blank=True)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(replaced_at=None), name="one_standing_decision_an_application"
            ),
            models.UniqueConstraint(fields=["application", "round"], name="one_decision_a_round"),
            models.CheckConstraint(
                condition=Q(is_departure=False, outcome=F("rule_outcome"))
                | (Q(is_departure=True) & ~Q(outcome=F("rule_outcome")) & ~Q(departure_reason="")),
                name="departure_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(correction="", corrected_at=None) | (~Q(correction="") & Q(corrected_at__isnull=False)),
                name="correction_has_a_time",
            ),
        ]

    def get_absolute_url(self):
        """Where its report is read."""
        if self.replaced_at:
            return reverse("quality_label:report-before", args=[self.application.key, self.round])
        return reverse("quality_label:report", args=[self.application.key])

    def days(self) -> Clock:
        """Return the clock of its round as it stood when it was taken; prefetch `application__pauses` in lists."""
        first, last = self.round_from or self.application.day_0, clock.day_of(self.decided_at)
        pauses = tuple(one.days for one in self.application.pauses.all() if first <= one.stopped_on <= last)
        return Clock(first, last, pauses, self.extension, self.round_days)

    @property
    def is_award(self) -> bool:
        """Whether a label came of it."""
        return self.outcome != NOT_AWARDED

    @property
    def has_conditions(self) -> bool:
        """Whether the label came with conditions."""
        return self.outcome == AWARDED_CONDITIONS

    @property
    def appeal_until(self):
        """The last day on which the applicant can appeal."""
        return clock.day_of(self.decided_at) + timedelta(days=LODGE_DAYS)

    @property
    def correct_until(self):
        """The last day on which the applicant can correct facts."""
        return working_days_after(clock.day_of(self.decided_at), CORRECTION_WORKING_DAYS)

    @property
    def may_be_corrected(self) -> bool:
        """Whether the applicant can still send a correction: once, in time, and while it stands."""
        return not self.replaced_at and not self.correction and clock.today() <= self.correct_until
