"""The audit chain holds."""

from portal.audit.models import AuditEvent
from portal.invariants import invariant


@invariant("I8 audit chain")
def chain_is_whole():
    """Name the first line whose seal does not follow from the line before it."""
    previous = ""
    for line in AuditEvent.objects.exclude(position=None).order_by("position").iterator():
        if line.seal != line.sealed_after(previous):
            yield f"line {line.pk} was changed, or a line before it was taken out"
            return
        previous = line.seal
