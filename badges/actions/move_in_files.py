"""What the files of a move-in say: badges and awards, and what could not be read of them."""

import base64
import binascii
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from badges.models.move_in import mark_of, mark_of_address
from badges.openbadges import matches
from badges.openbadges.exports import LARGEST, LONGEST, MOST_AWARDS, MOST_BADGES
from badges.sheets.award_log import NEEDED, log_columns, log_rows
from badges.sheets.cleaning import as_date, one_line
from badges.sheets.columns import fold
from badges.sheets.limits import ADDRESS_CELL, MEMORY, SECONDS, WORD_CELL
from badges.sheets.reading import Refused, read_table
from portal import clock
from portal.accounts.addresses import canonical
from portal.files.confined import SLOW, run_confined
from portal.files.gate import PICTURES, Admitted, check_picture, kind_of
from portal.files.pictures import store_picture
from portal.folding import printable
from portal.sentences import number_said, said

MOST_PICTURES = 30
MOST_COMPARISONS = 500_000  # of salted hashes with addresses of members
EXPORT, LOG = "export", "log"
WORDS = ("name", "description", "criteria")
SPLIT = _("Hand in a part of it.")
TOO_MUCH = ("badges", "awards", "slow", "heavy")
LONGEST_NUMBER = 10  # digits of seconds since 1970, until the year 2286
SIDE = 300  # pixels of the picture that is shown
REFUSALS = {
    "json": _(
        "This is not an export in JSON that can be read without doubt. Fetch it from the platform once more, as it is, "
        "or hand in an award log."
    ),
    "badges": said(_("The files name more than %(limit)s badges."), {"limit": MOST_BADGES}),
    "awards": said(
        _("The files hold more than %(limit)s awards."), {"limit": number_said(MOST_AWARDS, force_grouping=True)}
    ),
    "nothing": _("No badge and no award of Open Badges 2.0 was found in this file."),
    "issuers": _("The badges in this file are of several issuers. Hand in those of each on their own."),
    "slow": _("This file takes too long to read."),
    "heavy": _("This file needs too much memory to read."),
    "header": _("The first row must name the columns: badge, recipient, issued on; and, if you like, revoked."),
    "hidden": _(
        "Too many awards in this file name their recipients by a salted hash alone, and you have too many members to "
        "compare each with. Hand in the award log with addresses instead."
    ),
}


@dataclass
class Contents:
    """What was read: badges by their own names, and awards as (badge, recipient, day) → hidden and taken back."""

    issuer: dict = field(default_factory=dict)
    badges: dict[str, dict] = field(default_factory=dict)
    awards: dict[tuple[str, str, date], tuple[bool, bool]] = field(default_factory=dict)
    faults: list[tuple[str, int, str]] = field(default_factory=list)
    in_both: list[str] = field(default_factory=list)

    def days(self) -> list[date]:
        """Return the days of the awards that stand."""
        return [day for (_badge, _who, day), (_is_hidden, is_revoked) in self.awards.items() if not is_revoked]

    def take(self, file: str, number: int, badge: str, who: tuple[str, bool], day: date, is_revoked: bool) -> None:
        """Take an award in, once."""
        recipient, is_hidden = who
        if (badge, recipient, day) in self.awards:
            self.faults.append((file, number, "repeat"))
            return
        self.awards[badge, recipient, day] = is_hidden, is_revoked
        if len(self.awards) > MOST_AWARDS:
            raise refused(file, "awards")


class Unread(ValueError):
    """One row or object cannot be read; the code names why."""


def read_files(export: Admitted | None, log: Admitted | None, *, staff: list[str]) -> Contents:
    """Return what both files say; raises ValidationError with the field where one cannot be used at all.

    Where both tell of awards of a badge, those of the log count. Of hidden recipients those who are `staff` are known.
    """
    contents, given = Contents(), []
    if export:
        facts = parsed(export)
        contents.issuer, given = without_turns(facts["issuer"]), facts["awards"]
        badges = [without_turns(badge) for badge in facts["badges"]]
        contents.badges = {badge["id"]: badge | {"name": badge["name"] or badge["id"]} for badge in badges}
        contents.faults += [(EXPORT, number, code) for number, code in facts["faults"]]
    logged = read_log(contents, log) if log else set()
    twice = logged & {award["badge"] for award in given}
    contents.in_both = [badge["name"] for name, badge in contents.badges.items() if name in twice]
    read_awards(contents, [award for award in given if award["badge"] not in twice], staff)
    with_picture = [badge for badge in contents.badges.values() if badge["picture"]]
    for place, badge in enumerate(with_picture):
        badge["picture"] = drawn(badge["picture"]) if place < MOST_PICTURES else ""
    return contents


def without_turns(said: dict) -> dict:
    """Return what an export says of a thing, its words without signs that turn the letters after them around."""
    return said | {name: printable(said[name]).strip() for name in WORDS if name in said}


