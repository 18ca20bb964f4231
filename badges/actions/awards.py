"""Awarding: written down here, carried out by the clock."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from badges.actions.badge_classes import freeze
from badges.models import Assertion, AwardBatch, AwardRow, BadgeClass, BadgeClassVersion, StatusList
from badges.permissions import may_award
from badges.workflow import HELD, LIVE, OUT, WITHDRAWN
from organisers.models import Organiser
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import drop_held, let_go
from portal.schedule import nudge
from portal.workflow import StepRefused, take

HOLD = timedelta(minutes=10)
UNVERIFIED_DAILY_LIMIT = 50


@dataclass(frozen=True)
class Recipient:
    """Somebody who is to get a badge: a canonical address, the name as it will stand, the account if known."""

    email: str
    name: str
    person: Person | None = None
    language: str = ""
    valid_until: date | None = None
    narrative: str = ""
    evidence: list[str] = field(default_factory=list)
    result: str = ""
    public_evidence: list[str] = field(default_factory=list)
    result_is_public: bool = False
    narrative_is_public: bool = False
    activity_on: date | None = None
    supersedes: Assertion | None = None


@transaction.atomic
def award(
    badge_class: BadgeClass,
    recipients: Iterable[Recipient],
    *,
    by: Person | None,
    source: str = AwardBatch.Source.SINGLE,
    once_key: str = "",
    language: str = "",
) -> AwardBatch:
    """Write down the award of a badge; the clock carries it out.

    By hand it is held for ten minutes in which it can be undone; by playlist it goes out at once. The same `once_key`
    gives the same batch, however often it is asked for.
    """
    by_hand = by is not None
    if by_hand and not may_award(badge_class, by):
        raise PermissionDenied
    once_key = once_key or f"{source}:{uuid.uuid4()}"
    if known := AwardBatch.objects.filter(once_key=once_key).first():
        return known
    if not badge_class.is_published:
        raise StepRefused([_("Publish the badge before you award it.")])
    if not badge_class.organiser.may_operate:
        raise StepRefused([_("This organiser may not issue badges at the moment.")])
    recipients = list(recipients)
    if not badge_class.organiser.is_verified:
        check_daily_limit(badge_class.organiser, len(recipients), by=by)
    version = freeze(badge_class)
    return write_batch(version, recipients, by=by, source=source, once_key=once_key, language=language, hold=by_hand)


def write_batch(
    version: BadgeClassVersion,
    recipients: list[Recipient],
    *,
    by,
    source: str,
    once_key: str,
    language: str,
    hold: bool,
) -> AwardBatch:
    """Write a batch with its due rows, once for its key, and wake the clock."""
    badge_class = version.badge_class
    batch, is_new = AwardBatch.objects.get_or_create(
        once_key=once_key,
        defaults={
            "badge_class": badge_class,
            "badge_version": version,
            "source": source,
            "language": version.language_for(language),
            "awarded_by": by,
            "release_at": clock.now() + (HOLD if hold else timedelta()),
            "state": HELD if hold else OUT,
        },
    )
    if is_new:
        AwardRow.objects.bulk_create(
            AwardRow(
                batch=batch,
                number=number,
                email=one.email,
                name=one.name,
                person=one.person,
                language=one.language and version.language_for(one.language),
                valid_until=one.valid_until,
                narrative=one.narrative,
                evidence=one.evidence,
                result=one.result,
                public_evidence=one.public_evidence,
                result_is_public=one.result_is_public,
                narrative_is_public=one.narrative_is_public,
                activity_on=one.activity_on,
                supersedes=one.supersedes,
            )
            for number, one in enumerate(recipients, 1)
        )
        record("badges.award", about=batch, by=by, facts={"badge": str(badge_class.key), "rows": len(recipients)})
        nudge("badges.award_due_rows")
    return batch


def check_daily_limit(organiser, count: int, *, by: Person | None) -> None:
    """Refuse more than fifty badges a day while nobody has checked who the organiser is; one award counts at a time.

    What the same person awarded for other organisers that nobody has checked counts as well.
    """
    Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    same_hand = Q(batch__badge_class__organiser=organiser)
    if by is not None:
        unverified = ~Q(batch__badge_class__organiser__standing=Organiser.Standing.VERIFIED)
        same_hand |= Q(batch__awarded_by=by) & unverified
    made = Q(state=AwardRow.State.AWARDED, issued_at__gt=clock.now() - timedelta(days=1))
    lately = AwardRow.objects.filter(same_hand, made | Q(state=AwardRow.State.DUE))
    if lately.count() + count > UNVERIFIED_DAILY_LIMIT:
        raise StepRefused(
            [_("Organisers who are not verified yet can award 50 badges a day. Ask for verification to award more.")]
        )


@transaction.atomic
def note_download(about, *, by) -> None:
    """Write down that somebody took addresses of recipients away in a file."""
    record("badges.download", about=about, by=by)


@transaction.atomic
def release_batch(batch: AwardBatch, *, by) -> AwardBatch:
    """Let a held batch out: its badges become public and its mails leave."""
    batch = take(batch.release, by=by)
    let_go(batch.hold)
    return batch


@transaction.atomic
def undo_batch(batch: AwardBatch, *, by) -> AwardBatch:
    """Undo a held batch: nobody hears of it, and its badges never were."""
    batch = take(batch.undo, by=by)
    drop_held(batch.hold)
    batch.rows.filter(state=AwardRow.State.DUE).update(state=AwardRow.State.CANCELLED)
    withdraw_badges_of(batch, by=by)  # rows before lists, as the ledger locks them
    return batch


def withdraw_badges_of(batch: AwardBatch, *, by) -> None:
    """Withdraw the badges of an undone batch in one statement: a list of a hundred thousand has no time for steps."""
    live = batch.assertions.filter(state__in=LIVE)
    count = live.update(state=WITHDRAWN, withdrawn_at=clock.now(), version=F("version") + 1)
    lists = StatusList.objects.filter(pk__in=batch.rows.filter(assertion__state=WITHDRAWN).values("status_list"))
    lists.update(changes=F("changes") + 1)
    record("badges.withdraw", about=batch, by=by, facts={"badges": count})
    nudge("badges.sign_stale_lists")
