"""Taking due rows for as long as a lease lasts, and settling what their badges will say."""

import secrets
import uuid
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from badges.models import Assertion, AwardBatch, AwardRow, Installation, Issuer, IssuerKey, StatusList
from badges.signing import signing_key_of
from portal import clock
from portal.schedule import nudge

CHUNK = 500
LEASE = timedelta(seconds=30)


@transaction.atomic
def lease_rows(lease: uuid.UUID) -> list[AwardRow]:
    """Take due rows for as long as a lease lasts, and settle what their badges will say."""
    due = AwardRow.objects.due().order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    chosen = list(due.values_list("pk", flat=True)[:CHUNK])
    if not chosen:
        return []
    AwardRow.objects.due().filter(pk__in=chosen).update(
        lease=lease, leased_until=clock.now() + LEASE, attempts=F("attempts") + 1
    )
    rows = fetch(lease)
    unplanned = defaultdict(list)
    for row in rows:
        if row.issued_at is None:
            unplanned[row.batch.badge_class.organiser].append(row)
    for organiser in sorted(unplanned, key=lambda organiser: organiser.pk):  # one order for all: each locks its issuer
        plan(unplanned[organiser], issuer_of(organiser))
    return rows


def fetch(lease: uuid.UUID) -> list[AwardRow]:
    """Return the rows of a lease; those of one batch share its object, and so with keys and lists."""
    rows = list(AwardRow.objects.leased_by(lease).defer("cells", "problems").order_by("pk"))
    wanted = {name: {getattr(row, f"{name}_id") for row in rows} - {None} for name in SHARED}
    found = {name: query.in_bulk(wanted[name]) if wanted[name] else {} for name, query in SHARED.items()}
    for row in rows:
        for name, objects in found.items():
            if key := getattr(row, f"{name}_id"):
                setattr(row, name, objects[key])
    return rows


SHARED = {
    "batch": AwardBatch.objects.select_related(
        "badge_class__organiser", "badge_version__badge_class", "awarded_by"
    ).prefetch_related("badge_class__organiser__texts"),
    "status_list": StatusList.objects.select_related("issuer").defer("body"),
    "signing_key": IssuerKey.objects.select_related("issuer"),
    "supersedes": Assertion.objects.select_related("person"),
}


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
    write_places(rows)


def write_places(rows: list[AwardRow]) -> None:
    """Write the place of each row; a statement for each is a third of the cost of bulk_update's CASE over all."""
    table = connection.ops.quote_name(AwardRow._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET status_index = %s WHERE id = %s",  # noqa: S608 our own table
            [(row.status_index, row.pk) for row in rows],
        )


def issuer_of(organiser) -> Issuer:
    """Return the issuing identity of an organiser, made when there is none."""
    issuer, is_new = Issuer.objects.get_or_create(organiser=organiser)
    if is_new:
        Installation.objects.get_or_create(only=True, defaults={"base_url": settings.BASE_URL})
    return issuer


def allocate(
    issuer: Issuer, count: int, *, purpose: str = StatusList.Purpose.REVOCATION
) -> tuple[StatusList, list[int]]:
    """Return free random places in a list that is less than half full, so that an index tells nothing."""
    lists = issuer.status_lists.filter(purpose=purpose, used__lt=F("size") / 2 - count)
    status_list = lists.order_by("pk").first()
    if status_list is None:
        status_list = StatusList.objects.create(issuer=issuer, purpose=purpose)
        nudge("badges.sign_stale_lists")
    free: set[int] = set()
    while len(free) < count:
        drawn = {secrets.randbelow(status_list.size) for _ in range(count - len(free))}
        free |= drawn - status_list.taken(drawn)
    StatusList.objects.filter(pk=status_list.pk).update(used=F("used") + count)
    places = list(free)
    secrets.SystemRandom().shuffle(places)
    return status_list, places
