"""Everything that is kept about a person as one file for them: made in the background, part after part.

However much it is, memory does not grow with it: rows are written as they are read, and each file by itself. Work
stops after a while and goes on in the next round, where the archive says what is in it already.
"""

import io
import json
import logging
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.columns import COLUMNS
from portal.accounts.models import DataExport, Person
from portal.audit.log import record
from portal.audit.models import AuditEvent
from portal.files.actions import drop_file, store_path
from portal.notifications.actions import notify
from portal.notifications.models import Notification
from portal.privacy import Part, PersonalData, personal_data
from portal.schedule import nudge
from portal.workflow import StepRefused

log = logging.getLogger("portal.accounts")
REST = timedelta(days=1)  # before the same is made again
LEASE = timedelta(minutes=10)
ROUND_SECONDS = 15
CHUNK = 200
ABOUT_ONESELF, TRACES = {"accounts", "account"}, {"audit", "files", "mfa", "notifications", "usersessions"}
MADE, READY = "accounts.data.ask", "accounts/data_ready"


def may_ask_again(person: Person) -> bool:
    """Say whether a person may have their data put together: not while it is made, then after a day or a change."""
    last = DataExport.objects.filter(person=person).first()
    if last is None or last.ready_at is None:
        return last is None
    if last.asked_at <= clock.now() - REST:
        return True
    did = AuditEvent.objects.filter(actor_id=person.pk, at__gt=last.asked_at).exclude(verb=MADE)
    heard = Notification.objects.filter(person=person, created_at__gt=last.asked_at).exclude(event=READY)
    return did.exists() or heard.exists()


