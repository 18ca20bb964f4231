"""The gate for uploads: kind by content, limits before decoding, pictures redrawn in a process of their own."""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import dataclass

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.files.confined import SLOW, run_confined

PICTURES = {"image/png", "image/jpeg", "image/webp"}
PAPERS = PICTURES | {"application/pdf"}
TEXTS = {"txt": "text/plain", "csv": "text/csv", "json": "application/json"}
DOCUMENTS = PICTURES | {
    "application/pdf",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/x-wav",
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "text/plain",
}
OFFICE = {kind for kind in DOCUMENTS if kind.startswith("application/vnd.")}
OPEN_DOCUMENTS = {kind for kind in DOCUMENTS if ".oasis." in kind}
CONTENT_TYPES = "[Content_Types].xml"
PIXEL_LIMIT = 16_000_000
DECODE_SECONDS = 5


@dataclass(frozen=True)
class Admitted:
    """What came through the gate."""

    name: str
    content: bytes
    content_type: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def admit_document(upload) -> Admitted:
    """Let a document, sound, film or picture through as it is; raises ValidationError with a sentence."""
    refusal = _("This kind of file is not taken. You can send pictures, PDF, office documents, text, sound and film.")
    return _admitted(upload, DOCUMENTS, refusal)


def admit_paper(upload) -> Admitted:
    """Let a PDF or a picture through as it is; raises ValidationError with a sentence."""
    return _admitted(upload, PAPERS, _("This kind of file is not taken here. Send a PDF, PNG, JPEG or WebP file."))


def _admitted(upload, kinds, refusal) -> Admitted:
    content = read_within_limit(upload)
    kind = kind_of(content)
    if kind not in kinds:
        raise ValidationError(refusal, code="kind")
    if kind in PICTURES:
        check_picture(content)
    if kind in OFFICE and has_macros(content):
        raise ValidationError(
            _("This document holds macros, which can do harm. Save it without them, or as PDF, and send that."),
            code="macros",
        )
    return Admitted(clean_name(upload.name), content, kind)


def admit_evidence(upload) -> Admitted:
    """Let a PDF, a picture or a text through as it is; raises ValidationError with a sentence."""
    content = read_within_limit(upload)
    name, kind = clean_name(upload.name), kind_of(content)
    kind = TEXTS.get(name.lower().rpartition(".")[2], "") if kind == "text/plain" else kind
    if kind == "application/json" and not is_json(content):
        kind = ""
    if kind not in PAPERS | set(TEXTS.values()):
        raise ValidationError(
            _("This kind of file is not taken here. Send a PDF, PNG, JPEG, WebP, TXT, CSV or JSON file."), code="kind"
        )
    if kind in PICTURES:
        check_picture(content)
    return Admitted(name, content, kind)


def is_json(content: bytes) -> bool:
    """Say whether a text is JSON."""
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def admit_bytes(upload) -> Admitted:
    """Let a file through that nothing here opens; raises ValidationError when it is too large or empty."""
    content = read_within_limit(upload)
    return Admitted(clean_name(upload.name), content, kind_of(content) or "application/octet-stream")


def admit_picture(upload, *, side: int = 600) -> Admitted:
    """Redraw a picture as a PNG of at most `side` pixels; raises ValidationError with a sentence."""
    content = read_within_limit(upload)
    if kind_of(content) not in PICTURES:
        raise ValidationError(_("This file is not a picture. Send a PNG, JPEG or WebP file."), code="kind")
    return Admitted(clean_name(upload.name), check_picture(content, side=side), "image/png")


def read_within_limit(upload) -> bytes:
    """Return the bytes of an upload, refused by size and by a full disk before anything reads it."""
    if getattr(upload, "disk_full", False):
        raise ValidationError(
            _("The server's disk is full. Your file was not kept; please try again later."), code="disk"
        )
    if upload.size > settings.UPLOAD_LIMIT:
        raise ValidationError(
            _("This file has %(size)s; the limit is %(limit)s.")
            % {"size": filesizeformat(upload.size), "limit": filesizeformat(settings.UPLOAD_LIMIT)},
            code="size",
        )
    if not upload.size:
        raise ValidationError(_("This file is empty."), code="empty")
    upload.seek(0)
    return upload.read()


def kind_of(content: bytes) -> str:
    """Return the media type that the content itself shows; empty when nothing on our list fits."""
    if content[:4] == b"PK\x03\x04":
        return office_kind(content)
    if found := filetype.guess(content[:8192]):
        return found.mime
    head = content[:4096].lstrip().lower()
    if head.startswith((b"<", b"%!")) or b"<script" in head or b"\x00" in content:
        return ""
    try:
        content.decode()
    except UnicodeDecodeError:
        return ""
    return "text/plain"


def office_kind(content: bytes) -> str:
    """Return the office type of a zip file by its own declaration, within limits on what it claims to unpack to."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > 2000 or sum(member.file_size for member in members) > 200_000_000:
                return ""
            names = {member.filename for member in members}
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                return kind if kind in OPEN_DOCUMENTS else ""
    except Exception:  # noqa: BLE001 a damaged archive raises nearly anything, from EOFError to zlib.error
        return ""
    office = "application/vnd.openxmlformats-officedocument."
    for folder, kind in {
        "word": "wordprocessingml.document",
        "xl": "spreadsheetml.sheet",
        "ppt": "presentationml.presentation",
    }.items():
        if any(name.startswith(f"{folder}/") for name in names):
            return office + kind
    return ""


def has_macros(content: bytes) -> bool:
    """Say whether an office document brings programs along, whatever its name says."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name.casefold() for name in archive.namelist()]
        declared = b""
        if CONTENT_TYPES in archive.namelist():
            try:
                with archive.open(CONTENT_TYPES) as part:
                    declared = part.read(1_000_000).lower()
            except Exception:  # noqa: BLE001 as in office_kind; what cannot be read is not vouched for
                return True
    return any(mark in declared for mark in (b"macroenabled", b"vbaproject")) or any(
        name.endswith(("vbaproject.bin", "vbadata.xml"))
        or "/macrosheets/" in name
        or (name.startswith(("basic/", "scripts/")) and not name.endswith("/"))
        for name in names
    )


def check_picture(content: bytes, *, side: int = 0) -> bytes:
    """Decode a picture in a child process with memory and time limits; return it redrawn when `side` is given."""
    child = run_confined("portal.files.decoder", side, PIXEL_LIMIT, content=content, seconds=DECODE_SECONDS)
    if child.code == SLOW:
        raise ValidationError(_("This picture takes too long to read."), code="picture")
    if child.code == 3:
        raise ValidationError(
            _("This picture has too many pixels; the limit is 16 million, such as 4000 × 4000."), code="pixels"
        )
    if child.code:
        raise ValidationError(_("This picture is broken: it could not be read."), code="picture")
    return child.output


def clean_name(name: str) -> str:
    """Return a name that is safe to show and to send in a header."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r"\s+", " ", name).strip(" .") or "file"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 140 - len(ending)]}{dot}{ending}" if dot and len(ending) < 12 else name[:140]
