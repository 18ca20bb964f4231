"""Bringing along what an organiser issued on another platform: read, handed in, checked by the network."""

from itertools import count, islice

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from badges.actions.move_in_files import Contents, read_files
from badges.models import FormerAward, FormerBadge, MoveIn
from badges.permissions import may_manage_move_in
from organisers.actions import people_to_tell
from organisers.actions.verification import coordinators
from organisers.models import Membership, Organiser
from organisers.permissions import may_manage
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.actions import drop_file, store_file
from portal.files.gate import Admitted
from portal.notifications.actions import mark_read_about, notify, take_back_news
from portal.workflow import StepRefused, take

ROWS_AT_ONCE = 2000


def begin_move_in(
    organiser: Organiser, *, platform: str, address: str, export: Admitted | None, log: Admitted | None, by: Person
) -> MoveIn:
    """Read what an organiser issued elsewhere and keep it for its owners to look at; nobody else sees it yet.

    Raises ValidationError where a file cannot be used, or the disk is full.
    """
    if not may_manage(organiser, by):
        raise PermissionDenied
    if not organiser.may_operate:
        raise StepRefused([_("This organiser may not act at the moment.")])
    refuse_many(organiser)
    contents = read_files(export, log, staff=addresses_of_staff(organiser))
    return keep(contents, organiser, platform=platform, address=address, export=export, log=log, by=by)


def refuse_many(organiser: Organiser) -> None:
    """Raise StepRefused where so many wait already that nobody could keep them apart."""
    if MoveIn.objects.of(organiser).undecided().count() >= MoveIn.MOST_OPEN:
        raise StepRefused([_("Three move-ins are not decided yet. Throw one away first, or wait for the network.")])


def addresses_of_staff(organiser: Organiser) -> list[str]:
    """Return the addresses of the people who act for an organiser."""
    return [row["email"] for row in Membership.objects.acting_in(organiser).addresses().distinct()]


@transaction.atomic
def keep(contents: Contents, organiser: Organiser, *, export, log, by: Person, **facts) -> MoveIn:
    """Write down what was read, beside the files as they were received."""
    Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    refuse_many(organiser)
    days, awards = contents.days(), contents.awards.values()
    move_in = MoveIn.objects.create(
        organiser=organiser,
        made_by=by,
        issuer_id=contents.issuer.get("id", ""),
        issuer_name=contents.issuer.get("name", ""),
        export=store_file(export, owner=by) if export else None,
        log=store_file(log, owner=by) if log else None,
        badge_count=len(contents.badges),
        award_count=len(days),
        revoked_count=sum(is_revoked for _is_hidden, is_revoked in awards),
        hidden_count=sum(is_hidden and not is_revoked for is_hidden, is_revoked in awards),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        faults=contents.faults[: MoveIn.FAULTS_KEPT],
        fault_count=len(contents.faults),
        in_both=contents.in_both,
        **facts,
    )
    keep_awards(move_in, contents)
    digests = {name: file.sha256 for name, file in {"export": export, "log": log}.items() if file}
    record("badges.move_in.begin", about=move_in, by=by, facts={"awards": len(days), **digests})
    return move_in


def keep_awards(move_in: MoveIn, contents: Contents) -> None:
    """Write the rows of badges and awards."""
    badges = FormerBadge.objects.bulk_create(
        FormerBadge(
            move_in=move_in,
            number=number,
            name=badge["name"],
            description=badge["description"],
            criteria=badge["criteria"],
            picture=badge["picture"],
            source="" if badge["id"] == badge["name"] else badge["id"],
        )
        for number, badge in zip(count(1), contents.badges.values(), strict=False)
    )
    places = dict(zip(contents.badges, badges, strict=True))
    rows = (
        FormerAward(badge=places[name], recipient=recipient, issued_on=day, is_hidden=is_hidden, is_revoked=is_revoked)
        for (name, recipient, day), (is_hidden, is_revoked) in contents.awards.items()
    )
    while part := list(islice(rows, ROWS_AT_ONCE)):
        FormerAward.objects.bulk_create(part)


@transaction.atomic
def hand_in_move_in(move_in: MoveIn, *, kinds: dict[int, str], by: Person) -> MoveIn:
    """Ask the network to check it; `kinds` say by number what each badge claims, as the owners see it."""
    move_in = take(move_in.hand_in, by=by)
    badges = list(move_in.badges.all())
    for badge in badges:
        badge.kind = kinds.get(badge.number, badge.kind)
    FormerBadge.objects.bulk_update(badges, ["kind"])
    notify(coordinators(move_in), "badges/move_in_handed_in", about=move_in)
    return move_in


@transaction.atomic
def confirm_move_in(move_in: MoveIn, *, note: str, by: Person) -> MoveIn:
    """Say that it was issued as the files tell: it is shown and counts from now on."""
    Organiser.objects.select_for_update(no_key=True).get(pk=move_in.organiser.whole().pk)  # its awards count once
    move_in = take(move_in.confirm, by=by, checker=by, note=note)
    return tell(move_in, "badges/move_in_checked")


@transaction.atomic
def turn_down_move_in(move_in: MoveIn, *, reason: str, by: Person) -> MoveIn:
    """Say no, also to what was checked before: it is not shown and counts for nothing."""
    move_in = take(move_in.turn_down, by=by, checker=by, reason=reason)
    return tell(move_in, "badges/move_in_turned_down")


def tell(move_in: MoveIn, event: str) -> MoveIn:
    """Tell the owners what was decided; nobody else has to do anything about it."""
    mark_read_about(move_in, ["badges/move_in_handed_in"])
    notify(people_to_tell(move_in.organiser), event, about=move_in)
    return move_in


@transaction.atomic
def drop_move_in(move_in: MoveIn, *, by: Person) -> None:
    """Throw it away with its files, whatever became of it."""
    if not may_manage_move_in(move_in, by):
        raise PermissionDenied
    record("badges.move_in.drop", about=move_in, by=by, facts={"state": move_in.state})
    throw_away(move_in)


@transaction.atomic
def drop_forgotten_move_in(move_in: MoveIn) -> None:
    """Throw away what nobody handed in."""
    record("badges.move_in.forget", about=move_in, by=None)
    throw_away(move_in)


def throw_away(move_in: MoveIn) -> None:
    """Delete it with everything that was read, its files and what people were told of it."""
    files = [move_in.export, move_in.log]
    take_back_news(move_in)
    move_in.delete()
    drop_files(files)


@transaction.atomic
def forget_files(move_in: MoveIn) -> None:
    """Delete the files of what was decided a while ago: they hold addresses."""
    files = [move_in.export, move_in.log]
    MoveIn.objects.filter(pk=move_in.pk).update(export=None, log=None)
    record("badges.move_in.forget_files", about=move_in, by=None, facts={"on": clock.today().isoformat()})
    drop_files(files)


def drop_files(files) -> None:
    """Delete those files that are there."""
    for file in files:
        if file:
            drop_file(file)
