"""Award lists: read from a file, mended, awarded; pausing and ending what runs."""

import uuid
from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from badges.actions.awards import HOLD, check_daily_limit
from badges.actions.badge_classes import freeze
from badges.models import Assertion, AwardBatch, AwardRow, BadgeClass
from badges.permissions import may_award, may_change_list
from badges.sheets.cleaning import clean_row
from badges.sheets.columns import guess_columns
from badges.sheets.likeness import looks_alike
from badges.sheets.reading import Refused, read_table
from badges.workflow import DRAFT, READING
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.actions import drop_file, store_file
from portal.files.gate import Admitted
from portal.planning import look_anew
from portal.schedule import nudge
from portal.workflow import StepRefused, take

READING_LEASE = timedelta(minutes=2)  # renewed with each block of rows
READ_AT_ONCE = 2000
MOST_DRAFTS = 30


# --- begin and read -------------------------------------------------------------------------------------------------


def begin_list(badge_class: BadgeClass, file: Admitted, *, by: Person, language: str) -> AwardBatch:
    """Take a file with recipients; the clock reads it, and nothing is awarded before `award_list`."""
    if not may_award(badge_class, by):
        raise PermissionDenied
    if not badge_class.is_published:
        raise StepRefused([_("Publish the badge before you award it.")])
    if AwardBatch.objects.of(badge_class.organiser).drafts().count() >= MOST_DRAFTS:
        raise StepRefused([_("Thirty lists wait to be awarded already. Award or drop one of them first.")])
    stored = store_file(file, owner=by)
    with transaction.atomic():
        version = freeze(badge_class)
        batch = AwardBatch.objects.create(
            once_key=f"list:{uuid.uuid4()}",
            badge_class=badge_class,
            badge_version=version,
            source=AwardBatch.Source.LIST,
            language=version.language_for(language),
            awarded_by=by,
            release_at=clock.now(),
            state=READING,
            file=stored,
            list_name=stored.name,
        )
        record("badges.list.begin", about=batch, by=by, facts={"sha256": stored.sha256})
        nudge("badges.read_lists")
    return batch


def read_list(batch: AwardBatch) -> bool:
    """Read the file of a list, or its rows again after its columns changed; returns whether this worker did it.

    Killed in between, the lease runs out and the next one begins anew.
    """
    if not take_lease(AwardBatch.objects.to_read().filter(pk=batch.pk)):
        return False
    with translation.override(batch.awarded_by.language if batch.awarded_by else batch.language):
        try:
            if batch.columns:
                header, columns, notes = batch.header, batch.columns, batch.notes
                read_rows_again(batch, columns)
            else:
                header, columns, notes = fill(batch)
        except Refused as refused:
            batch.rows.all().delete()
            header, columns, notes = [], {}, [refused.sentence]
    look_anew(AwardRow, Assertion)
    with transaction.atomic():
        mark_repeats(batch)
        take(batch.show, by=None, header=header, columns=columns, notes=notes)
        if batch.file:
            drop_file(batch.file)
    return True


def take_lease(batches) -> bool:
    """Keep others from reading these lists for a while; returns whether there was one."""
    return bool(batches.update(reading_until=clock.now() + READING_LEASE))


def fill(batch: AwardBatch) -> tuple[list[str], dict, list[str]]:
    """Write the rows of a list's file; returns header, guessed columns and what is worth telling."""
    table = read_table(batch.file.content.read(), batch.file.name)
    columns = guess_columns(table.header, table.rows, remembered=remembered_columns(batch, table.header))
    reader = RowReader(batch, columns)
    reader.warn_of(table.rows)
    batch.rows.all().delete()
    for start in range(0, len(table.rows), READ_AT_ONCE):
        rows = [AwardRow(batch=batch, number=n, cells=cells) for n, cells in table.rows[start : start + READ_AT_ONCE]]
        for row in rows:
            reader.read(row)
        AwardRow.objects.bulk_create(rows)
        take_lease(AwardBatch.objects.filter(pk=batch.pk))
    return table.header, columns, table.notes


def read_rows_again(batch: AwardBatch, columns: dict) -> None:
    """Read each row of a list by other columns; rows are written anew, which is far quicker than changing them."""
    reader = RowReader(batch, columns)
    reader.warn_of(list(batch.rows.order_by("number").values_list("number", "cells")))
    last = 0
    while old := list(batch.rows.filter(number__gt=last).order_by("number")[:READ_AT_ONCE]):
        rows = [AwardRow(batch=batch, number=row.number, cells=row.cells) for row in old]
        for row in rows:
            reader.read(row)
        with transaction.atomic():
            batch.rows.filter(pk__in=[row.pk for row in old]).delete()
            AwardRow.objects.bulk_create(rows)
        take_lease(AwardBatch.objects.filter(pk=batch.pk))
        last = rows[-1].number


