"""What an applicant writes: one answer for each place of the form, each with the edits that made it."""

from django.conf import settings
from django.db import models

from portal import clock


class AnswerQuerySet(models.QuerySet):
    def by_place(self) -> dict:
        """Return the answers by the place of the form they stand at."""
        return {answer.place: answer for answer in self}


class Answer(models.Model):
    """What stands at one place of the form: `context`, `gate:G4`, `criterion:A1`; the version counts its edits."""

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="answers")
    place = models.CharField(max_length=30)
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    edited_at = models.DateTimeField(default=clock.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "place"], name="one_answer_a_place")]


class AnswerEdit(models.Model):
    """How an answer was left by one person at one sitting."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="edits")
    version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="one_edit_a_version")]
