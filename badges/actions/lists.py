"""Award lists: read from a file, mended, awarded; pausing and ending what runs."""

import csv
import io
import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from badges.actions.awards import HOLD, check_daily_limit
from badges.actions.badge_classes import freeze
from badges.actions.reading import RowReader, mark_repeats
from badges.models import AwardBatch, AwardRow, BadgeClass
from badges.permissions import may_award, may_change_list
from badges.workflow import DRAFT, READING
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.actions import drop_file, store_file
from portal.files.gate import Admitted
from portal.schedule import nudge
from portal.workflow import StepRefused, take

MOST_DRAFTS = 30


# --- begin ------------------------------------------------------------------------------------------------------------


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


def begin_list_of_rest(batch: AwardBatch, *, by: Person, language: str) -> AwardBatch:
    """Begin a new list with the rows of an awarded one that were faulty, left out or cancelled."""
    if not may_change_list(batch, by):
        raise PermissionDenied
    states = [AwardRow.State.FAULTY, AwardRow.State.LEFT_OUT, AwardRow.State.CANCELLED]
    rest = batch.rows.filter(state__in=states).order_by("number").values_list("cells", flat=True)
    if not rest:
        raise StepRefused([_("Nobody of this list is left.")])
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(batch.header)
    writer.writerows(rest)
    admitted = Admitted(batch.list_name, file.getvalue().encode(), "text/csv")
    return begin_list(batch.badge_class, admitted, by=by, language=language)


# --- mend -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_columns(batch: AwardBatch, columns: dict[str, int], *, by: Person) -> AwardBatch:
    """Say anew which column holds what; the clock reads all rows again."""
    batch = take(batch.read_again, by=by, columns=columns)
    nudge("badges.read_lists")
    return batch


@transaction.atomic
def mend_row(row: AwardRow, values: dict[str, str], *, by: Person, verb: str = "badges.list.mend_row") -> AwardRow:
    """Change what a row of a draft says; the audit log keeps which fields, never what stands in them."""
    batch = open_draft(row.batch, by=by)
    reader = RowReader(batch, dict(batch.columns))
    row = batch.rows.select_for_update(no_key=True).get(pk=row.pk)
    fields = [field for field, value in values.items() if row.cell(field, batch.columns) != value]
    reader.write(row, values)
    row.save(update_fields=RowReader.FACTS)
    if reader.columns != batch.columns:
        batch.columns = reader.columns
        batch.save(update_fields=["columns"])
    mark_repeats(batch)
    record(verb, about=batch, by=by, facts={"row": row.number, "fields": fields})
    row.refresh_from_db()
    return row


@transaction.atomic
def leave_out(row: AwardRow, *, by: Person) -> None:
    """Take a row out of a draft; `take_in` brings it back."""
    batch = open_draft(row.batch, by=by)
    batch.rows.filter(pk=row.pk).update(state=AwardRow.State.LEFT_OUT, absence=AwardRow.Absence.REMOVED)
    mark_repeats(batch)
    record("badges.list.leave_out_row", about=batch, by=by, facts={"row": row.number})


@transaction.atomic
def leave_out_faulty(batch: AwardBatch, *, by: Person) -> int:
    """Take all rows that are still to be mended out of a draft; returns how many."""
    batch = open_draft(batch, by=by)
    faulty = batch.rows.filter(state=AwardRow.State.FAULTY)
    numbers = sorted(faulty.values_list("number", flat=True))
    record("badges.list.leave_out_faulty", about=batch, by=by, facts={"rows": numbers})
    return faulty.update(state=AwardRow.State.LEFT_OUT, absence=AwardRow.Absence.REMOVED)


@transaction.atomic
def take_in(row: AwardRow, *, by: Person) -> AwardRow:
    """Bring a row that was left out by hand back into a draft."""
    return mend_row(row, {}, by=by, verb="badges.list.take_in_row")


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
