"""The versions of what the label asks."""

import uuid
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal import clock
from quality_label.criteria import Framework
from quality_label.permissions import may_see_frameworks
from quality_label.workflow.framework import DRAFT, IN_FORCE, RETIRED, FrameworkWorkflow


class FrameworkVersionQuerySet(models.QuerySet):
    def in_force(self):
        """Return the version that new applications are judged by, if there is one."""
        return self.filter(state=IN_FORCE).first()

    def drafts(self):
        """Return what is being written."""
        return self.filter(state=DRAFT)

    def public(self):
        """Return what is or was in force, the newest first."""
        return self.exclude(state=DRAFT).order_by("-in_force_on", "-pk")

    def visible_to(self, user):
        """Return the versions that a person may read."""
        return self.all() if may_see_frameworks(user) else self.public()


class FrameworkVersion(FrameworkWorkflow):
    """One version of the gates, areas, criteria and thresholds, frozen when it comes into force."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=30, unique=True)
    document = models.JSONField()
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state=IN_FORCE), name="one_framework_in_force"),
            models.CheckConstraint(
                condition=Q(state=DRAFT, in_force_on=None, retired_on=None)
                | Q(state=IN_FORCE, in_force_on__isnull=False, retired_on=None)
                | Q(state=RETIRED, in_force_on__isnull=False, retired_on__isnull=False),
                name="framework_dates_fit",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Where everybody reads it; drafts where they are written."""
        return reverse("quality_label:criteria-version", args=[self.name]) if self.is_public else self.network_url

    @property
    def network_url(self):
        """Where the network looks after it."""
        return reverse("quality_label:framework", args=[self.name])

    @property
    def is_public(self) -> bool:
        """Whether it is or was in force."""
        return self.state != DRAFT

    @property
    def document_without_version(self) -> dict:
        """What it says, whatever it is called."""
        return {part: words for part, words in self.document.items() if part != "version"}

    @cached_property
    def rules(self) -> Framework:
        """What it asks, ready to be judged by."""
        return Framework.model_validate(self.document)
