"""Public pictures: kept under the digest of their bytes, so that an address always shows the same picture."""

import hashlib
import io
import logging
import re

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

logger = logging.getLogger(__name__)
SHOWN_WIDTH = 480  # pixels: twice what the largest badge on a page takes
ORIGINAL = re.compile(r"(/pictures/[0-9a-f]{64})\.png")


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


def shown_picture(digest: str) -> bytes:
    """Return a kept picture as pages show it, a small WebP that is made once; raises FileNotFoundError."""
    path = f"{picture_path(digest).removesuffix('.png')}-{SHOWN_WIDTH}.webp"
    if default_storage.exists(path):
        with default_storage.open(path) as file:
            return file.read()
    small, made = Image.open(io.BytesIO(read_picture(digest))).convert("RGBA"), io.BytesIO()
    small.thumbnail((SHOWN_WIDTH, SHOWN_WIDTH))
    small.save(made, "WEBP", quality=82)
    try:
        default_storage.save(path, ContentFile(made.getvalue()))
    except OSError:
        default_storage.delete(path)
        logger.warning("The small copy of a picture was not kept: %s", digest)
    return made.getvalue()


def shown_url(url: str) -> str:
    """Return the address of the small copy of a picture of ours; any other address as it is."""
    return ORIGINAL.sub(rf"\1-{SHOWN_WIDTH}.webp", str(url or ""))