def remembered_columns(batch: AwardBatch, header: list[str]) -> dict[str, str] | None:
    """Return what the organiser took each word of this header for the last time."""
    known = AwardBatch.objects.of(batch.badge_class.organiser).filter(source=AwardBatch.Source.LIST, header=header)
    last = known.exclude(pk=batch.pk).exclude(columns={}).first()
    if last is None or not header:
        return None
    fields = {place: field for field, place in last.columns.items()}
    return {word: fields.get(place, "") for place, word in enumerate(header)}


class RowReader:
    """Turns cells into the facts of rows, by the columns of one list."""

    FACTS = [
        "cells", "state", "absence", "problems", "email", "name", "language", "valid_until", "narrative", "evidence",
        "activity_on",
    ]  # fmt: skip

    def __init__(self, batch: AwardBatch, columns: dict):
        self.columns = columns
        languages = list(batch.badge_version.content["texts"])
        self.clean = partial(clean_row, languages=languages, today=clock.today())
        self.warnings = {}

    def warn_of(self, rows: list[tuple[int, list[str]]]) -> None:
        """Find the addresses of a whole list that look like another one, or mistyped; rows are numbers with cells."""
        place = self.columns.get("email")
        if place is not None:
            addresses = [cells[place].strip() if place < len(cells) else "" for _number, cells in rows]
            self.warnings = {rows[at][0]: warned for at, warned in looks_alike(addresses).items()}

    def read(self, row: AwardRow) -> None:
        """Set the facts of a row from its cells; what is wrong is named in its problems."""
        values = {field: row.cells[place] for field, place in self.columns.items() if place < len(row.cells)}
        cleaned = self.clean(values)
        row.name, row.language = cleaned.name, cleaned.language
        row.valid_until, row.activity_on = cleaned.valid_until, cleaned.activity_on
        row.narrative, row.evidence = cleaned.narrative, list(cleaned.evidence)
        row.problems = [[problem.code, problem.field] for problem in cleaned.problems]
        row.email = "" if any(field == "email" for _code, field in row.problems) else cleaned.email
        row.state = AwardRow.State.FAULTY if row.problems else AwardRow.State.READY
        row.absence = ""
        if row.email and (warned := self.warnings.get(row.number)):
            row.problems.append([warned.code, "email", warned.other])

    def write(self, row: AwardRow, values: dict[str, str]) -> None:
        """Put what a person typed into the cells of a row, and read it again."""
        for field, value in values.items():
            if field not in self.columns:
                self.columns[field] = max([len(row.cells) - 1, *self.columns.values()]) + 1
            place = self.columns[field]
            row.cells += [""] * (place + 1 - len(row.cells))
            row.cells[place] = value
        self.read(row)


def mark_repeats(batch: AwardBatch) -> None:
    """Leave out of a list who stands in it twice or holds the badge; who was left out for that comes back if not so."""
    again = batch.rows.filter(absence__in=[AwardRow.Absence.REPEATED, AwardRow.Absence.HELD])
    again.update(state=AwardRow.State.READY, absence="")
    left_out = AwardRow.State.LEFT_OUT
    batch.rows.held_already(batch.badge_class).update(state=left_out, absence=AwardRow.Absence.HELD)
    batch.rows.repeated().update(state=left_out, absence=AwardRow.Absence.REPEATED)


# --- mend -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_columns(batch: AwardBatch, columns: dict[str, int], *, by: Person) -> AwardBatch:
    """Say anew which column holds what; the clock reads all rows again."""
    batch = take(batch.read_again, by=by, columns=columns)
    nudge("badges.read_lists")
    return batch


@transaction.atomic
def mend_row(row: AwardRow, values: dict[str, str], *, by: Person) -> AwardRow:
    """Change what a row of a draft says."""
    batch = open_draft(row.batch, by=by)
    reader = RowReader(batch, dict(batch.columns))
    row = batch.rows.select_for_update(no_key=True).get(pk=row.pk)
    reader.write(row, values)
    row.save(update_fields=RowReader.FACTS)
    if reader.columns != batch.columns:
        batch.columns = reader.columns
        batch.save(update_fields=["columns"])
    mark_repeats(batch)
    row.refresh_from_db()
    return row


