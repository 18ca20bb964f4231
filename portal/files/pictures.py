"""Public pictures: kept under the digest of their bytes, so that an address always shows the same picture."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _


def picture_path(digest: str) -> str:
    """Return where a picture lies in the public storage."""
    return f"pictures/{digest[:2]}/{digest}.png"


def store_picture(png: bytes) -> str:
    """Keep a PNG and return its SHA-256; raises ValidationError when the disk is full."""
    digest = hashlib.sha256(png).hexdigest()
    path = picture_path(digest)
    if default_storage.exists(path) and default_storage.size(path) == len(png):
        return digest
    try:
        default_storage.delete(path)
        default_storage.save(path, ContentFile(png))
    except OSError as full:
        default_storage.delete(path)
        raise ValidationError(
            _("The server's disk is full. The picture was not kept; please try again later."), code="disk"
        ) from full
    return digest


def read_picture(digest: str) -> bytes:
    """Return the bytes of a kept picture; raises FileNotFoundError."""
    with default_storage.open(picture_path(digest)) as file:
        return file.read()
