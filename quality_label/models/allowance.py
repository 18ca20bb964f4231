"""Lower numbers for organisers too small for the usual sample."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisers.models import Organiser
from portal import clock

USUAL_BADGES, USUAL_AWARDS, USUAL_PEOPLE = 3, 20, 15


class SampleAllowance(models.Model):
    """How many badges, awards and people are enough for one organiser, and why; given once."""

    organiser = models.OneToOneField(Organiser, on_delete=models.CASCADE, related_name="+")
    badges = models.PositiveSmallIntegerField(_("badges"))
    awards = models.PositiveSmallIntegerField(_("awards in a year"))
    people = models.PositiveSmallIntegerField(_("different people"))
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="sample_lowered_for_a_reason"),
            models.CheckConstraint(
                condition=Q(badges__gte=1, badges__lte=USUAL_BADGES)
                & Q(awards__gte=1, awards__lte=USUAL_AWARDS)
                & Q(people__gte=1, people__lte=USUAL_PEOPLE),
                name="sample_lowered_not_raised",
            ),
        ]

    @property
    def numbers(self) -> dict[str, int]:
        """The lower numbers, as the gate takes them."""
        return {"classes": self.badges, "awards": self.awards, "people": self.people}
