"""Stored files are there."""

from portal.files.models import StoredFile
from portal.invariants import invariant


@invariant("I7 stored file")
def files_exist():
    """Name rows whose file is missing or has another size."""
    for stored in StoredFile.objects.iterator():
        storage = stored.content.storage
        if not storage.exists(stored.content.name) or storage.size(stored.content.name) != stored.size:
            yield f"file {stored.key} is missing or cut short"
