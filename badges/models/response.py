"""What recipients answer to an award: a mistake in it, not theirs, or something wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock


class CorrectionRequestQuerySet(models.QuerySet):
    def open(self):
        """Return the requests that nobody answered."""
        return self.filter(answered_at=None)

    def of(self, organiser):
        """Return the requests about an organiser's badges."""
        return self.filter(assertion__badge_class__organiser=organiser)

    def answer(self, *, by):
        """Mark those that are open as answered; returns how many were."""
        return self.open().update(answered_at=clock.now(), answered_by=by)


class CorrectionRequest(models.Model):
    """A holder's word that something on their badge is wrong."""

    assertion = models.ForeignKey("badges.Assertion", on_delete=models.CASCADE, related_name="correction_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["assertion"], condition=Q(answered_at=None), name="one_open_correction")
        ]


class AwardReportQuerySet(models.QuerySet):
    def open(self):
        """Return the reports that the network has not looked at."""
        return self.filter(handled_at=None)

    def handled(self):
        """Return the reports that were put away, the latest first."""
        return self.exclude(handled_at=None).order_by("-handled_at", "-pk")

    def with_words(self):
        """Fetch along what a list of reports names."""
        return self.select_related("assertion__badge_version__badge_class", "handled_by").prefetch_related(
            "assertion__badge_class__organiser__texts"
        )


class AwardReport(models.Model):
    """A recipient's word to the network about an award."""

    class Kind(models.TextChoices):
        STRANGER = "stranger", _("This is not for me")
        UNWANTED = "unwanted", _("I do not want mail from this organiser")
        FALSE = "false", _("The badge says something untrue")
        HARMFUL = "harmful", _("It is fraud, hate or something else that harms")

    assertion = models.ForeignKey("badges.Assertion", on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = AwardReportQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assertion", "kind"], condition=Q(handled_at=None), name="one_open_report_of_a_kind"
            )
        ]

    @property
    def says_not_mine(self):
        return self.kind == self.Kind.STRANGER
