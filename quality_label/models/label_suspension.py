"""When and why a label was suspended, what its holder said to that, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal import clock
from quality_label.workflow.label import HEARD, SUSPENDED, Cause


class LabelSuspensionQuerySet(models.QuerySet):
    def with_words(self):
        """Fetch along what a letter names."""
        return self.select_related("label__organiser", "label__application").prefetch_related("label__organiser__texts")

    def running(self):
        """Return those that were not lifted."""
        return self.filter(lifted_at=None)

    def overdue(self):
        """Return those that no network admin confirmed in time."""
        running = self.running().filter(label__state=SUSPENDED)
        return running.filter(confirm_by__lt=clock.today(), confirmed_at=None)


class LabelSuspension(models.Model):
    """One time in which a label did not count: with a hearing for what somebody holds against it, else to be cured."""

    label = models.ForeignKey("quality_label.Label", on_delete=models.PROTECT, related_name="suspensions")
    cause = models.CharField(max_length=12, choices=Cause)
    words = models.TextField(max_length=2000, blank=True)
    suspended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    suspended_at = models.DateTimeField(default=clock.now, editable=False)
    confirm_by = models.DateField(null=True, editable=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True, editable=False)
    answer_by = models.DateField(null=True, editable=False)
    answer = models.TextField(max_length=3000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    cure_by = models.DateField(null=True, editable=False)
    lifted_words = models.TextField(max_length=2000, blank=True)
    lifted_at = models.DateTimeField(null=True, editable=False)

    objects = LabelSuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["label"], condition=Q(lifted_at=None), name="one_running_suspension"),
            models.CheckConstraint(
                condition=Q(cause__in=HEARD, confirm_by__isnull=False, answer_by__isnull=False, cure_by=None)
                | (~Q(cause__in=HEARD) & Q(confirm_by=None, answer_by=None, cure_by__isnull=False)),
                name="suspension_is_heard_or_cured",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="suspension_answered_once",
            ),
        ]

    def news_url(self, event: str) -> str:
        """Return where a person goes who was told of it: owners to their label, the network to its own page of it."""
        if event == "quality_label/label_suspended":
            return reverse("quality_label:own-label", args=[self.label.organiser.slug])
        return reverse("quality_label:label", args=[self.label.key])

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether a network admin still has to say that it stays."""
        return self.confirm_by is not None and self.confirmed_at is None

    @property
    def is_heard(self) -> bool:
        """Whether the holder answered, or let the last day to answer, or to make it good, go by."""
        return self.answered_at is not None or (self.answer_by or self.cure_by) < clock.today()

    @property
    def waits_for_answer(self) -> bool:
        """Whether the holder can still answer."""
        return not self.is_heard and self.answer_by is not None
