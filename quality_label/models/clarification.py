"""What the applicant is asked: to complete what is missing, and questions of the team."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal import clock
from quality_label.sections import place_title, places
from quality_label.workflow.application import MOST_ROUNDS


class Return(models.Model):
    """What was missing when an application was checked; once an application."""

    application = models.ForeignKey("quality_label.Application", on_delete=models.CASCADE, related_name="returns")
    places = models.JSONField()  # what is missing by place
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    returned_at = models.DateTimeField(default=clock.now)
    resent_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application"], name="returned_once"),
            models.CheckConstraint(condition=~Q(places=[]), name="returned_for_something"),
        ]

    def asked(self) -> list[dict]:
        """Return what is missing in the order of the form, each place by its name in the reader's language."""
        rules = self.application.rules
        return [
            {"place": place, "title": place_title(rules, place), "words": self.places[place]}
            for place in places(rules)
            if place in self.places
        ]

    @property
    def words(self) -> str:
        """What is missing, a line a place."""
        return "\n".join(f"{one['title']}: {one['words']}" for one in self.asked())


class ClarificationQuerySet(models.QuerySet):
    def sent(self):
        """Return the rounds that reached the applicant."""
        return self.exclude(sent_at=None)

    def being_gathered(self):
        """Return the rounds whose questions are being gathered from the assessors."""
        return self.filter(sent_at=None)

    def unanswered(self):
        """Return the rounds that wait for the applicant."""
        return self.sent().filter(closed_at=None)

    def closed(self):
        """Return the rounds that ended, answered or not, with their questions."""
        return self.exclude(closed_at=None).prefetch_related("questions")


class Clarification(models.Model):
    """A round of questions: gathered among the team, sent in one message, answered or not."""

    application = models.ForeignKey(
        "quality_label.Application", on_delete=models.CASCADE, related_name="clarifications"
    )
    round = models.PositiveSmallIntegerField()
    gathered_from = models.DateField(default=clock.today)  # the assessors are asked for theirs
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    has_more_time = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    is_answered = models.BooleanField(default=False)
    reminders = models.PositiveSmallIntegerField(default=0)

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="clarification_round_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_at=None), name="one_clarification_at_a_time"
            ),
            models.CheckConstraint(condition=Q(round__gte=1, round__lte=MOST_ROUNDS), name="clarified_twice_at_most"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(sent_at__isnull=False), name="clarification_sent_before_closed"
            ),
        ]


class ClarificationQuestion(models.Model):
    """A question on one criterion, and the answer."""

    clarification = models.ForeignKey(Clarification, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=10)
    evidence = models.ForeignKey("quality_label.Evidence", null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(max_length=2000)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(max_length=5000, blank=True)
    cannot_answer = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
