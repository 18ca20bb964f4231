"""Documents for many badges of an award: a ZIP and a table are read and matched, then added in one go."""

import json
import unicodedata

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.actions.supplements import NotTaken, add_supplements, may_be_supplemented
from badges.models import Assertion, AwardBatch, Supplement, SupplementParcel
from badges.permissions import may_supplement
from badges.sheets.cleaning import one_line
from badges.sheets.limits import MEMORY, PARCEL_FILES, SECONDS
from badges.sheets.reading import Refused, read_table
from portal import clock
from portal.accounts.addresses import canonical
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.actions import drop_file, store_file
from portal.files.confined import SLOW, run_confined
from portal.files.gate import PICTURES, Admitted, admit_document, kind_of
from portal.sentences import said
from portal.workflow import StepRefused

ARCHIVE, TABLE = "archive", "table"
LONGEST = Supplement._meta.get_field("title").max_length
UNREADABLE = {
    "no zip": gettext_lazy("This is not a ZIP file with documents in it."),
    "broken": gettext_lazy("This ZIP file is damaged: it could not be read. Pack it once more."),
    "members": gettext_lazy("This ZIP file holds more than %(limit)s files. Send it in several parts."),
    "unpacked": gettext_lazy("This ZIP file unpacks to more than %(limit)s MB. Send it in several parts."),
    "ratio": gettext_lazy("A file in this ZIP unpacks to more than %(limit)s times its size, as harmful files do."),
    "twice": gettext_lazy("Two files in this ZIP have the same name. Give each a name of its own."),
    "paths": gettext_lazy("A file in this ZIP has the name of a place outside it. Pack the documents once more."),
    "links": gettext_lazy("This ZIP holds a link instead of a file. Pack the documents themselves."),
    "password": gettext_lazy("This ZIP is protected by a password. Pack the documents without one."),
    "slow": gettext_lazy("This ZIP file takes too long to read. Send it in several parts."),
    "heavy": gettext_lazy("This ZIP file needs too much memory to read. Send it in several parts."),
}
FAULTS = {
    "nobody": gettext_lazy("This row says neither an address nor a row number."),
    "unknown": gettext_lazy("Nobody in this award has this address or row number."),
    "several": gettext_lazy("This address stands in the award more than once. Write the row number instead."),
    "not valid": gettext_lazy("This badge was revoked, replaced or turned down."),
    "no file": gettext_lazy("This row names no file."),
    "missing": gettext_lazy("There is no file of this name in the ZIP."),
    "ambiguous": gettext_lazy("Several files in the ZIP have this name. Write it with its folder."),
    "picture": gettext_lazy("Pictures cannot be added to many at once. Send a PDF, or add it on the badge’s page."),
    "title": said(gettext_lazy("A title has at most %(limit)s characters."), {"limit": LONGEST}),
    "stands": gettext_lazy("This document stands on the badge already."),
    "repeat": gettext_lazy("This document stands in the table twice for this badge."),
    "full": said(gettext_lazy("A badge holds %(limit)s documents at most."), {"limit": Supplement.MOST}),
}


