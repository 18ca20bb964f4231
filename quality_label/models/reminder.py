"""What was said about the days of a case."""

from django.db import models

from portal import clock


class CaseReminder(models.Model):
    """One thing that somebody was reminded of, once a case; `code` names the review where it is about one."""

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="reminded")
    code = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="reminded_once")]
