"""Keeping files."""

import logging
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from portal.files.gate import Admitted
from portal.files.models import StoredFile, private_name

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


def drop_file(stored: StoredFile) -> None:
    """Delete a file; its bytes go once that is certain."""
    stored.delete()
    transaction.on_commit(partial(stored.content.storage.delete, stored.content.name))
