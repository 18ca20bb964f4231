"""What the clock does for badges."""

import logging

from django.db import transaction

from badges.actions import release_batch
from badges.documents import signed_status_list
from badges.ledger import award_chunk
from badges.models import AwardBatch, Issuer, StatusList
from badges.signing import signing_key_of
from portal import clock
from portal.schedule import every
from portal.workflow import StepRefused

log = logging.getLogger("portal.badges")


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
def sign_stale_lists():
    """Sign the status lists that changed or grow old; one that cannot be signed stops no other."""
    for status_list in StatusList.objects.stale().select_related("issuer"):
        try:
            sign_list(status_list)
        except Exception:
            log.exception("status list %s could not be signed", status_list.key)


@transaction.atomic
def signing_key(issuer):
    """Return the key that signs for an issuer, one worker at a time."""
    return signing_key_of(Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk))


def sign_list(status_list):
    """Sign a list from its rows. `changes` was read before the rows, so a later change makes it stale again."""
    moment = clock.now()
    revoked = list(status_list.rows.revoked().values_list("status_index", flat=True))
    body = signed_status_list(status_list, revoked, signing_key(status_list.issuer))
    not_newer = StatusList.objects.filter(pk=status_list.pk, signed_changes__lte=status_list.changes)
    not_newer.update(body=body, signed_at=moment, signed_changes=status_list.changes)
