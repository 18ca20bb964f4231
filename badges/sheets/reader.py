"""Reads one award list; run in a process of its own, so that a hostile file harms nobody.

< file > JSON, either {"header", "rows", "notes"} or {"refused"}; notes and refusals are [code, facts].
"""

import gc
import json
import sys

from badges.sheets.archive import Archive
from badges.sheets.layout import lay_out
from badges.sheets.text import read_text
from badges.sheets.unusable import Unusable
from badges.sheets.workbook import read_workbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
WEB = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<head")


def read(content: bytes):
    """Return numbered rows and notes of a file, whose kind is told by its first bytes."""
    if content.startswith(ZIP):
        return _unzip(Archive(content))
    if content.startswith(OLE):
        raise Unusable("password" if PROTECTED in content else "old")
    if content.startswith(b"%PDF-"):
        raise Unusable("pdf")
    if content.startswith(PICTURES):
        raise Unusable("picture")
    if content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB):
        raise Unusable("web")
    if content.startswith((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"MZ", b"\x7fELF", b"PK")):
        raise Unusable("kind")
    return read_text(content)


def _unzip(archive):
    if "xl/workbook.xml" in archive or "xl/workbook.bin" in archive:
        return read_workbook(archive)
    if "word/document.xml" in archive:
        raise Unusable("document")
    if "mimetype" in archive and "content.xml" in archive:
        raise Unusable("opendocument")
    raise Unusable("kind")


def main() -> None:
    """Answer on standard output."""
    gc.disable()  # the process is over before there is anything to collect
    try:
        rows, notes = read(sys.stdin.buffer.read())
        header, rows, more = lay_out(rows)
        answer = {"header": header, "rows": rows, "notes": notes + more}
    except Unusable as refusal:
        answer = {"refused": [refusal.code, refusal.facts]}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())


if __name__ == "__main__":
    main()