def begin_parcel(batch: AwardBatch, *, archive: Admitted, table: Admitted, by: Person) -> SupplementParcel:
    """Read a ZIP of documents and the table that says whose they are; nothing is added before `send_parcel`.

    Raises ValidationError with the field where one of them cannot be used at all.
    """
    if not may_supplement(batch, by):
        raise PermissionDenied
    if not batch.is_out:
        raise StepRefused([_("Documents can be added once the award is out.")])
    files = unpacked(archive.content)
    plan, unused = planned(batch, rows_of(table, files), files)
    stored = store_file(archive, owner=by)
    with transaction.atomic():
        parcel = SupplementParcel.objects.create(batch=batch, file=stored, plan=plan, unused=unused, made_by=by)
        record("badges.supplement_parcel.begin", about=batch, by=by, facts={"rows": len(plan)})
    return parcel


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP by name, unpacked in a process of its own."""
    outcome = run_confined("badges.sheets.parcel", content=content, seconds=SECONDS, memory=MEMORY)
    if outcome.code:
        raise unreadable("slow" if outcome.code == SLOW else "heavy")
    head, _line, rest = outcome.output.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise unreadable(*answer["refused"])
    files, at = {}, 0
    for name, size in answer["files"]:
        files[name] = rest[at : at + size]
        at += size
    return files


def unreadable(code: str, facts: dict | None = None) -> ValidationError:
    """Return the error that says why a ZIP cannot be used."""
    return ValidationError({ARCHIVE: UNREADABLE[code] % facts if facts else str(UNREADABLE[code])})


def rows_of(table: Admitted, files: dict[str, bytes]) -> list[tuple[int, list[str]]]:
    """Return the rows of the table; its first is one of them where it names a file and is no header."""
    try:
        read = read_table(table.content, table.name)
    except Refused as fault:
        raise ValidationError({TABLE: fault.sentence}) from fault
    rows = read.rows
    if len(read.header) > 1 and found(read.header[1], files):
        rows = [(1, read.header), *rows]
    if len(rows) > PARCEL_FILES:
        text = _("This table has more than %(limit)s rows. Send it in several parts, each with its ZIP.")
        raise ValidationError({TABLE: text % {"limit": PARCEL_FILES}})
    return rows


def planned(batch: AwardBatch, rows, files: dict[str, bytes]) -> tuple[list[dict], list[str]]:
    """Return what becomes of each row, and which files no row names."""
    people = People(batch)
    plan, named, taken = [], set(), set()
    standing = people.standing()
    for number, cells in rows:
        who, name, title = (one_line(cell) for cell in (*cells, "", "", "")[:3])
        row = {"number": number, "who": who[:LONGEST], "file": name[:LONGEST], "badge": "", "fault": "", "said": ""}
        row["title"] = title or name.rpartition("/")[2].rpartition(".")[0][:LONGEST]
        matches = found(name, files)
        named.update(matches)
        try:
            assertion = people.of(who)
            digest = digest_of(matches, name, files)
            if len(row["title"]) > LONGEST:
                raise Unfit("title")
            held = standing.setdefault(assertion.pk, set())
            if digest in held:
                raise Unfit("repeat" if (assertion.pk, digest) in taken else "stands")
            if len(held) >= Supplement.MOST:
                raise Unfit("full")
        except Unfit as fault:
            row["fault"], row["said"] = fault.code, fault.sentence
        else:
            held.add(digest)
            taken.add((assertion.pk, digest))
            row |= {"badge": str(assertion.key), "file": matches[0]}
        row["title"] = row["title"][:LONGEST]
        plan.append(row)
    return plan, [name for name in files if name not in named]


class Unfit(ValueError):
    """A row cannot be used; the code names why, and the gate has a sentence of its own."""

    def __init__(self, code: str, sentence: str = ""):
        super().__init__(code)
        self.code, self.sentence = code, sentence


class People:
    """The badges of an award by address and by row number."""

    def __init__(self, batch: AwardBatch):
        badges = list(Assertion.objects.filter(batch=batch).select_related("row", "batch"))
        self.by_number = {str(badge.row.number): badge for badge in badges}
        self.by_address: dict[str, list[Assertion]] = {}
        for badge in badges:
            self.by_address.setdefault(badge.email, []).append(badge)
        self.batch = batch

    def of(self, who: str) -> Assertion:
        """Return the badge of whom a row names; raises Unfit."""
        if not who:
            raise Unfit("nobody")
        if who.isdecimal():
            badges = [self.by_number[who]] if who in self.by_number else []
        else:
            try:
                badges = self.by_address.get(canonical(who), [])
            except ValueError:
                badges = []
        if not badges:
            raise Unfit("unknown")
        if len(badges) > 1:
            raise Unfit("several")
        if not may_be_supplemented(badges[0]):
            raise Unfit("not valid")
        return badges[0]

    def standing(self) -> dict[int, set[str]]:
        """Return the digests of the documents that stand on each badge."""
        found = {}
        pairs = Supplement.objects.standing().filter(assertion__batch=self.batch).values_list("assertion", "sha256")
        for badge, digest in pairs:
            found.setdefault(badge, set()).add(digest)
        return found


def found(name: str, files: dict[str, bytes]) -> list[str]:
    """Return the files that a cell may mean: the one of this very path, or those of this name in any folder."""
    wanted = plain(name)
    if not wanted:
        return []
    exact = [path for path in files if plain(path) == wanted]
    return exact or [path for path in files if plain(path).rpartition("/")[2] == wanted]


def plain(name: str) -> str:
    """Return a name as it is compared: systems write the same letters in two ways."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()


def digest_of(matches: list[str], name: str, files: dict[str, bytes]) -> str:
    """Return the digest of the one file that a row means and the gate admits; raises Unfit."""
    if not name:
        raise Unfit("no file")
    if not matches:
        raise Unfit("missing")
    if len(matches) > 1:
        raise Unfit("ambiguous")
    if kind_of(files[matches[0]]) in PICTURES:  # each is looked at in a process of its own, which takes too long
        raise Unfit("picture")
    try:
        return admitted(matches[0], files).sha256
    except ValidationError as fault:
        raise Unfit("gate", " ".join(fault.messages)) from fault


def admitted(name: str, files: dict[str, bytes]) -> Admitted:
    """Let a file of the ZIP through the gate."""
    return admit_document(ContentFile(files[name], name=name))


def send_parcel(parcel: SupplementParcel, *, by: Person) -> int:
    """Add the documents that fit, each person told once; returns how many are new. Sent twice it adds nothing.

    Each badge is done on its own, so that what is interrupted goes on when it is sent again. Raises ValidationError
    when the disk is full.
    """
    if not may_supplement(parcel.batch, by):
        raise PermissionDenied
    if parcel.sent_at:
        return 0
    with parcel.file.content.open("rb") as file:
        files = unpacked(file.read())
    documents: dict[str, list] = {}
    for row in parcel.ready:
        documents.setdefault(row["badge"], []).append((row["title"], admitted(row["file"], files)))
    added = 0
    for assertion in Assertion.objects.filter(key__in=documents).select_related("badge_class__organiser"):
        try:
            added += len(add_supplements(assertion, documents[str(assertion.key)], by=by))
        except NotTaken:  # revoked or filled up since it was checked; the page says how many were added
            continue
    close_parcel(parcel, added, by=by)
    return added


@transaction.atomic
def close_parcel(parcel: SupplementParcel, added: int, *, by: Person) -> None:
    """Forget the ZIP and the addresses of a parcel that was sent; that it was is kept."""
    open_ones = SupplementParcel.objects.filter(pk=parcel.pk, sent_at=None)
    if open_ones.update(sent_at=clock.now(), added=added, plan=[], unused=[], file=None) == 1:
        drop_file(parcel.file)
        record("badges.supplement_parcel.send", about=parcel.batch, by=by, facts={"documents": added})


@transaction.atomic
def drop_parcel(parcel: SupplementParcel, *, by: Person | None) -> None:
    """Throw away what was read and not added; `by` is None for the clock."""
    if by is not None and not may_supplement(parcel.batch, by):
        raise PermissionDenied
    parcel.delete()
    if parcel.file:
        drop_file(parcel.file)
    record("badges.supplement_parcel.drop", about=parcel.batch, by=by)