def parsed(export: Admitted) -> dict:
    """Return the facts of an export, read in a process of its own."""
    if len(export.content) > LARGEST:
        raise refused(EXPORT, "heavy")
    outcome = run_confined("badges.openbadges.exports", content=export.content, seconds=SECONDS, memory=MEMORY)
    if outcome.code:
        raise refused(EXPORT, "slow" if outcome.code == SLOW else "heavy")
    facts = json.loads(outcome.output)
    if "refused" in facts:
        raise refused(EXPORT, facts["refused"][0])
    return facts


def read_log(contents: Contents, log: Admitted) -> set[str]:
    """Take the awards of a log in; return the badges that it tells of."""
    try:
        table = read_table(log.content, log.name)
    except Refused as fault:
        raise ValidationError({LOG: fault.sentence}) from fault
    columns = log_columns(table.header)
    if any(name not in columns for name in NEEDED):
        raise refused(LOG, "header")
    known = {fold(badge["name"]): name for name, badge in reversed(contents.badges.items())}
    logged = set()
    for number, title, address, day, is_revoked in log_rows(columns, table.rows):
        try:
            who, on = (marked(address), False), dated(day)
            badge = logged_badge(contents, known, title)
        except Unread as fault:
            contents.faults.append((LOG, number, str(fault)))
        else:
            logged.add(badge)
            contents.take(LOG, number, badge, who, on, is_revoked)
    return logged


def logged_badge(contents: Contents, known: dict[str, str], title: str) -> str:
    """Return the badge that a row of a log names by its name or address; one that no export told of is new."""
    title = one_line(title[: 2 * LONGEST])[:LONGEST]
    if not title:
        raise Unread("no badge")
    if title in contents.badges:
        return title
    name = known.setdefault(fold(title) or title, f"log:{title}")
    if name not in contents.badges:
        contents.badges[name] = {"id": "", "name": title, "description": "", "criteria": "", "picture": ""}
        if len(contents.badges) > MOST_BADGES:
            raise refused(LOG, "badges")
    return name


def read_awards(contents: Contents, given: list[dict], staff: list[str]) -> None:
    """Take the awards of an export in."""
    if len(staff) * sum(award["recipient"].get("hashed", False) for award in given) > MOST_COMPARISONS:
        raise refused(EXPORT, "hidden")
    for award in given:
        try:
            if award["badge"] not in contents.badges:
                raise Unread("no badge")
            who, on = recipient_of(award["recipient"], staff), dated(award["issued_on"])
        except Unread as fault:
            contents.faults.append((EXPORT, award["number"], str(fault)))
        else:
            contents.take(EXPORT, award["number"], award["badge"], who, on, award["is_revoked"])


def recipient_of(identity: dict, staff: list[str]) -> tuple[str, bool]:
    """Return the mark of a recipient, and whether a salted hash hides who it is."""
    if not identity.get("identity"):
        raise Unread("no recipient")
    if identity["hashed"]:
        member = next((address for address in staff if matches(identity, address)), None)
        return (marked(member), False) if member else (mark_of(f"{identity['identity']}${identity['salt']}"), True)
    if identity["type"] == "email":
        return marked(identity["identity"]), False
    return mark_of(f"{identity['type']}:{identity['identity']}"), False


def marked(address: str) -> str:
    """Return the mark of an e-mail address."""
    if not address:
        raise Unread("no recipient")
    try:
        found = canonical(address[:ADDRESS_CELL].removeprefix("mailto:"))
        validate_email(found)
        return mark_of_address(found)
    except (ValueError, ValidationError) as fault:
        raise Unread("wrong address") from fault


def dated(text: str) -> date:
    """Return the day of an award, which is over or today."""
    day = as_date(text[:WORD_CELL]) or day_of_moment(text)
    if day is None:
        raise Unread("wrong day")
    if day > clock.today():
        raise Unread("day to come")
    if not clock.is_in_reach(day):
        raise Unread("day old")
    return day


def day_of_moment(text: str) -> date | None:
    """Return the day of a moment as platforms write it: ISO 8601, or seconds since 1970; None for what is neither."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
            return None
        moment = datetime.fromtimestamp(int(text), UTC)
    try:
        return moment.date() if moment.tzinfo is None else clock.day_of(moment)
    except OverflowError:
        return None


def drawn(picture: str) -> str:
    """Return the digest of a picture that stands in the file, drawn anew; empty where it cannot be shown."""
    try:
        content = base64.b64decode(picture.partition(",")[2], validate=True)
        return store_picture(check_picture(content, side=SIDE)) if kind_of(content) in PICTURES else ""
    except (binascii.Error, ValidationError):
        return ""


def refused(file: str, code: str) -> ValidationError:
    """Return the error that says on the field of a file why it cannot be used."""
    return ValidationError({file: f"{REFUSALS[code]} {SPLIT}" if code in TOO_MUCH else str(REFUSALS[code])})
