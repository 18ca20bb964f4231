"""What becomes of those who stay away from a playlist: reminded, taken off, and a month later cleared."""

from django.db import transaction

from pathways.actions.enrolments import lock, title_for
from pathways.models import Attempt, Enrolment, EvidenceItem, PlaylistPage, QuizTry
from pathways.models.enrolment import IDLE_MONTHS
from portal import clock
from portal.audit.log import record
from portal.files.actions import drop_with_files
from portal.notifications.actions import forget_news, notify


@transaction.atomic
def clear_left(enrolment: Enrolment) -> None:
    """Remove what a learner did not pass on a playlist that they left, and what they answered in its quizzes.

    What they passed stays. So does what stands in another playlist that they are on, or that they did something for
    since.
    """
    lock(enrolment.person)
    if Enrolment.objects.to_clear().filter(pk=enrolment.pk).update(cleared_at=clock.now()) != 1:
        return
    others = Enrolment.objects.of(enrolment.person).under_way().values_list("playlist_key", flat=True)
    keys = PlaylistPage.objects.activity_keys(enrolment.playlist_key)
    keys -= {key for other in others for key in PlaylistPage.objects.activity_keys(other)}
    left = Attempt.objects.of(enrolment.person).filter(activity_key__in=keys).untouched_since(enrolment.left_at)
    QuizTry.objects.filter(attempt__in=left).delete()
    unpassed = left.unpassed()
    handed_in = EvidenceItem.objects.filter(attempt__in=unpassed)
    forget_news(handed_in)
    drop_with_files(handed_in)
    forget_news(unpassed)
    unpassed.delete()
    record("pathways.clear_left", about=enrolment)


@transaction.atomic
def follow_idle(enrolment: Enrolment) -> None:
    """Remind a learner who has done nothing for months, and take them off after twelve.

    While a reviewer has their work, it is not the learner who does nothing.
    """
    lock(enrolment.person)
    enrolment = Enrolment.objects.under_way().select_related("person").filter(pk=enrolment.pk).first()
    playlist = enrolment and PlaylistPage.objects.original(enrolment.playlist_key)
    if not playlist or not playlist.takes_off_idle:
        return
    keys, now = PlaylistPage.objects.activity_keys(enrolment.playlist_key), clock.now()
    attempts = Attempt.objects.of(enrolment.person).filter(activity_key__in=keys)
    if attempts.waiting().exists():
        return
    last_step_at = max(enrolment.joined_at, attempts.last_moved_at() or enrolment.joined_at)
    facts = {"title": title_for(enrolment.person, playlist)}
    if clock.months_later(last_step_at, IDLE_MONTHS) <= now:
        enrolment.left_at = now
        enrolment.save(update_fields=["left_at"])
        record("pathways.take_off", about=enrolment)
        notify([enrolment.person], "pathways/taken_off", about=enrolment, facts=facts)
    elif enrolment.is_to_be_reminded(last_step_at, now):
        enrolment.reminded_at = now
        enrolment.save(update_fields=["reminded_at"])
        notify([enrolment.person], "pathways/idle", about=enrolment, facts=facts)
