"""What learners write for themselves."""

from django.conf import settings
from django.db import models

from portal import clock


class ReflectionQuerySet(models.QuerySet):
    def of(self, person, activity) -> dict:
        """Return what a person wrote at an activity, by the id of the question."""
        return dict(self.filter(person=person, activity_key=activity.translation_key).values_list("part", "text"))


class Reflection(models.Model):
    """A learner's answer to a question of an activity that nobody else reads."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    activity_key = models.UUIDField()
    part = models.CharField(max_length=36)
    text = models.TextField(max_length=5000)
    changed_at = models.DateTimeField(default=clock.now)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "activity_key", "part"], name="reflected_once"),
        ]
