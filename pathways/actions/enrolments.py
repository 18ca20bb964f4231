"""Joining and leaving playlists, and what follows when enough is done."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from badges.actions import Recipient, award
from pathways.models import Attempt, Enrolment, PlaylistPage, QuizTry, lay_routes, prerequisites_of
from pathways.models.enrolment import STEP_MONTHS
from pathways.permissions import may_learn
from portal import clock
from portal.accounts.models import Person
from portal.audit.log import record
from portal.notifications.actions import notify
from portal.workflow import StepRefused, take


def check_open(page, *, by) -> None:
    """Refuse work on a page that is not published, or for somebody who is not signed in."""
    if not may_learn(by):
        raise PermissionDenied
    if not type(page).objects.open_for_learning().filter(pk=page.pk).exists():
        raise StepRefused([_("This page is not open to learners at the moment.")])


@transaction.atomic
def join_playlist(playlist: PlaylistPage, *, by: Person) -> Enrolment:
    """Put a learner on a playlist, or back on it; what they passed before counts."""
    check_open(playlist, by=by)
    check_joinable(playlist, by)
    lock(by)
    enrolment, is_new = Enrolment.objects.get_or_create(person=by, playlist_key=playlist.translation_key)
    if enrolment.is_completed and playlist.renews_badge and all(one.is_met for one in prerequisites_of(playlist, by)):
        begin_again(enrolment, playlist)
    elif is_new or not enrolment.is_active:
        come_back(enrolment, playlist)
    complete_playlists_of(by, keys=[enrolment.playlist_key])
    enrolment.refresh_from_db()
    return enrolment


def come_back(enrolment: Enrolment, playlist: PlaylistPage) -> None:
    """Put a learner on a playlist, or back; where it takes off who is idle, only steps of two years count."""
    enrolment.left_at = enrolment.cleared_at = enrolment.reminded_at = None
    enrolment.joined_at = clock.now()
    enrolment.save()
    record("pathways.join", about=enrolment, by=enrolment.person)
    if playlist.takes_off_idle and not enrolment.is_completed:
        reopen_steps(enrolment, before=clock.months_later(clock.now(), -STEP_MONTHS))


def begin_again(enrolment: Enrolment, playlist: PlaylistPage) -> None:
    """Let a learner go once more through a playlist that renews its badge; the badge of the last time stays."""
    reopen_steps(enrolment, before=clock.now())
    enrolment.time += 1
    enrolment.joined_at = clock.now()
    enrolment.left_at = enrolment.cleared_at = enrolment.reminded_at = enrolment.completed_at = None
    enrolment.badge_class = enrolment.batch = None
    enrolment.save()
    record("pathways.join_again", about=enrolment, by=enrolment.person, facts={"time": enrolment.time})


def reopen_steps(enrolment: Enrolment, *, before: datetime) -> None:
    """Open the steps anew that were passed before a moment; what earned a badge stays done."""
    keys = PlaylistPage.objects.activity_keys(enrolment.playlist_key)
    passed = Attempt.objects.of(enrolment.person).passed().filter(activity_key__in=keys, passed_at__lt=before)
    for attempt in passed.filter(badge_class=None):
        QuizTry.objects.filter(attempt=attempt).delete()
        take(attempt.begin_again, by=enrolment.person)


def check_joinable(playlist: PlaylistPage, person: Person) -> None:
    """Refuse somebody new where a playlist is archived, or where they lack what it wants before."""
    if Enrolment.objects.of(person).on([playlist]).current().exists():
        return
    if playlist.is_archived:
        raise StepRefused([_("This playlist is archived: nobody new can join it.")])
    lacking = [one for one in prerequisites_of(playlist, person) if not one.is_met]
    if lacking:
        wanted = ["{} {}".format(one.text, ", ".join(item["text"] for item in one.items)) for one in lacking]
        raise StepRefused([_("Before this playlist you need something else."), *wanted])


@transaction.atomic
def leave_playlist(playlist: PlaylistPage, *, by: Person) -> None:
    """Take a learner off a playlist; what they did not pass is kept for a month, and they may join again."""
    if not may_learn(by):
        raise PermissionDenied
    for enrolment in Enrolment.objects.of(by).on([playlist]).active().select_for_update(no_key=True):
        enrolment.left_at = clock.now()
        enrolment.save(update_fields=["left_at"])
        record("pathways.leave", about=enrolment, by=by)


def lock(person: Person) -> None:
    """Let the joining and passing of one learner happen one after another."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def reward(attempt: Attempt) -> None:
    """Give what a passed attempt earned: the activity's badge, and the playlists it completes."""
    award_badge_of(attempt)
    keys = PlaylistPage.objects.live().containing(attempt.activity_key).values_list("translation_key", flat=True)
    complete_playlists_of(attempt.person, keys=list(keys))


@transaction.atomic
def complete_playlists_of(person: Person, *, keys) -> list[Enrolment]:
    """Complete the playlists among `keys` that a learner is on and whose rule is met; return them.

    Two tabs may pass the last two activities, or join and pass, at the same moment. Each transaction sees its own
    step only, so neither would find the rule met. Both therefore take the lock on the person before they look: the
    second waits for the first to commit, and under READ COMMITTED its next query sees what that one did. The date is
    set by compare-and-swap and the award carries a key of its own, so that a caller who forgets the lock can lose
    time, but can never award twice. SQLite has one writer anyway. What is complete stays complete.
    """
    lock(person)
    completed = []
    passed = set(Attempt.objects.of(person).passed().values_list("activity_key", flat=True))
    for enrolment in Enrolment.objects.of(person).under_way().filter(playlist_key__in=keys).order_by("pk"):
        playlist = PlaylistPage.objects.original(enrolment.playlist_key)
        if playlist is None:
            continue
        if not lay_routes([playlist], locale=playlist.locale, kept=enrolment.kept)[0].is_met(passed):
            continue
        unfinished = Enrolment.objects.under_way().filter(pk=enrolment.pk)
        if unfinished.update(completed_at=clock.now(), badge_class=playlist.badge_class) == 1:
            enrolment.refresh_from_db()
            record("pathways.complete", about=enrolment, by=person)
            notify(
                [person], "pathways/playlist_completed", about=enrolment, facts={"title": title_for(person, playlist)}
            )
            award_badge_of(enrolment)
            completed.append(enrolment)
    return completed


def title_for(person: Person, page) -> str:
    """Return the title of a page in a person's language, else as it was written."""
    locale = Locale.objects.filter(language_code=person.language).first() or page.locale
    pages = type(page).objects.by_key([page.translation_key], locale)
    return pages.get(page.translation_key, page).title


def title_to_each(page) -> Callable[[Person], dict]:
    """Return what a letter to several people says of a page: its title, to each in their language."""
    return lambda person: {"title": title_for(person, page) if page else ""}


def award_badge_of(earning: Attempt | Enrolment) -> bool:
    """Award the badge that an attempt or a playlist earned; what cannot be awarded now is left to the clock.

    An archived badge, an organiser that may not issue today and a reached daily limit never undo what a learner did.
    """
    badge_class = earning.badge_class
    if badge_class is None or earning.batch_id or not badge_class.organiser.may_operate:
        return False
    person = earning.person
    try:
        with transaction.atomic():
            batch = award(
                badge_class,
                [Recipient(person.email, person.name, person)],
                by=None,
                source=earning.source,
                once_key=earning.once_key,
                language=person.language,
            )
    except StepRefused:
        return False
    type(earning).objects.filter(pk=earning.pk, batch=None).update(batch=batch)
    return True
