"""Sealing the audit log."""

from django.db import transaction

from portal.audit.models import AuditEvent
from portal.schedule import every

CHUNK = 1000


@every(seconds=60)
def seal():
    """Chain the unsealed lines in id order; nothing else ever waits for the chain."""
    with transaction.atomic():
        lines = list(AuditEvent.objects.unsealed().select_for_update()[:CHUNK])
        if not lines:
            return False
        last = AuditEvent.objects.exclude(position=None).order_by("-position").first()
        sealed, previous = (last.position, last.seal) if last else (0, "")
        for position, line in enumerate(lines, sealed + 1):
            line.position = position
            line.seal = previous = line.sealed_after(previous)
        AuditEvent.objects.bulk_update(lines, ["position", "seal"])
    return len(lines) == CHUNK
