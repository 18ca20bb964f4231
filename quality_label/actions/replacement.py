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
    hidden = application.evidence.hidden()
    replaced = [old.pk for old in hidden if set(old.criteria) & set(item.criteria)]
    hidden.filter(pk__in=replaced).update(removed_at=clock.now())
    freeze(application, Snapshot.Cause.REPLACED)
    notify(application.people_of_team(), "quality_label/evidence_replaced", about=application)
    return item
