"""What may earn a badge."""

from django.db import models

from badges.models import BadgeClass

NOBODY = {"joined": 0, "waiting": 0, "finished": 0}


class EarningQuerySet(models.QuerySet):
    def of(self, person):
        """Return what belongs to a person."""
        return self.filter(person=person)

    def badge_due(self):
        """Return what earned a badge that was not awarded yet and can be."""
        return self.filter(batch=None, badge_class__in=BadgeClass.objects.published())


class Earning(models.Model):
    """What may earn a badge: which one is settled at that moment, its batch follows at once or by the clock."""

    badge_class = models.ForeignKey("badges.BadgeClass", null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey("badges.AwardBatch", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
