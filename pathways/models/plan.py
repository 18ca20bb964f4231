"""What somebody wants to do after an event."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisers.models import Organiser
from portal import clock


class ActionPlanQuerySet(models.QuerySet):
    def of(self, person):
        """Return a person's plans."""
        return self.filter(person=person)

    def after(self, activity_key):
        """Return the plans that were made after an event, by name."""
        return self.filter(activity_key=activity_key).select_related("person").order_by("person__name", "pk")

    def to_remind(self):
        """Return those whose day has come and whose writers asked to be reminded."""
        return self.filter(is_reminded=True, reminded_at=None, by_when__lte=clock.today())


class ActionPlan(models.Model):
    """A goal, the steps to it and a day; its writer reads it, and those who run the event."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    activity_key = models.UUIDField()
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    goal = models.CharField(_("what you want to reach"), max_length=300)
    steps = models.TextField(_("steps to it"), max_length=3000)
    by_when = models.DateField(_("by when"))
    is_reminded = models.BooleanField(_("remind me on that day"), default=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "activity_key"], name="one_plan_after_an_event")]

    def __str__(self):
        return self.goal

    def get_absolute_url(self):
        """Where its writer changes it."""
        return reverse("pathways:plan", args=[self.activity_key])
