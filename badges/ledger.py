"""The one path from a due row to a badge: lease, plan, sign outside any transaction, commit behind a fence.

Killed at any point, the lease runs out and another worker signs the same bytes. Two unique constraints, on the row and
on (badge class, address), decide who won.
"""

import calendar
import hashlib
import logging
import secrets
import uuid
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from badges.documents import award_facts, batch_facts, signed_forms
from badges.models import Assertion, AwardBatch, AwardRow, Installation, Issuer, IssuerKey, SignedDocument, StatusList
from badges.openbadges import BatchSigner
from badges.permissions import may_award
from badges.signing import signer, signing_key_of
from badges.workflow import COLLECTED
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import mail_row
from portal.notifications.models import Notification, OutgoingMail
from portal.schedule import nudge
from portal.workflow import StepRefused, take

log = logging.getLogger("portal.badges")
CHUNK = 500
LEASE = timedelta(seconds=30)
TRIES = 3


def award_chunk() -> int:
    """Turn a chunk of due rows into badges; returns how many rows were taken up."""
    lease = uuid.uuid4()
    rows = lease_rows(lease)
    if rows:
        signed = sign_rows(rows)
        try:
            commit(rows, signed, lease)
        except Exception:
            log.exception("a chunk of %s rows could not be written; each is tried alone", len(rows))
            for row in rows:
                commit_alone(row, signed, lease)
    return len(rows)


# --- lease and plan -------------------------------------------------------------------------------------------------


@transaction.atomic
def lease_rows(lease: uuid.UUID) -> list[AwardRow]:
    """Take due rows for as long as a lease lasts, and settle what their badges will say."""
    due = AwardRow.objects.due().order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    chosen = list(due.values_list("pk", flat=True)[:CHUNK])
    AwardRow.objects.due().filter(pk__in=chosen).update(
        lease=lease, leased_until=clock.now() + LEASE, attempts=F("attempts") + 1
    )
    rows = list(
        AwardRow.objects.leased_by(lease)
        .select_related(
            "batch__badge_class__organiser",
            "batch__badge_version__badge_class",
            "status_list__issuer",
            "signing_key",
            "supersedes__person",
        )
        .prefetch_related("batch__badge_class__organiser__texts")
        .order_by("pk")
    )
    unplanned = defaultdict(list)
    for row in rows:
        if row.issued_at is None:
            unplanned[row.batch.badge_class.organiser].append(row)
    for organiser in sorted(unplanned, key=lambda organiser: organiser.pk):  # one order for all: each locks its issuer
        plan(unplanned[organiser], issuer_of(organiser))
    return rows


def plan(rows: list[AwardRow], issuer: Issuer) -> None:
    """Settle date, key and place in the status list of each row; one worker at a time for an issuer."""
    Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    moment = clock.now().replace(microsecond=0)
    key = signing_key_of(issuer)
    status_list, indexes = allocate(issuer, len(rows))
    AwardRow.objects.filter(pk__in=[row.pk for row in rows]).update(
        issued_at=moment, signing_key=key, status_list=status_list
    )
    for row, index in zip(rows, indexes, strict=True):
        row.issued_at, row.signing_key, row.status_list, row.status_index = moment, key, status_list, index
    AwardRow.objects.bulk_update(rows, ["status_index"])


def issuer_of(organiser) -> Issuer:
    """Return the issuing identity of an organiser, made when there is none."""
    issuer, is_new = Issuer.objects.get_or_create(organiser=organiser)
    if is_new:
        Installation.objects.get_or_create(only=True, defaults={"base_url": settings.BASE_URL})
    return issuer


def allocate(issuer: Issuer, count: int) -> tuple[StatusList, list[int]]:
    """Return free random places in a list that is less than half full, so that an index tells nothing."""
    status_list = issuer.status_lists.filter(used__lt=F("size") / 2 - count).order_by("pk").first()
    if status_list is None:
        status_list = StatusList.objects.create(issuer=issuer)
        nudge("badges.sign_stale_lists")
    free: set[int] = set()
    while len(free) < count:
        drawn = {secrets.randbelow(status_list.size) for _ in range(count - len(free))}
        free |= drawn - set(status_list.rows.filter(status_index__in=drawn).values_list("status_index", flat=True))
    StatusList.objects.filter(pk=status_list.pk).update(used=F("used") + count)
    places = list(free)
    secrets.SystemRandom().shuffle(places)
    return status_list, places


# --- sign -----------------------------------------------------------------------------------------------------------