@transaction.atomic
def leave_out(row: AwardRow, *, by: Person) -> None:
    """Take a row out of a draft; `take_in` brings it back."""
    batch = open_draft(row.batch, by=by)
    batch.rows.filter(pk=row.pk).update(state=AwardRow.State.LEFT_OUT, absence=AwardRow.Absence.REMOVED)
    mark_repeats(batch)


@transaction.atomic
def leave_out_faulty(batch: AwardBatch, *, by: Person) -> int:
    """Take all rows that are still to be mended out of a draft; returns how many."""
    batch = open_draft(batch, by=by)
    faulty = batch.rows.filter(state=AwardRow.State.FAULTY)
    return faulty.update(state=AwardRow.State.LEFT_OUT, absence=AwardRow.Absence.REMOVED)


@transaction.atomic
def take_in(row: AwardRow, *, by: Person) -> AwardRow:
    """Bring a row that was left out by hand back into a draft."""
    return mend_row(row, {}, by=by)


def open_draft(batch: AwardBatch, *, by: Person) -> AwardBatch:
    """Return a draft, locked; refuses who may not change it, and a list that is no draft any more."""
    if not may_change_list(batch, by):
        raise PermissionDenied
    drafts = AwardBatch.objects.filter(state=DRAFT).select_related("badge_version").select_for_update(of=("self",))
    found = drafts.filter(pk=batch.pk).first()
    if found is None:
        raise StepRefused([_("This list was awarded or dropped in the meantime.")])
    return found


@transaction.atomic
def drop_list(batch: AwardBatch, *, by: Person) -> None:
    """Throw a draft away with its rows and its file; nothing was awarded."""
    batch = open_draft(batch, by=by)
    record("badges.list.drop", about=batch, by=by)
    throw_away(batch)


def throw_away(batch: AwardBatch) -> None:
    """Delete a list that was never awarded, with its rows and its file."""
    batch.rows.all().delete()
    file = batch.file
    batch.delete()
    if file:
        drop_file(file)


@transaction.atomic
def drop_forgotten(batch: AwardBatch) -> None:
    """Throw a draft away that nobody came back to."""
    record("badges.list.forget", about=batch, by=None)
    throw_away(batch)


# --- award ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def award_list(batch: AwardBatch, *, by: Person, notify: bool = True, send_at: datetime | None = None) -> AwardBatch:
    """Award the badge to the rows of a draft that are in order; the clock carries it out.

    It is held for ten minutes, or until `send_at`, and can be undone so long.
    """
    count = batch.rows.ready().count()
    if not batch.badge_class.organiser.is_verified:
        check_daily_limit(batch.badge_class.organiser, count, by=by)
    release_at = max(clock.now() + HOLD, send_at or clock.now())
    version = freeze(batch.badge_class)
    batch = take(batch.send, by=by, badge_version=version, release_at=release_at, notify=notify, awarder=by)
    mark_repeats(batch)
    count = batch.rows.ready().update(state=AwardRow.State.DUE)
    record("badges.award", about=batch, by=by, facts={"badge": str(batch.badge_class.key), "rows": count})
    nudge("badges.award_due_rows")
    return batch


@transaction.atomic
def pause_batch(batch: AwardBatch, *, by: Person) -> None:
    """Stop awarding what is left of a batch until it is resumed."""
    check_may_change(batch, by=by)
    AwardBatch.objects.filter(pk=batch.pk, paused_at=None).update(paused_at=clock.now())
    record("badges.award.pause", about=batch, by=by)


@transaction.atomic
def resume_batch(batch: AwardBatch, *, by: Person) -> None:
    """Go on with a paused batch."""
    check_may_change(batch, by=by)
    AwardBatch.objects.filter(pk=batch.pk).update(paused_at=None)
    record("badges.award.resume", about=batch, by=by)
    nudge("badges.award_due_rows")


@transaction.atomic
def cancel_rest(batch: AwardBatch, *, by: Person) -> int:
    """Award nothing more of a batch; what was awarded stays. Returns how many rows are cancelled."""
    check_may_change(batch, by=by)
    AwardBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)  # batches before rows, as the ledger locks them
    count = batch.rows.filter(state=AwardRow.State.DUE).update(state=AwardRow.State.CANCELLED)
    record("badges.award.cancel", about=batch, by=by, facts={"rows": count})
    return count


def check_may_change(batch: AwardBatch, *, by: Person) -> None:
    """Refuse who does not issue for the organiser."""
    if not may_change_list(batch, by):
        raise PermissionDenied
