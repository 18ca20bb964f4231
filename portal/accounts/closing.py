"""Closing an account for good: of a child whose guardian does not agree, or who no longer wants it."""

from django.db import transaction

from portal import clock
from portal.accounts.erasing import erase_now
from portal.accounts.models import Guardian, Person
from portal.audit.log import record
from portal.notifications.actions import cancel_mail_about


@transaction.atomic
def close_for_good(child: Person, *, why: str) -> None:
    """Close an account at once, without a way back, and erase it with its guardian."""
    guardian = Guardian.objects.select_for_update().filter(child=child).first()  # before the child, as elsewhere
    child = Person.objects.select_for_update(no_key=True).get(pk=child.pk)
    if guardian:
        cancel_mail_about(guardian)
    child.is_active, child.is_of_age, child.awaits_guardian = False, False, False
    child.closed_at = clock.now()
    child.save(update_fields=["is_active", "is_of_age", "awaits_guardian", "closed_at"])
    record("accounts.close_for_good", about=child, facts={"why": why})
    erase_now(child)
