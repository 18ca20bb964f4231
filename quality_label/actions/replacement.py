"""Replacing evidence that was hidden for the personal data in it."""

from django.db import transaction

from portal import clock
from portal.notifications.actions import notify
from quality_label.actions.evidence import attach_evidence
from quality_label.actions.submission import freeze
from quality_label.models import Application, Evidence, Snapshot


@transaction.atomic
def replace_evidence(application: Application, *, by, **facts) -> Evidence:
    """Attach evidence in the place of what was hidden on the same criteria; the team sees it at once.

    It answers no question: no round is used up and the days go on.
    """
    item = attach_evidence(application, by=by, **facts)
    retire_replaced(application, [item])
    freeze(application, Snapshot.Cause.REPLACED)
    notify(application.people_of_team(), "quality_label/evidence_replaced", about=application)
    return item


def retire_replaced(application: Application, items) -> None:
    """Put evidence that was hidden out of sight where other evidence is about the same criteria now."""
    replaced = {code for item in items for code in item.criteria}
    hidden = application.evidence.hidden()
    gone = [old.pk for old in hidden if replaced & set(old.criteria)]
    hidden.filter(pk__in=gone).update(removed_at=clock.now())
