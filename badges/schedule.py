"""What the clock does for badges."""

from django.db import transaction

from badges.actions import release_batch, withdraw_badges_of
from badges.documents import signed_status_list
from badges.ledger import award_chunk
from badges.models import AwardBatch, StatusList
from portal import clock
from portal.schedule import every
from portal.workflow import StepRefused


@every(seconds=10)
def award_due_rows():
    """Turn due rows into badges, a chunk at a time."""
    return award_chunk() > 0


@every(seconds=10)
def release_due_batches():
    """Let batches out whose ten minutes have passed."""
    for batch in AwardBatch.objects.due_for_release():
        try:
            release_batch(batch, by=None)
        except StepRefused:
            continue  # undone, or released by hand, in the meantime


@every(seconds=30)
def withdraw_late_badges():
    """Withdraw badges that were being signed while their batch was undone."""
    for batch in AwardBatch.objects.undone_with_badges():
        with transaction.atomic():
            withdraw_badges_of(batch, by=batch.awarded_by)


@every(seconds=30)
def sign_stale_lists():
    """Sign the status lists that changed or grow old."""
    for status_list in StatusList.objects.stale().select_related("issuer"):
        moment = clock.now()
        revoked = list(status_list.rows.revoked().values_list("status_index", flat=True))
        body = signed_status_list(status_list, revoked, status_list.issuer.keys.signing()[0])
        StatusList.objects.filter(pk=status_list.pk).update(body=body, signed_at=moment)
