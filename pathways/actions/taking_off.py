"""Taking a page of learning off in the name of the network, and putting it back."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page

from organisers.permissions import has_no_part_in, may_see_verifications
from pathways.models import ActivityPage, PlaylistPage
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.audit.models import AuditEvent


def pages_of(key: UUID | str, by: Person) -> list[Page]:
    """Lock and return a playlist or activity in all its languages, which the person may take off."""
    pages = [page for model in (PlaylistPage, ActivityPage) for page in model.objects.filter(translation_key=key)]
    if any(not (may_see_verifications(by) and has_no_part_in(page.organiser, by)) for page in pages):
        raise PermissionDenied
    list(Page.objects.select_for_update(no_key=True).filter(pk__in=[page.pk for page in pages]).order_by("pk"))
    return pages


@transaction.atomic
def take_off(key: UUID | str, *, by: Person) -> None:
    """Unpublish a playlist or activity in every language, and lock it: its authors cannot publish it again."""
    for page in pages_of(key, by):
        was_live = page.live
        if was_live:
            page.unpublish()
        Page.objects.filter(pk=page.pk).update(locked=True, locked_at=clock.now(), locked_by=None)
        record("pathways.take_off", about=page, by=by, facts={"live": was_live})


@transaction.atomic
def put_back(key: UUID | str, *, by: Person) -> None:
    """Unlock a playlist or activity and show it as it was before it was taken off."""
    for page in pages_of(key, by):
        last = AuditEvent.objects.about(page).filter(verb="pathways.take_off").order_by("pk").last()
        was_live = last is not None and last.facts["live"]
        Page.objects.filter(pk=page.pk).update(locked=False, locked_at=None, locked_by=None)
        if was_live:
            page.refresh_from_db()
            page.live = True
            page.save(update_fields=["live"])
        record("pathways.put_back", about=page, by=by)
