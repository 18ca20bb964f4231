"""Showing chosen badges to one reader until a day, and counting how often they were opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Lock
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from badges.actions.collections import badges_of
from badges.actions.showing import UNDER_AGE
from badges.models import Assertion, ReaderShare, SharedBadge
from badges.permissions import may_keep, may_show_collections
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.workflow import StepRefused

MOST, MOST_BADGES, LONGEST = 50, 30, timedelta(days=366)
FULL = _("%(count)d links for readers are open; more is not possible. Stop one that nobody needs any more.")
MANY = _("A link for one reader shows %(count)d badges at the most.")
NONE = _("Choose at least one badge.")
KEPT_IN_CACHE = 7 * 24 * 3600
counting = Lock()  # where the cache is a folder, a count is read and written; there is one process then


@dataclass(frozen=True)
class Chosen:
    """A badge that a reader is to see, with what belongs to it."""

    key: UUID
    evidence: tuple[str, ...] = ()
    result: bool = False


@transaction.atomic
def make_share(
    *,
    by: Person,
    reader: str,
    badges: Iterable[Chosen],
    language: str,
    until: date,
    message: str = "",
    shows_name: bool = False,
) -> ReaderShare:
    """Make a link that shows these badges to one reader until the end of a day; published or not."""
    if not may_show_collections(by):
        raise StepRefused([UNDER_AGE])
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)  # or two windows would pass the limit together
    if ReaderShare.objects.of(by).running().count() >= MOST:
        raise StepRefused([FULL % {"count": MOST}])
    mine = badges_of(by)
    chosen = [one for one in badges if one.key in mine]
    if not chosen:
        raise StepRefused([NONE])
    if len(chosen) > MOST_BADGES:
        raise StepRefused([MANY % {"count": MOST_BADGES}])
    facts = {"reader": reader, "message": message, "language": language, "shows_name": shows_name}
    share = ReaderShare.objects.create(person=by, ends_at=end_of(until, by), **facts)
    shared = Assertion.objects.filter(key__in=[one.key for one in chosen]).select_related("row")
    there = {assertion.key: assertion.row.evidence for assertion in shared}
    SharedBadge.objects.bulk_create(
        SharedBadge(
            share=share,
            position=place,
            evidence=[url for url in there.get(one.key, []) if url in one.evidence],
            shows_result=one.result,
            **mine[one.key],
        )
        for place, one in enumerate(chosen, 1)
    )
    record("badges.share.make", about=share, by=by, facts={"badges": len(chosen), "until": until.isoformat()})
    for assertion in shared:
        record("badges.share", about=assertion, by=by)
    return share


def end_of(day: date, person: Person) -> datetime:
    """Return when a day ends where a person is. Raises StepRefused for one that is over or more than a year away."""
    today = clock.now().astimezone(person.zone()).date()
    if not today <= day <= today + LONGEST:
        raise StepRefused([_("Choose a day from today on, a year away at the most.")])
    return datetime.combine(day + timedelta(days=1), time(), person.zone())


@transaction.atomic
def stop_share(share: ReaderShare, *, by: Person) -> ReaderShare:
    """End a share now; its link says so from then on."""
    if not may_keep(share, by):
        raise PermissionDenied
    share = ReaderShare.objects.select_for_update().get(pk=share.pk)
    if share.is_running:
        share.stopped_at = clock.now()
        share.save(update_fields=["stopped_at"])
        record("badges.share.stop", about=share, by=by)
    return share


def note_opening(share: ReaderShare) -> None:
    """Count that a share was opened, beside the database; `gather_openings` brings it in."""
    name = count_of(share.pk)
    with counting:
        if not cache.add(name, 1, KEPT_IN_CACHE):
            cache.incr(name)


def gather_openings() -> None:
    """Add what was counted since the last time to the shares that may have been opened since then."""
    since = clock.now() - timedelta(seconds=KEPT_IN_CACHE)
    lately = ReaderShare.objects.filter(ends_at__gt=since).values_list("pk", flat=True)
    names = {count_of(pk): pk for pk in lately}
    counted = [name for name, count in cache.get_many(names).items() if count]
    for name in counted:
        with counting:
            count = cache.get(name, 0)
            if count:
                cache.decr(name, count)
        if count:
            pk = names[name]
            ReaderShare.objects.filter(pk=pk).update(opened_count=F("opened_count") + count, opened_at=clock.now())


def count_of(pk: int) -> str:
    """Return the name under which the openings of a share are counted."""
    return f"share-opened:{pk}"
