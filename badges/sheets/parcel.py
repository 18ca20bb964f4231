"""Unpacks a ZIP of documents; run in a process of its own, so that a hostile one harms nobody.

< file > one line of JSON, either {"files": [[name, size], …]} or {"refused": [code, facts]}; then the files.
"""

import json
import stat
import sys

from badges.sheets.archive import Archive
from badges.sheets.limits import PARCEL_FILES, PARCEL_UNPACKED
from badges.sheets.unusable import Unusable

BESIDE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")  # what systems put there unasked


def unpack(content: bytes) -> list[tuple[str, bytes]]:
    """Return the files in a ZIP by their names; raises Unusable."""
    if not content.startswith(b"PK\x03\x04"):
        raise Unusable("no zip")
    archive = Archive(content, members=PARCEL_FILES, unpacked=PARCEL_UNPACKED, may_nest=True)
    if any(stat.S_ISLNK(member.external_attr >> 16) for member in archive.members()):
        raise Unusable("links")
    documents = [one for one in archive.members() if not one.is_dir() and not is_beside(one.filename)]
    return [(one.filename, archive.read(one.orig_filename.replace("\\", "/"))) for one in documents]


def is_beside(name: str) -> bool:
    """Say whether a part was put there by a system and not by a person."""
    name = name.casefold()
    return name.startswith(BESIDE[0]) or name.rpartition("/")[2] in BESIDE


def main() -> None:
    """Answer on standard output."""
    try:
        files = unpack(sys.stdin.buffer.read())
        answer = {"files": [[name, len(content)] for name, content in files]}
    except Unusable as refusal:
        files, answer = [], {"refused": [refusal.code, refusal.facts]}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    for _name, content in files:
        sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
