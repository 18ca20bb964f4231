"""Writing signed badges down behind a fence, with their documents, mails and one audit line."""

import hashlib
import logging
import uuid
from collections import defaultdict

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q

from badges.documents import signed_supplement
from badges.ledger.moves import end_moves
from badges.ledger.signatures import expiry
from badges.models import Assertion, AwardBatch, AwardRow, CollectionItem, Issuer, SignedDocument, StatusList
from badges.permissions import may_go_on
from badges.workflow import COLLECTED
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import lead_on, mail_row
from portal.notifications.models import Notification, OutgoingMail
from portal.schedule import nudge
from portal.workflow import StepRefused, take

log = logging.getLogger("portal.badges")
TRIES = 3


class Overtaken(Exception):
    """Somebody got the badge between the look and the commit that was to correct another one into theirs."""


def commit_alone(row: AwardRow, signed: dict[int, dict[str, str]], lease: uuid.UUID) -> None:
    """Commit one row of a chunk that failed; what cannot be written counts as not signed, and is refused in the end."""
    try:
        commit([row], signed, lease)
    except (InterfaceError, OperationalError):
        raise
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
            allowed[batch.pk] = may_go_on(batch)
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
    Assertion.objects.leave_place({row.email for row in ready})
    Assertion.objects.leave_place_to([row for row in ready if not row.supersedes_id])
    blocked = blocked_places(ready)
    held = [row for row in ready if (row.batch.badge_class_id, row.email) in blocked and not row.stays_in_place]
    refused[AwardRow.Refusal.HELD_ALREADY] += [row.pk for row in held]
    gone = replace_superseded([row for row in ready if row not in held])
    refused[AwardRow.Refusal.GONE] += [row.pk for row in gone]
    ready = [row for row in ready if row not in held and row not in gone]
    won = {row.pk: assertion_of(row, issuers[row.batch.badge_class.organiser_id]) for row in ready}
    Assertion.objects.bulk_create(won.values(), ignore_conflicts=True)
    written = dict(Assertion.objects.filter(row__in=ready).values_list("row_id", "pk"))
    won = {row: assertion for row, assertion in won.items() if row in written}
    for row, assertion in won.items():
        assertion.pk = written[row]
    for row in ready:
        if row.supersedes_id and row.pk not in won:
            raise Overtaken
        if row.supersedes_id:
            Assertion.objects.filter(pk=row.supersedes_id).update(superseded_by=won[row.pk])
            move_supplements(row, won[row.pk])
            if won[row.pk].is_collected:
                CollectionItem.objects.follow(won[row.pk])
            row.supersedes.correction_requests.answer(by=row.batch.awarded_by)
    winners = [row for row in ready if row.pk in won]
    refused[AwardRow.Refusal.HELD_ALREADY] += [row.pk for row in ready if row.pk not in won]
    write_documents(winners, won, signed)
    tell(winners, won)
    settle(rows, [row.pk for row in winners], refused)
    end_moves(AwardRow.objects.moves_among(pk for code, pks in refused.items() if code for pk in pks))
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
    locked = AwardBatch.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "badge_class__organiser", "badge_version", "awarded_by"
    )
    batches = {batch.pk: batch for batch in locked.filter(pk__in={row.batch_id for row in rows}).order_by("pk")}
    held = AwardRow.objects.leased_by(lease).filter(pk__in=[row.pk for row in rows]).select_for_update(no_key=True)
    still = set(held.values_list("pk", flat=True))
    for row in rows:
        row.batch = batches[row.batch_id]
    return [row for row in rows if row.pk in still]


def blocked_places(rows: list[AwardRow]) -> set[tuple[int, str]]:
    """Return badge class and address of the badges that are held there already, where no constraint would say so.

    A correction ends a badge before it makes one; who gave an address up may have it again.
    """
    rows_of_moves = [row for row in rows if row.supersedes_id and not row.stays_in_place]
    held = Assertion.objects.blocking().filter(
        Q(address_given_up=True) | Q(email__in=[row.email for row in rows_of_moves]),
        email__in={row.email for row in rows},
        badge_class__in={row.batch.badge_class_id for row in rows},
    )
    return set(held.values_list("badge_class", "email"))


def move_supplements(row: AwardRow, corrected: Assertion) -> None:
    """Let the documents of a badge move along to the corrected one of the same holder, their statements signed anew."""
    if not row.stays_in_place:
        return
    for supplement in row.supersedes.supplements.standing().select_related("file"):
        supplement.assertion, supplement.signing_key = corrected, row.signing_key
        supplement.statement = signed_supplement(supplement, row.signing_key)
        supplement.save(update_fields=["assertion", "signing_key", "statement"])


def replace_superseded(rows: list[AwardRow]) -> list[AwardRow]:
    """End the badges that corrected ones replace; returns the rows whose badge ended in another way meanwhile."""
    gone = []
    for row in rows:
        if row.supersedes_id:
            try:
                row.supersedes = take(row.supersedes.supersede, by=None)  # as its holder has it by now
            except StepRefused:
                gone.append(row)
            else:
                mark_changed(row.supersedes)
    return gone


def holders(rows: list[AwardRow]) -> dict[str, Person]:
    """Return the people who proved the addresses of these rows."""
    people = Person.objects.filter(
        emailaddress__email__in={row.email for row in rows}, emailaddress__verified=True, awaits_guardian=False
    ).annotate(address=F("emailaddress__email"))
    return {person.address: person for person in people}


def assertion_of(row: AwardRow, issuer: Issuer) -> Assertion:
    """Return the unsaved assertion of a row; what corrects a badge of the same address stays as its holder had it."""
    old = row.supersedes
    kept = {"is_renewed": old.is_renewed} if row.stays_in_place else {}
    if row.stays_in_place and old.collected_at:
        stays = ["collected_at", "person", "published_at", "shows_name", "address_given_up"]
        kept |= {"state": COLLECTED} | {name: getattr(old, name) for name in stays}
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
    readers = holders(rows)
    people = {row.pk: won[row.pk].person if won[row.pk].is_collected else readers.get(row.email) for row in rows}
    OutgoingMail.objects.bulk_create(
        mail_row(
            won[row.pk].award_event,
            key=f"award:{row.assertion_key}",
            to=row.email if people[row.pk] == readers.get(row.email) else people[row.pk].email,
            person=people[row.pk],
            about=won[row.pk],
            hold=row.batch.hold if row.batch.is_held else "",
            sender=f"organiser:{row.batch.badge_class.organiser_id}",
            language=people[row.pk].language if people[row.pk] else row.badge_language,
        )
        for row in rows
        if row.batch.notify
    )
    for row in rows:
        if row.stays_in_place and people[row.pk]:
            lead_on(row.supersedes, won[row.pk], person=people[row.pk])
    Notification.objects.bulk_create(
        Notification(
            person=people[row.pk],
            event=won[row.pk].award_event,
            object_type="badges.assertion",
            object_id=str(won[row.pk].pk),
            hold=row.batch.hold if row.batch.is_held else "",
        )
        for row in rows
        if people[row.pk]
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
