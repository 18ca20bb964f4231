"""Keeping files."""

import hashlib
import logging
from datetime import datetime
from functools import partial
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from portal.files.gate import Admitted
from portal.files.models import StoredFile, private_name, private_storage

log = logging.getLogger("portal.files")


def store_file(admitted: Admitted, *, owner) -> StoredFile:
    """Keep an admitted file privately; raises ValidationError when the disk is full, leaving nothing behind."""
    stored = StoredFile(
        owner=owner,
        name=admitted.name,
        content_type=admitted.content_type,
        size=len(admitted.content),
        sha256=admitted.sha256,
    )
    try:
        stored.content.save("", ContentFile(admitted.content), save=False)
    except OSError as full:
        log.error("a file could not be written: %s", full)
        stored.content.storage.delete(private_name(stored, ""))
        raise ValidationError(
            _("The server's disk is full. Your file was not kept; please try again later."), code="disk"
        ) from full
    stored.save()
    return stored


def store_path(path: Path, *, name: str, content_type: str, owner) -> StoredFile:
    """Keep a file that the portal made, however large, without holding it in memory."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        stored = StoredFile(owner=owner, name=name, content_type=content_type, size=path.stat().st_size, sha256=digest)
        file.seek(0)
        stored.content.save("", File(file), save=False)
    stored.save()
    return stored


def content_of(stored: StoredFile) -> bytes | None:
    """Return the bytes of a stored file; None where it is gone."""
    try:
        with stored.content.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def drop_file(stored: StoredFile) -> None:
    """Delete a file; its bytes go once that is certain."""
    stored.delete()
    transaction.on_commit(partial(stored.content.storage.delete, stored.content.name))


def drop_unnamed_bytes(*, before: datetime) -> int:
    """Delete what lies in the private storage since before a moment without a row that names it; return how many."""
    storage, dropped = private_storage(), 0
    folders = storage.listdir("")[0] if storage.exists("") else []
    for folder in folders:
        lying = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
        named = StoredFile.objects.filter(content__startswith=f"{folder}/").values_list("content", flat=True)
        for name in lying.difference(named):
            if storage.get_modified_time(name) < before:
                storage.delete(name)
                dropped += 1
    if dropped:
        log.info("%s private files that no row named were deleted", dropped)
    return dropped


def drop_with_files(rows, field: str = "file") -> None:
    """Delete rows together with the file that each holds."""
    for row in rows.select_related(field):
        stored = getattr(row, field)
        row.delete()
        if stored:
            drop_file(stored)


def is_named(stored: StoredFile) -> bool:
    """Say whether any row holds a file."""
    pointing = (one for one in StoredFile._meta.get_fields(include_hidden=True) if one.one_to_many or one.one_to_one)
    return any(
        one.related_model._base_manager.filter(**{one.field.name: stored}).exists()
        for one in pointing
        if one.auto_created
    )


def forget_owner(rows, leaver) -> None:
    """Delete the files of a person that nothing holds; those that an organiser handed in lose their owner's name."""
    for stored in rows:
        if not is_named(stored):
            drop_file(stored)
    rows.update(owner=None)
