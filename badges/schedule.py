"""What the clock does for badges."""

from functools import partial

from django.conf import settings
from django.db import transaction

from badges.actions import release_batch
from badges.actions.assertions import remind
from badges.actions.codes import forget_unproven
from badges.actions.importing import check_again
from badges.actions.keys import (
    sign_attestation_anew,
    sign_document_anew,
    sign_supplement_anew,
    signed_with_withdrawn_keys,
)
from badges.actions.lists import drop_forgotten
from badges.actions.moving_in import drop_forgotten_move_in, forget_files
from badges.actions.reader_shares import gather_openings
from badges.actions.reading import read_list
from badges.actions.showing import sign_no_more_than_shown
from badges.actions.supplement_parcels import drop_parcel
from badges.documents import signed_status_list
from badges.ledger import award_chunk
from badges.models import Assertion, AwardBatch, ImportedBadge, Issuer, IssuerKey, MoveIn, StatusList, SupplementParcel
from badges.permissions import may_go_on
from badges.signing import signing_key_of
from portal import clock
from portal.schedule import every
from portal.workflow import do_all

REMINDERS_A_ROUND = 500
CHECKS_A_ROUND = 10
ANEW_A_ROUND = 500


@every(seconds=120)
def count_openings():
    """Bring in how often what people share with one reader was opened."""
    gather_openings()


@every(seconds=10)
def read_lists():
    """Read the lists whose file or columns wait to be read, one at a time; a broken one stops no other."""
    waiting = AwardBatch.objects.to_read().select_related("badge_class__organiser", "badge_version", "file")
    do_all((waiting, read_list))


@every(seconds=10)
def award_due_rows():
    """Turn due rows into badges, a chunk at a time."""
    return award_chunk() > 0


@every(seconds=10)
def release_due_batches():
    """Let batches out whose ten minutes have passed.

    What somebody awarded who may not any more waits for the hand of a colleague.
    """
    due = AwardBatch.objects.due_for_release().select_related("badge_class__organiser", "awarded_by")
    do_all((filter(may_go_on, due), partial(release_batch, by=None)))


@every(seconds=3600)
def drop_forgotten_lists():
    """Throw lists away that nobody awarded within a month: they hold addresses."""
    do_all((AwardBatch.objects.forgotten(), drop_forgotten))


@every(seconds=3600)
def forget_files_of_move_ins():
    """Throw away what nobody handed in within a month, and the files of what was decided a month ago."""
    moved_in = MoveIn.objects.select_related("export", "log")
    do_all(
        (moved_in.forgotten(), drop_forgotten_move_in),
        (moved_in.with_outdated_files(), forget_files),
    )


@every(seconds=3600)
def drop_forgotten_parcels():
    """Throw away documents that were read and that nobody added within a week: they are personal."""
    do_all((SupplementParcel.objects.forgotten().select_related("file", "batch"), partial(drop_parcel, by=None)))


@every(seconds=3600)
def remind_recipients():
    """Remind who has not collected a badge after one week and after three; then never again."""
    do_all((Assertion.objects.due_for_reminder()[:REMINDERS_A_ROUND], remind))


@every(seconds=600)
def check_imported_badges():
    """Look again at badges of other platforms, each once a week; their sites may be slow, so a few at a time.

    One whose check raises has had its turn: those behind it come next, and the log names it.
    """
    do_all((ImportedBadge.objects.due_for_check().select_related("file", "person")[:CHECKS_A_ROUND], check_again))


@every(seconds=3600)
def forget_unproven_addresses():
    """Forget who asked for a badge with a code and never proved the address."""
    forget_unproven()


@every(seconds=30)
def sign_stale_lists():
    """Sign the status lists that changed or grow old; one that cannot be signed stops no other."""
    do_all((StatusList.objects.stale().select_related("issuer"), sign_list))


@every(seconds=60)
def make_token_keys():
    """Make a key for tokens for each issuer that has none of the kind that the installation chose."""
    wanting = Issuer.objects.exclude(pk__in=IssuerKey.objects.signing(settings.TOKEN_ALGORITHM).values("issuer"))
    do_all((wanting, partial(signing_key, algorithm=settings.TOKEN_ALGORITHM)))


@transaction.atomic
def signing_key(issuer, algorithm=IssuerKey.Algorithm.ED25519):
    """Return the key that signs for an issuer, one worker at a time."""
    return signing_key_of(Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk), algorithm)


@every(seconds=30)
def sign_anew():
    """Sign anew what keys signed that were withdrawn since, a part at a time."""
    documents, attestations, supplements = signed_with_withdrawn_keys()
    part = documents[:ANEW_A_ROUND]
    do_all((part, sign_document_anew), (attestations, sign_attestation_anew), (supplements, sign_supplement_anew))
    return len(part) == ANEW_A_ROUND


@every(seconds=60)
def sign_what_says_too_much():
    """Sign badges anew whose files say what their holders keep to themselves, a part at a time."""
    part = Assertion.objects.saying_too_much().order_by("pk")[:ANEW_A_ROUND]
    do_all((part, sign_no_more_than_shown))


def sign_list(status_list):
    """Sign a list from its rows. `changes` was read before the rows, so a later change makes it stale again."""
    moment = clock.now()
    body = signed_status_list(status_list, status_list.marked(), signing_key(status_list.issuer))
    not_newer = StatusList.objects.filter(pk=status_list.pk, signed_changes__lte=status_list.changes)
    not_newer.update(body=body, signed_at=moment, signed_changes=status_list.changes)
