"""Writing to the audit log."""

from portal.audit.models import AuditEvent, AuditText
from portal.pages import forget_pages


def record(verb: str, *, about=None, by=None, facts: dict | None = None, words: str = "") -> AuditEvent:
    """Write one line in the current transaction; `facts` hold ids and digests, `words` what may be erased."""
    event = AuditEvent.objects.create(
        verb=verb,
        actor_id=by.pk if by is not None else None,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        facts=facts or {},
    )
    if words:
        AuditText.objects.create(event=event, words=words)
    forget_pages()
    return event
