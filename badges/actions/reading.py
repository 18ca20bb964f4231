"""Reading an award list: from its file, by its columns, and who in it stands twice or holds the badge."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import translation

from badges.models import Assertion, AwardBatch, AwardRow
from badges.sheets.cleaning import clean_row
from badges.sheets.columns import guess_columns
from badges.sheets.likeness import looks_alike
from badges.sheets.reading import Refused, read_table
from portal import clock
from portal.files.actions import drop_file
from portal.planning import look_anew
from portal.workflow import take

READING_LEASE = timedelta(minutes=2)  # renewed with each block of rows
READ_AT_ONCE = 2000


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
    """Write the rows of a list's file; returns header, guessed columns and what is worth telling, as code and facts."""
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
    return table.header, columns, table.remarks


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
        "result", "activity_on",
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
        row.narrative, row.evidence, row.result = cleaned.narrative, list(cleaned.evidence), cleaned.result
        row.problems = [[one.code, one.field, *([one.facts] if one.facts else [])] for one in cleaned.problems]
        row.email = "" if any(one.field == "email" for one in cleaned.problems) else cleaned.email
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
