"""What can be done with badges."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import resvg_py
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from badges import art
from badges.models import (
    Assertion,
    AwardBatch,
    AwardRow,
    BadgeClass,
    BadgeClassSkill,
    BadgeClassText,
    BadgeClassVersion,
    StatusList,
)
from badges.permissions import may_award, may_edit_badge
from badges.workflow import HELD, OUT, WITHDRAWN
from organisers.models import Organiser
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.files.pictures import store_picture
from portal.notifications.actions import drop_held, let_go
from portal.schedule import nudge
from portal.workflow import StepRefused, take

HOLD = timedelta(minutes=10)
UNVERIFIED_DAILY_LIMIT = 50
ART_SIDE = 600


@dataclass(frozen=True)
class Recipient:
    """Somebody who is to get a badge: a canonical address, the name as it will stand, the account if known."""

    email: str
    name: str
    person: Person | None = None
    narrative: str = ""


# --- badge classes --------------------------------------------------------------------------------------------------


@transaction.atomic
def save_badge_class(
    badge_class: BadgeClass, *, by, words: dict, skills: Iterable[dict], picture=None, seed: str = ""
) -> BadgeClass:
    """Save a badge class with its words in one language, its skills, and a picture that was uploaded or drawn."""
    if not may_edit_badge(badge_class, by):
        raise PermissionDenied
    is_new = badge_class.pk is None
    if picture is not None:
        badge_class.picture, badge_class.art_seed = store_picture(picture.content), ""
    elif seed and (seed != badge_class.art_seed or not badge_class.picture):
        badge_class.picture, badge_class.art_seed = store_picture(drawn(seed)), seed
    if is_new:
        badge_class.created_by = by
    badge_class.save()
    BadgeClassText.objects.update_or_create(
        owner=badge_class,
        language=words["language"],
        defaults={**words, "is_original": is_new or words["language"] == original_language(badge_class)},
    )
    badge_class.skills.all().delete()
    BadgeClassSkill.objects.bulk_create(BadgeClassSkill(owner=badge_class, **skill) for skill in skills)
    record("badges.badge.create" if is_new else "badges.badge.update", about=badge_class, by=by)
    return badge_class


def original_language(badge_class: BadgeClass) -> str:
    """Return the language in which the badge class was written first."""
    return badge_class.texts.get(is_original=True).language


def drawn(seed: str) -> bytes:
    """Return the generated picture of a seed as PNG."""
    return bytes(resvg_py.svg_to_bytes(svg_string=art.from_seed(seed), width=ART_SIDE, height=ART_SIDE))


def freeze(badge_class: BadgeClass) -> BadgeClassVersion:
    """Return the version that says what the badge class says now, made when nothing was awarded since the last edit."""
    badge_class = (
        BadgeClass.objects.select_for_update(no_key=True).prefetch_related("texts", "skills").get(pk=badge_class.pk)
    )
    content = badge_class.content()
    digest = BadgeClassVersion.digest_of(content)
    newest = badge_class.versions.order_by("-number").first()
    if newest and newest.digest == digest:
        return newest
    number = newest.number + 1 if newest else 1
    return BadgeClassVersion.objects.create(badge_class=badge_class, number=number, content=content, digest=digest)


# --- awarding -------------------------------------------------------------------------------------------------------


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
        check_daily_limit(badge_class.organiser, len(recipients))
    version = freeze(badge_class)
    batch, is_new = AwardBatch.objects.get_or_create(
        once_key=once_key,
        defaults={
            "badge_class": badge_class,
            "badge_version": version,
            "source": source,
            "language": version.language_for(language),
            "awarded_by": by,
            "release_at": clock.now() + (HOLD if by_hand else timedelta()),
            "state": HELD if by_hand else OUT,
        },
    )
    if is_new:
        AwardRow.objects.bulk_create(
            AwardRow(
                batch=batch, number=number, email=one.email, name=one.name, person=one.person, narrative=one.narrative
            )
            for number, one in enumerate(recipients, 1)
        )
        record("badges.award", about=batch, by=by, facts={"badge": str(badge_class.key), "rows": len(recipients)})
        nudge("badges.award_due_rows")
    return batch


def check_daily_limit(organiser, count: int) -> None:
    """Refuse more than fifty badges a day while nobody has checked who the organiser is; one award counts at a time."""
    Organiser.objects.select_for_update(no_key=True).get(pk=organiser.pk)
    since = clock.now() - timedelta(days=1)
    lately = AwardRow.objects.filter(batch__badge_class__organiser=organiser, batch__created_at__gt=since).exclude(
        Q(state=AwardRow.State.CANCELLED) | Q(state=AwardRow.State.REFUSED)
    )
    if lately.count() + count > UNVERIFIED_DAILY_LIMIT:
        raise StepRefused(
            [_("Organisers who are not verified yet can award 50 badges a day. Ask for verification to award more.")]
        )


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
    batch.rows.filter(state=AwardRow.State.DUE, leased_until=None).update(state=AwardRow.State.CANCELLED)
    withdraw_badges_of(batch, by=by)  # rows before lists, as the ledger locks them
    return batch


def withdraw_badges_of(batch: AwardBatch, *, by) -> None:
    """Withdraw the badges of an undone batch."""
    for assertion in batch.assertions.exclude(state=WITHDRAWN):
        take(assertion.withdraw, by=by)
        mark_list_changed(assertion)


# --- assertions -----------------------------------------------------------------------------------------------------


@transaction.atomic
def collect_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Accept a badge: from now on it is in the person's backpack."""
    return take(assertion.collect, by=by, holder=by)


@transaction.atomic
def decline_badge(assertion: Assertion, *, by: Person) -> Assertion:
    """Turn a badge down; it can still be collected later."""
    return take(assertion.decline, by=by)


@transaction.atomic
def revoke_badge(assertion: Assertion, *, by: Person, reason: str) -> Assertion:
    """Take a badge back with a reason that its holder reads; this cannot be undone."""
    if not reason.strip():
        raise StepRefused([_("Say why the badge is taken back; its holder reads it.")])
    assertion = take(assertion.revoke, by=by, reason=reason)
    mark_list_changed(assertion)
    return assertion


def mark_list_changed(assertion: Assertion) -> None:
    """Have the status list of a badge signed anew."""
    StatusList.objects.filter(rows__assertion=assertion).update(changes=F("changes") + 1)
    nudge("badges.sign_stale_lists")
