"""The elected committee from which panels are drawn."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock

FEWEST_MEMBERS, MOST_MEMBERS = 3, 5


class CommitteeTermQuerySet(models.QuerySet):
    def current(self):
        """Return the terms that run today."""
        today = clock.today()
        return self.filter(starts_on__lte=today, ends_on__gt=today).select_related("person")

    def not_over(self):
        """Return the terms that run or will."""
        return self.filter(ends_on__gt=clock.today()).select_related("person")

    def over(self):
        """Return the terms that ended."""
        return self.filter(ends_on__lte=clock.today()).select_related("person").order_by("-ends_on", "pk")

    def meeting(self, starts_on, ends_on):
        """Return the terms that have a day in common with another."""
        return self.filter(starts_on__lt=ends_on, ends_on__gt=starts_on)


class CommitteeTerm(models.Model):
    """The time for which a person was elected; the last day is the one before `ends_on`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_from_coordinating_organisation = models.BooleanField(
        gettext_lazy("from an organisation that coordinates the network"), default=False
    )
    starts_on = models.DateField(gettext_lazy("from"), default=clock.today)
    ends_on = models.DateField(gettext_lazy("until"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CommitteeTermQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="term_ends_after_start")]


def committee_faults() -> list[str]:
    """Return why the committee of today cannot decide; empty when it can."""
    terms = list(CommitteeTerm.objects.current())
    members = len({term.person_id for term in terms})
    faults = []
    if members < FEWEST_MEMBERS:
        faults.append(_("The committee has fewer than three members."))
    if members > MOST_MEMBERS:
        faults.append(_("The committee has more than five members."))
    if not any(term.is_from_coordinating_organisation for term in terms):
        faults.append(_("Nobody in the committee is from an organisation that coordinates the network."))
    return faults
