"""Who votes on an appeal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from quality_label.workflow.appeal import WITH_PANEL


class AppealSeatQuerySet(models.QuerySet):
    def standing(self):
        """Return the seats whose holders have not named a conflict."""
        return self.exclude(has_conflict=True)

    def read_by(self, user):
        """Return the seats of a person who declared to be free, in panels that decide now."""
        return self.filter(person=user.pk, has_conflict=False, appeal__state=WITH_PANEL)

    def voted(self):
        """Return the seats whose holders voted and have no conflict."""
        return self.standing().exclude(vote="")


class AppealSeat(models.Model):
    """A seat in the panel of an appeal, with the vote that was cast from it."""

    class Vote(models.TextChoices):
        UPHOLD = "upheld", _("uphold the appeal")
        IN_PART = "partly_upheld", _("uphold it in part")
        DISMISS = "dismissed", _("dismiss the appeal")

    appeal = models.ForeignKey("quality_label.Appeal", on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    has_conflict = models.BooleanField(null=True)
    declared_at = models.DateTimeField(null=True)
    vote = models.CharField(max_length=15, choices=Vote, blank=True)
    vote_words = models.TextField(max_length=3000, blank=True)
    criteria = models.JSONField(default=list)
    voted_at = models.DateTimeField(null=True)

    objects = AppealSeatQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "person"], name="one_seat_an_appeal"),
            models.CheckConstraint(
                condition=Q(vote="", voted_at=None)
                | (~Q(vote="") & ~Q(vote_words="") & Q(voted_at__isnull=False, has_conflict=False)),
                name="voted_on_appeal_after_a_declaration",
            ),
        ]

    @property
    def is_declared(self) -> bool:
        """Whether its holder said that no conflict keeps them from it."""
        return self.has_conflict is False
