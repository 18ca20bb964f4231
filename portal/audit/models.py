"""The audit log: ids and digests in the chain, personal words in a side row that erasure may empty."""

import hashlib
import json

from django.conf import settings
from django.db import models

from portal import clock


class AuditEventQuerySet(models.QuerySet):
    def unsealed(self):
        """Return the lines that are not in the chain yet, in the order they will be."""
        return self.filter(position=None).order_by("pk")

    def about(self, obj):
        """Return the history of one object."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))

    def last_of(self, rows) -> dict:
        """Return when something was last done to each row, by its key; rows of one kind, in one query."""
        keys = {str(row.pk): row.pk for row in rows}
        kind = rows[0]._meta.label_lower if rows else ""
        found = self.filter(object_type=kind, object_id__in=keys).values_list("object_id").annotate(models.Max("at"))
        return {keys[key]: moment for key, moment in found.order_by()}


class AuditEvent(models.Model):
    """One act. A database trigger refuses deletion, and any change but the seal."""

    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=120)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    position = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_about"),
            models.Index(fields=["id"], condition=models.Q(position=None), name="audit_unsealed"),  # schedule.seal
        ]

    def sealed_after(self, previous: str) -> str:
        """Return the SHA-256 that chains this line to the seal before it."""
        about = [self.object_type, self.object_id, self.facts]
        line = [previous, self.position, self.pk, self.at.isoformat(), self.verb, self.actor_id, *about]
        return hashlib.sha256(json.dumps(line, sort_keys=True, default=str).encode()).hexdigest()


class AuditText(models.Model):
    """The personal words of a line; never part of the chain."""

    event = models.OneToOneField(AuditEvent, on_delete=models.CASCADE, related_name="text")
    words = models.TextField()
