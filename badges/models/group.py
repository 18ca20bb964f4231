"""Saved lists of recipients: a course, a cohort, a team."""

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock


class RecipientGroupQuerySet(models.QuerySet):
    def of(self, organiser):
        """Return the groups of an organiser, by name."""
        return self.filter(organiser=organiser).order_by("name")

    def with_counts(self):
        """Add how many people are in each."""
        return self.annotate(people=Count("members"))


class RecipientGroup(models.Model):
    """People to whom an organiser awards again and again."""

    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = RecipientGroupQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organiser", "name"], name="group_name_once")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("badges:group", args=[self.organiser.slug, self.pk])


class GroupMember(models.Model):
    """One person of a group."""

    group = models.ForeignKey(RecipientGroup, on_delete=models.CASCADE, related_name="members")
    email = models.EmailField()
    name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["name", "email"]
        constraints = [models.UniqueConstraint(fields=["group", "email"], name="group_member_once")]
