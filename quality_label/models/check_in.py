"""The yearly check-ins of a label."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal import clock
from quality_label.check_in import CHOICES, QUESTIONS
from quality_label.workflow.label import CHECK_IN_DAYS, CHECK_IN_OPENS, LIVE


class CheckInQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a letter names."""
        return self.select_related("label__organiser", "label__application").prefetch_related("label__organiser__texts")

    def awaited(self):
        """Return those of live labels that were not handed in, the first due first."""
        return self.filter(sent_at=None, label__state__in=LIVE).order_by("due_on")

    def missed(self):
        """Return those that were not handed in for so long that the label is suspended."""
        return self.awaited().filter(due_on__lt=clock.today() - timedelta(days=CHECK_IN_DAYS))


class CheckIn(models.Model):
    """What the holder of a label says a year, or two, after it was awarded."""

    label = models.ForeignKey("quality_label.Label", on_delete=models.PROTECT, related_name="check_ins")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    answers = models.JSONField(default=dict)
    has_risks = models.BooleanField(default=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, editable=False)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["label", "year"], name="one_check_in_a_year"),
            models.CheckConstraint(
                condition=Q(answers={}, sent_at=None) | (~Q(answers={}) & Q(sent_at__isnull=False)),
                name="check_in_sent_once",
            ),
        ]

    def news_url(self, event: str) -> str:
        """Return where a person goes who was told of it: owners to its questions, the network to the label."""
        if event == "quality_label/check_in_risky":
            return reverse("quality_label:label", args=[self.label.key])
        return reverse("quality_label:own-check-in", args=[self.label.organiser.slug])

    @property
    def is_sent(self) -> bool:
        """Whether it was handed in."""
        return self.sent_at is not None

    @property
    def opens_on(self):
        """The day from which it is asked for."""
        return self.due_on - timedelta(days=CHECK_IN_OPENS)

    @property
    def missed_on(self):
        """The last day to hand it in before the label is suspended."""
        return self.due_on + timedelta(days=CHECK_IN_DAYS)

    def said(self) -> list[dict]:
        """Return questions and answers in the reader's language."""
        return [
            {
                "question": question,
                "choice": dict(CHOICES.get(code, [])).get(self.answers[code]["choice"], ""),
                "words": self.answers[code]["words"],
            }
            for code, question in QUESTIONS.items()
            if code in self.answers
        ]