def sign_rows(rows: list[AwardRow]) -> dict[int, dict[str, str]]:
    """Return the signed forms by row; a row that cannot be signed is left out and counted."""
    issuers = {
        issuer.organiser_id: issuer
        for issuer in Issuer.objects.filter(organiser__in={row.batch.badge_class.organiser_id for row in rows})
        .select_related("organiser")
        .prefetch_related("organiser__texts")
    }
    signers: dict[tuple[IssuerKey, datetime], BatchSigner] = {}
    alike = {}
    signed = {}
    for row in rows:
        seal = (row.signing_key, row.issued_at)
        badge = (row.batch.badge_version_id, row.badge_language)
        try:
            if seal not in signers:
                signers[seal] = BatchSigner(signer(row.signing_key, created=row.issued_at))
            if badge not in alike:
                alike[badge] = batch_facts(row.batch, issuers[row.batch.badge_class.organiser_id], row.badge_language)
            signed[row.pk] = signed_forms(award_facts(row, *alike[badge], expiry(row)), signers[seal])
        except Exception:
            log.exception("award row %s could not be signed (try %s)", row.pk, row.attempts)
    return signed


def expiry(row: AwardRow) -> datetime | None:
    """Return when the badge of a row expires: with the day that it names, else after the months of its class."""
    if row.valid_until:
        return datetime.combine(row.valid_until, time(23, 59, 59), UTC)
    months = row.batch.badge_version.content["valid_months"]
    return months_later(row.issued_at, months) if months else None