@transaction.atomic
def ask_for_data(person: Person) -> DataExport:
    """Have everything that is kept about a person put into a new file, in place of an earlier one."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not may_ask_again(person):
        raise StepRefused([_("Your file is being made, or nothing changed since the last one. Try again in a day.")])
    for export in DataExport.objects.filter(person=person).select_related("file"):
        forget_data(export)
    record(MADE, about=person, by=person)
    nudge("accounts.make_data_files")
    return DataExport.objects.create(person=person)


@transaction.atomic
def forget_data(export: DataExport) -> None:
    """Delete a file with everything about a person."""
    export.delete()
    draft_of(export).unlink(missing_ok=True)
    if export.file:
        drop_file(export.file)


def draft_of(export: DataExport) -> Path:
    """Return where a file lies while it is being made."""
    folder = settings.VAR_DIR / "exports"
    folder.mkdir(exist_ok=True)
    return folder / f"{export.key}.zip"


def claimed_export() -> DataExport | None:
    """Take the export that waits the longest for this worker."""
    free = models.Q(made_until=None) | models.Q(made_until__lt=clock.now())
    export = DataExport.objects.waiting().filter(free).select_related("person").first()
    if export is None:
        return None
    mine = DataExport.objects.filter(free, pk=export.pk).update(made_until=clock.now() + LEASE)
    return export if mine == 1 else None


def make_part(export: DataExport) -> bool:
    """Work on a file for a while; returns whether more is to be done."""
    draft, person = draft_of(export), export.person
    called.cache_clear()
    with translation.override(person.language), timezone.override(person.zone()):
        parts = [part for entry in personal_data().values() if entry.files for part in entry.files(person)]
        if draft.exists() and not zipfile.is_zipfile(draft):  # a worker that was killed left half of it
            draft.unlink()
        done, gaps = write_draft(draft, person, parts)
    still = DataExport.objects.filter(pk=export.pk).update(done=done, total=len(parts), gaps=gaps, made_until=None)
    if not still:
        draft.unlink(missing_ok=True)
        return False
    if done < len(parts):
        return True
    hand_over(export, draft)
    return False


def write_draft(draft: Path, person: Person, parts: list[Part]) -> tuple[int, list[str]]:
    """Write what is not in the archive yet, for a while; returns how many of the files are done, and which failed."""
    began = time.monotonic()
    with zipfile.ZipFile(draft, "a", zipfile.ZIP_DEFLATED) as archive:
        there = set(archive.namelist())
        if "data.json" not in there:
            write_data(archive, person)
        for number, part in enumerate(parts):
            if time.monotonic() - began > ROUND_SECONDS:
                return number, []
            if part.name not in there:
                write_part(archive, part)
        made = set(archive.namelist())
        gaps = [part.name for part in parts if part.name not in made]
        write_index(archive, person, [part.name for part in parts if part.name in made], gaps)
    return len(parts), gaps


def write_part(archive: zipfile.ZipFile, part: Part) -> None:
    """Write one file; one that cannot be made leaves a gap, not a person without their data."""
    try:
        content = part.read()
    except Exception:
        log.exception("%s could not be put into a download", part.name)
        return
    if content is not None:
        archive.writestr(part.name, content)


@transaction.atomic
def hand_over(export: DataExport, draft: Path) -> None:
    """Keep a file that is complete, for its person alone, and tell them."""
    waiting = DataExport.objects.select_for_update().filter(pk=export.pk, ready_at=None).first()
    if waiting is None:
        draft.unlink(missing_ok=True)
        return
    waiting.file = store_path(draft, name=_("your-data") + ".zip", content_type="application/zip", owner=waiting.person)
    waiting.ready_at = clock.now()
    waiting.save(update_fields=["file", "ready_at"])
    notify([waiting.person], READY, about=waiting)
    transaction.on_commit(lambda: draft.unlink(missing_ok=True))


# --- what stands in it ----------------------------------------------------------------------------------------------


def write_data(archive: zipfile.ZipFile, person: Person) -> None:
    """Write everything for software, row by row."""
    with archive.open("data.json", "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8") as out:
        head = {"made_at": clock.now(), "portal": settings.BASE_URL}
        out.write(as_json(head)[:-1] + ', "entries": [')
        for number, entry in enumerate(in_order()):
            facts = {
                "model": entry.model, "label": entry.label, "purpose": entry.purpose, "kept": entry.kept,
                "when_erased": entry.when_erased,
            }  # fmt: skip
            out.write(",\n" * bool(number) + as_json(facts)[:-1] + ', "rows": [')
            for place, row in enumerate(rows_of(entry, person)):
                values = {column.name: plain(row, column, person) for column in columns_of(entry)}
                out.write(",\n" * bool(place) + as_json(values))
            out.write("]}")
        out.write("]}\n")


def write_index(archive: zipfile.ZipFile, person: Person, files: list[str], gaps: list[str]) -> None:
    """Write everything for people, chunk by chunk; nothing in it asks another site for anything.

    It comes last, for it names the files that could not be made.
    """
    facts = {"person": person, "language": person.language, "made_at": clock.now(), "portal": settings.BASE_URL}
    with archive.open("index.html", "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8") as out:
        out.write(render_to_string("accounts/documents/data_head.html", facts))
        nothing = [entry.label for entry in in_order() if not write_entry(out, entry, person)]
        out.write(render_to_string("accounts/documents/data_files.html", {"is_any": bool(files), "gaps": gaps}))
        for chunk in chunks(files):
            out.write(render_to_string("accounts/documents/data_file_names.html", {"names": chunk}))
        out.write(render_to_string("accounts/documents/data_foot.html", {"nothing": nothing}))


def write_entry(out: io.TextIOBase, entry: PersonalData, person: Person) -> bool:
    """Write the rows of one kind; returns whether there are any."""
    columns, written = columns_of(entry), False
    for chunk in chunks(rows_of(entry, person)):
        if not written:
            out.write(render_to_string("accounts/documents/data_entry.html", {"entry": entry}))
        shown = [[line(entry, row, column, person) for column in columns] for row in chunk]
        shown = [[one for one in lines if one["value"] not in ("", None)] for lines in shown]
        out.write(render_to_string("accounts/documents/data_rows.html", {"rows": shown}))
        written = True
    return written


def in_order() -> list[PersonalData]:
    """Return what is kept as people read it: themselves first, then what they did, at last what was sent and noted."""
    upwards = reversed(personal_data().values())
    return sorted(upwards, key=lambda entry: -1 if entry.app in ABOUT_ONESELF else entry.app in TRACES)


def rows_of(entry: PersonalData, person: Person) -> Iterator[models.Model]:
    """Yield the rows of an entry as they are read."""
    return entry.shown(person).order_by("pk").iterator(chunk_size=CHUNK)


def columns_of(entry: PersonalData) -> list[models.Field]:
    """Return the columns of an entry that are shown."""
    model = entry.meta
    return [model.get_field(name) for name in entry.columns]


def label_of(column: models.Field) -> str:
    """Return what a column is called."""
    return str(COLUMNS.get(column.name) or capfirst(column.verbose_name))


def plain(row: models.Model, column: models.Field, person: Person):
    """Return what stands in a column; people as “you” or somebody else, other rows by what they are called."""
    key = getattr(row, column.attname)
    if not column.is_relation:
        return str(key) if isinstance(column, models.FileField) else key
    if key is None:
        return None
    if column.related_model is Person:
        return _("you") if key == person.pk else _("somebody else")
    return called(column.related_model, key)


def line(entry: PersonalData, row: models.Model, column: models.Field, person: Person) -> dict:
    """Return a column as the page shows it."""
    value = row._get_FIELD_display(column) if column.choices else plain(row, column, person)
    if value and column.name in entry.days:
        value = clock.day_named(value)
    elif isinstance(value, list | dict):
        value = as_json(value) if value else ""
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    return {"name": label_of(column), "value": value}


@lru_cache(maxsize=2000)
def called(model: type[models.Model], key) -> str:
    """Return what a row is called; where it has no name, its key in addresses."""
    row = model._base_manager.get(pk=key)
    is_named = model.__str__ is not models.Model.__str__
    return str(row) if is_named else str(getattr(row, "key", key))


def chunks(rows) -> Iterator[list]:
    """Yield rows in lists of a bearable length."""
    held = []
    for row in rows:
        held.append(row)
        if len(held) == CHUNK:
            yield held
            held = []
    if held:
        yield held


class Encoder(DjangoJSONEncoder):
    """JSON with dates as text, and words in the language of the moment."""

    def default(self, o):
        """Return what JSON can hold."""
        if isinstance(o, bytes | memoryview):
            return bytes(o).hex()
        return str(o) if isinstance(o, Promise) or hasattr(o, "code") else super().default(o)


def as_json(value) -> str:
    """Return a value as JSON that people can read, too."""
    return json.dumps(value, cls=Encoder, ensure_ascii=False)
