"""The days of an application that do not count."""

from django.db import models
from django.db.models import Q

from quality_label.clock import Pause


class ApplicationPauseQuerySet(models.QuerySet):
    def open(self):
        """Return those that nobody ended yet."""
        return self.filter(resumed_on=None)

    def for_applicant(self):
        """Return those that wait for the applicant's next move, not for the end of a suspension."""
        return self.exclude(cause=ApplicationPause.Cause.SUSPENSION)


class ApplicationPause(models.Model):
    """Days that do not count: the next move was the applicant's."""

    class Cause(models.TextChoices):
        RETURN = "return"
        CLARIFICATION = "clarification"
        SUSPENSION = "suspension"
        APPEAL = "appeal"

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="pauses")
    cause = models.CharField(max_length=15, choices=Cause)
    stopped_on = models.DateField()
    resumed_on = models.DateField(null=True)
    capped_before = models.DateField(null=True)

    objects = ApplicationPauseQuerySet.as_manager()

    class Meta:
        ordering = ["stopped_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "cause"], condition=Q(resumed_on=None), name="one_open_pause_a_cause"
            ),
            models.CheckConstraint(
                condition=Q(resumed_on=None) | Q(resumed_on__gte=models.F("stopped_on")), name="pause_ends_after_start"
            ),
        ]

    @property
    def days(self) -> Pause:
        """Its days, for the clock."""
        return Pause(self.stopped_on, self.resumed_on, self.capped_before)