def months_later(moment: datetime, months: int) -> datetime:
    """Return the same day `months` later; the 31st becomes the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))


# --- commit ---------------------------------------------------------------------------------------------------------


def commit_alone(row: AwardRow, signed: dict[int, dict[str, str]], lease: uuid.UUID) -> None:
    """Commit one row of a chunk that failed; what cannot be written counts as not signed, and is refused in the end."""
    try:
        commit([row], signed, lease)
    except Exception:
        log.exception("award row %s could not be written (try %s)", row.pk, row.attempts)
        commit([row], {}, lease)


@transaction.atomic
def commit(rows: list[AwardRow], signed: dict[int, dict[str, str]], lease: uuid.UUID) -> None:
    """Write the badges of the rows that this lease still holds, with their documents, mails and one audit line."""
    rows = fenced(rows, lease)
    refused = defaultdict(list)
    ready = []
    allowed = {}
    for row in rows:
        batch = row.batch
        if batch.pk not in allowed:
            allowed[batch.pk] = still_allowed(batch)
        if batch.is_undone:
            refused[""].append(row.pk)
        elif not allowed[batch.pk]:
            if not batch.is_earned:
                refused[AwardRow.Refusal.FORBIDDEN].append(row.pk)
        elif row.pk in signed:
            ready.append(row)
        elif row.attempts >= TRIES:
            refused[AwardRow.Refusal.INTERNAL].append(row.pk)
    issuers = {
        issuer.organiser_id: issuer for issuer in Issuer.objects.filter(keys__in={row.signing_key_id for row in ready})
    }
    ready.sort(key=lambda row: (row.batch.badge_class_id, row.email))  # two workers wait for each other in one order
    gone = replace_superseded(ready)
    refused[AwardRow.Refusal.GONE] += [row.pk for row in gone]
    ready = [row for row in ready if row not in gone]
    Assertion.objects.bulk_create(
        [assertion_of(row, issuers[row.batch.badge_class.organiser_id]) for row in ready], ignore_conflicts=True
    )
    won = {assertion.row_id: assertion for assertion in Assertion.objects.filter(row__in=ready)}
    for row in ready:
        if row.supersedes_id and row.pk in won:
            Assertion.objects.filter(pk=row.supersedes_id).update(superseded_by=won[row.pk])
    winners = [row for row in ready if row.pk in won]
    refused[AwardRow.Refusal.HELD_ALREADY] += [row.pk for row in ready if row.pk not in won]
    write_documents(winners, won, signed)
    tell(winners, won)
    settle(rows, [row.pk for row in winners], refused)
    record(
        "badges.award.chunk",
        facts={
            "batches": sorted({row.batch_id for row in rows}),
            "awarded": [str(row.assertion_key) for row in winners],
            "refused": {code: pks for code, pks in refused.items() if pks},
        },
    )


def fenced(rows: list[AwardRow], lease: uuid.UUID) -> list[AwardRow]:
    """Return the rows that the lease still holds, with their batches as they are now and will be until the commit.

    Who undoes or releases a batch meanwhile waits, and then finds its badges; batches are locked first, as there.
    """
    batches = AwardBatch.objects.filter(pk__in={row.batch_id for row in rows})
    list(batches.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    held = AwardRow.objects.leased_by(lease).filter(pk__in=[row.pk for row in rows]).select_for_update(of=("self",))
    fresh = {row.pk: row for row in held.select_related("batch__badge_class__organiser", "batch__awarded_by")}
    for row in rows:
        if row.pk in fresh:
            row.batch = fresh[row.pk].batch
    return [row for row in rows if row.pk in fresh]


def still_allowed(batch) -> bool:
    """Say whether the batch may be carried out now: rights are read anew for each chunk.

    What a learner earned is not lost by a suspension; its rows stay due until the organiser may issue again.
    """
    if batch.is_earned:
        return batch.badge_class.organiser.may_operate
    person = Person.objects.active().filter(pk=batch.awarded_by_id).first()
    return may_award(batch.badge_class, person)


def replace_superseded(rows: list[AwardRow]) -> list[AwardRow]:
    """End the badges that corrected ones replace; returns the rows whose badge ended in another way meanwhile."""
    gone = []
    for row in rows:
        if row.supersedes_id:
            try:
                take(row.supersedes.supersede, by=None)
            except StepRefused:
                gone.append(row)
            else:
                mark_changed(row.supersedes)
    return gone


def holders(rows: list[AwardRow]) -> dict[str, Person]:
    """Return the people who proved the addresses of these rows."""
    people = Person.objects.filter(
        emailaddress__email__in={row.email for row in rows}, emailaddress__verified=True
    ).annotate(address=F("emailaddress__email"))
    return {person.address: person for person in people}


def assertion_of(row: AwardRow, issuer: Issuer) -> Assertion:
    """Return the unsaved assertion of a row; one that corrects a badge of the same address stays collected."""
    old = row.supersedes
    kept = {}
    if old and old.email == row.email and old.collected_at:
        kept = {"state": COLLECTED, "collected_at": old.collected_at, "person": old.person}
    return Assertion(
        key=row.assertion_key,
        row=row,
        batch=row.batch,
        badge_class_id=row.batch.badge_class_id,
        badge_version_id=row.batch.badge_version_id,
        issuer=issuer,
        email=row.email,
        name=row.name,
        language=row.badge_language,
        issued_at=row.issued_at,
        expires_at=expiry(row),
        **kept,
    )


def write_documents(rows, won, signed) -> None:
    """Store the signed forms of the rows that won."""
    SignedDocument.objects.bulk_create(
        SignedDocument(
            assertion=won[row.pk],
            format=form,
            body=body,
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            key=row.signing_key if form == SignedDocument.Format.OB3 else None,
        )
        for row in rows
        for form, body in signed[row.pk].items()
    )


def tell(rows, won) -> None:
    """Queue a mail to each recipient and a line in their inbox; those of a held batch wait until it is out."""
    people = holders(rows)
    OutgoingMail.objects.bulk_create(
        mail_row(
            "badges/badge_waiting",
            key=f"award:{row.assertion_key}",
            to=row.email,
            person=people.get(row.email),
            about=won[row.pk],
            hold=row.batch.hold if row.batch.is_held else "",
            language=people[row.email].language if row.email in people else row.badge_language,
        )
        for row in rows
        if row.batch.notify
    )
    Notification.objects.bulk_create(
        Notification(
            person=people[row.email],
            event="badges/badge_waiting",
            object_type="badges.assertion",
            object_id=str(won[row.pk].pk),
            hold=row.batch.hold if row.batch.is_held else "",
        )
        for row in rows
        if row.email in people
    )
    nudge("notifications.send_due_mail")


def settle(rows, awarded, refused) -> None:
    """Write how each row ended; a row that was neither is tried again when its lease has run out."""
    AwardRow.objects.filter(pk__in=awarded).update(state=AwardRow.State.AWARDED, leased_until=None)
    for code, pks in refused.items():
        state = AwardRow.State.REFUSED if code else AwardRow.State.CANCELLED
        AwardRow.objects.filter(pk__in=pks).update(state=state, refusal=code, leased_until=None)


def mark_changed(assertion: Assertion) -> None:
    """Have the status list of a badge signed anew."""
    StatusList.objects.filter(rows__assertion=assertion).update(changes=F("changes") + 1)
    nudge("badges.sign_stale_lists")
