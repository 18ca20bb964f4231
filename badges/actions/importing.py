"""Badges of other platforms that people keep here."""

import base64
import binascii
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from badges.examining import Examination, examine
from badges.models import CollectionItem, Finding, ImportedBadge, PortfolioItem, SharedBadge
from badges.openbadges import Unreadable, is_address, matches
from badges.published import own_issuer
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.fetching import NotFetched, fetch
from portal.files.actions import drop_file, store_file
from portal.files.gate import PICTURES, Admitted, check_picture, kind_of
from portal.files.pictures import store_picture
from portal.folding import printable
from portal.notifications.actions import notify
from portal.workflow import StepRefused

MOST = 1000
SIDE = 600  # pixels of the picture that is shown
BROKEN = _("Only badges that hold can be kept. Nothing was added.")
ENDORSEMENT = _("This is an endorsement, not a badge. Only badges can be kept.")
OWN = _("This badge was issued on this portal: it is among your badges when it was sent to one of your addresses.")
ANOTHERS = _("This badge was sent to another address. If it is yours, add it to your account and confirm it first.")
NOBODYS = _("This badge does not say to which address it was sent, so it cannot be shown to be yours.")
TWICE = _("You have added this badge already.")
UNKEEPABLE = _("This badge holds a sign that cannot be kept: U+0000. Nothing was added. Tell its issuer.")
FULL = _("You keep %(count)d badges of other platforms; more is not possible.")


class NotTaken(StepRefused):
    """The badge cannot be kept by this person; `found` is what its examination says."""

    def __init__(self, reason, found: Examination):
        super().__init__([reason])
        self.found = found


def import_badge(given: bytes, *, name: str, by) -> ImportedBadge:
    """Keep a badge of another platform that was sent to a confirmed address of the person; `name` is that of the file.

    Other sites are asked, so call it outside of transactions. Raises Unreadable and NotFetched as `examine` does,
    NotTaken for a badge that does not hold or is not this person's, and ValidationError when the disk is full.
    """
    found = examine(given, by=by)
    if _holds_nul(found.document):
        raise NotTaken(UNKEEPABLE, found)
    address = _address_of(found, by)
    picture = _picture(given, found, by)
    return _keep(given, found, by, name=name, address=address, picture=picture)


def check_again(imported: ImportedBadge, *, by=None) -> ImportedBadge:
    """Look again whether a badge still holds; what cannot be read now leaves the last finding as it was.

    That it was tried is written down before: a check that raises waits its week as well, and holds up no other.
    """
    ImportedBadge.objects.filter(pk=imported.pk).update(tried_at=clock.now())
    with imported.file.content.open("rb") as file:
        given = file.read()
    try:
        found = examine(given, by=by)
    except (NotFetched, Unreadable):
        found = None
    return _write_down(imported, found)


@transaction.atomic
def remove_imported(imported: ImportedBadge, *, by) -> None:
    """Forget a badge of another platform; it stays what it is where it was issued."""
    record("badges.imported.remove", about=imported, by=by, facts={"identifier": imported.identifier})
    imported.delete()
    drop_file(imported.file)


def keep_imported_once(mine: ImportedBadge, theirs: ImportedBadge) -> None:
    """Keep a badge once that two accounts kept before they became one; it stays on the lists of both."""
    for listed, where in ((CollectionItem, "collection"), (PortfolioItem, "portfolio"), (SharedBadge, "share")):
        there = listed.objects.filter(imported=mine).values(where)
        listed.objects.filter(imported=theirs).exclude(**{f"{where}__in": there}).update(imported=mine)
    theirs.delete()
    drop_file(theirs.file)


def _holds_nul(part) -> bool:
    """Say whether a part of a document holds U+0000, which PostgreSQL takes neither in texts nor in documents."""
    if isinstance(part, dict):
        return any(_holds_nul(name) or _holds_nul(member) for name, member in part.items())
    if isinstance(part, list):
        return any(_holds_nul(member) for member in part)
    return isinstance(part, str) and "\0" in part


def _address_of(found: Examination, person) -> str:
    """Return the confirmed address to which a badge was sent; raise NotTaken where the person must not keep it."""
    if found.endorsed:
        raise NotTaken(ENDORSEMENT, found)
    if not found.finding.is_good:
        raise NotTaken(BROKEN, found)
    if own_issuer(found.says.issuer_address):
        raise NotTaken(OWN, found)
    for address in person.verified_addresses():
        if any(matches(identity, address) for identity in found.says.identities):
            return address
    raise NotTaken(ANOTHERS if found.says.identities else NOBODYS, found)


@transaction.atomic
def _keep(given, found, person, *, name, address, picture) -> ImportedBadge:
    mine = Person.objects.select_for_update(of=("self",)).get(pk=person.pk).imported_badges
    if mine.filter(identifier=found.says.identifier).exists():
        raise NotTaken(TWICE, found)
    if mine.count() >= MOST:
        raise NotTaken(FULL % {"count": MOST}, found)
    kind = kind_of(given) or "application/octet-stream"
    looked_at = clock.now()
    imported = mine.create(
        address=address,
        file=store_file(Admitted(name, given, kind), owner=person),
        identifier=found.says.identifier,
        generation=found.generation,
        name=printable(found.says.name),
        description=printable(found.says.description),
        issuer_name=printable(found.says.issuer_name),
        issuer_address=found.says.issuer_address,
        picture=picture,
        issued_at=found.says.issued_at,
        expires_at=found.says.expires_at,
        document=found.document,
        finding=found.finding,
        checked_at=looked_at,
        tried_at=looked_at,
    )
    record("badges.imported.add", about=imported, by=person, facts={"identifier": imported.identifier})
    return imported


@transaction.atomic
def _write_down(imported, found: Examination | None) -> ImportedBadge:
    imported = ImportedBadge.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if found and found.finding != Finding.OPEN:
        if imported.is_good and not found.finding.is_good:
            notify([imported.person], "badges/imported_over", about=imported, facts={"name": imported.name})
        imported.tried_at = imported.checked_at = clock.now()
        imported.finding = found.finding
        imported.save(update_fields=["tried_at", "checked_at", "finding"])
    return imported


def _picture(given: bytes, found: Examination, person) -> str:
    """Return the digest of the picture that a badge brings or names, drawn anew; empty where it has none to show."""
    for source in (lambda: given, partial(_pictured, found.says.picture, person)):
        content = source()
        if content and kind_of(content) in PICTURES:
            try:
                return store_picture(check_picture(content, side=SIDE))
            except ValidationError:
                continue
    return ""


def _pictured(address: str, person) -> bytes:
    """Return the picture at an address or inside of a `data:` one; nothing where there is none."""
    if address.startswith("data:"):
        try:
            return base64.b64decode(address.partition(",")[2], validate=True)
        except binascii.Error:
            return b""
    if not is_address(address.encode()):
        return b""
    try:
        page = fetch(address, by=person, kinds=PICTURES)
    except NotFetched:
        return b""
    return page.body if page.status == 200 else b""
