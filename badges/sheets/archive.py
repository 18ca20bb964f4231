"""The zip around a workbook or documents: refused by its directory, before anything is unpacked."""

import io
import zipfile

from badges.sheets.unusable import Unusable

MEMBERS = 200
UNPACKED = 50_000_000
RATIO = 100
RATIO_FREE = 100_000  # a small empty part may well pack a hundred times
ENCRYPTED = 0x1


class Archive:
    """The parts of a zip file that has passed every check; names without regard to capitals, as the reader has them."""

    def __init__(self, content: bytes, *, members: int = MEMBERS, unpacked: int = UNPACKED, may_nest: bool = False):
        self._may_nest = may_nest
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as fault:
            raise Unusable("broken") from fault
        self._members = {}
        parts = self._zip.infolist()
        if len(parts) > members:
            raise Unusable("members", limit=members)
        if sum(part.file_size for part in parts) > unpacked:
            raise Unusable("unpacked", limit=unpacked // 1_000_000)
        for member in parts:
            self._check(member)

    def _check(self, member):
        name = member.orig_filename.replace("\\", "/").casefold()
        if name in self._members:
            raise Unusable("twice")
        if name.startswith("/") or "\x00" in name or ":" in name or ".." in name.split("/"):
            raise Unusable("paths")
        if member.flag_bits & ENCRYPTED:
            raise Unusable("password")
        if member.file_size > RATIO_FREE and member.file_size > RATIO * max(member.compress_size, 1):
            raise Unusable("ratio", limit=RATIO)
        self._members[name] = member
        if not self._may_nest and not member.is_dir() and self._unpack(member, 4) == b"PK\x03\x04":
            raise Unusable("nested")

    def __contains__(self, name):
        return name.casefold() in self._members

    def names(self) -> list[str]:
        """Return the names of the parts, in lower case."""
        return list(self._members)

    def members(self) -> list[zipfile.ZipInfo]:
        """Return what the directory says of the parts."""
        return list(self._members.values())

    def read(self, name: str) -> bytes:
        """Return a part; an unknown one makes the file unusable."""
        member = self._members.get(name.casefold())
        if member is None:
            raise Unusable("broken")
        return self._unpack(member)

    def _unpack(self, member, size=-1):
        try:
            with self._zip.open(member) as part:
                return part.read(size)
        except Exception as fault:
            raise Unusable("broken") from fault


def stored(parts: dict[str, bytes]) -> io.BytesIO:
    """Return a zip of these parts and nothing else."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file.seek(0)
    return file
