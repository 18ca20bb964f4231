"""Leaving a playlist, staying away from it, and coming back (K11, K13)."""

from datetime import timedelta

import pytest
from django.core import mail

from badges.models import Assertion
from pathways.actions import answer_quiz, confirm_activity, hand_in, join_playlist, judge_attempt, leave_playlist
from pathways.models import Attempt, Enrolment, EvidenceItem, QuizTry
from pathways.schedule import follow_learners_away
from portal import clock
from portal.audit.models import AuditEvent
from portal.files.gate import Admitted
from portal.files.models import StoredFile
from portal.notifications.schedule import send_due_mail
from portal.workflow import StepRefused, take
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import (
    activity,
    playlist,
    quiz_activity,
    reviewed_activity,
    right_answers,
    with_role,
    wrong_answers,
)

pytestmark = [pytest.mark.django_db, pytest.mark.services]
PHOTO = Admitted("brake.txt", b"It holds.", "text/plain")
MONTHS = [3, 6, 11]


def later(**distance):
    return clock.moved_to(clock.now() + timedelta(**distance))


def in_months(months, days=0):
    return clock.moved_to(clock.months_later(clock.now(), months) + timedelta(days=days, hours=1))


@pytest.fixture
def way():
    """A learner on a playlist with a quiz, a task and something to confirm; the quiz is passed, the task returned."""
    organiser = OrganiserFactory(verified=True)
    quiz, task, last = quiz_activity(organiser), reviewed_activity(organiser), activity(organiser)
    page, person = playlist(quiz, task, last, takes_off_idle=True), PersonFactory()
    join_playlist(page, by=person)
    answer_quiz(quiz, wrong_answers(quiz), by=person)
    answer_quiz(quiz, right_answers(quiz), by=person)
    attempt = hand_in(task, by=person, file=PHOTO)
    judge_attempt(attempt, by=with_role(organiser, "reviewer"), accept=False, feedback="The second photo is missing.")
    return page, person, (quiz, task, last)


def of(person):
    return Enrolment.objects.get(person=person)


def test_a_month_after_leaving_what_was_not_passed_is_gone_and_what_was_answered(way):
    page, person, (quiz, _task, _last) = way
    leave_playlist(page, by=person)

    with later(days=29):
        follow_learners_away()
        kept = EvidenceItem.objects.count(), StoredFile.objects.count(), QuizTry.objects.count()
    with later(days=31):
        follow_learners_away()
        follow_learners_away()

    assert kept == (1, 1, 2)
    assert (EvidenceItem.objects.count(), StoredFile.objects.count(), QuizTry.objects.count()) == (0, 0, 0)
    assert [one.activity_key for one in Attempt.objects.of(person)] == [quiz.translation_key]
    assert AuditEvent.objects.filter(verb="pathways.clear_left").count() == 1


def test_whoever_comes_back_within_the_month_loses_nothing(client, way):
    page, person, (_quiz, task, _last) = way
    client.force_login(person)
    client.post(f"/learn/playlists/{page.pk}/leave/")
    said = client.get(page.url).text

    with later(days=29):
        join_playlist(page, by=person)
    with later(days=62):
        follow_learners_away()

    assert "What you did not pass is kept until" in said
    assert Attempt.objects.of(person).on([task]).get().is_returned
    assert EvidenceItem.objects.count() == 1


def test_work_that_counts_elsewhere_or_went_on_since_stays(way):
    page, person, (_quiz, task, last) = way
    other = playlist(last, title="Elsewhere")
    join_playlist(other, by=person)
    began = Attempt.objects.create(person=person, activity_key=last.translation_key, organiser=last.organiser)
    leave_playlist(page, by=person)
    with later(days=2):
        hand_in(task, by=person, text="Both photos now.")

    with later(days=31):
        follow_learners_away()

    assert Attempt.objects.filter(pk=began.pk).exists()
    assert Attempt.objects.of(person).on([task]).get().is_submitted


def test_whoever_does_nothing_is_reminded_three_times_and_then_taken_off(way):
    _page, person, _activities = way

    for month in range(1, 13):
        with in_months(month):
            follow_learners_away()
            follow_learners_away()
            send_due_mail()

    assert of(person).left_at is not None
    subjects = [message.subject for message in mail.outbox if message.to == [person.email]]
    waits, off = "Your place on “Bike-Ready” waits for you", "You were taken off “Bike-Ready”"
    assert [one for one in subjects if "Bike-Ready" in one] == [waits] * 3 + [off]
    assert AuditEvent.objects.filter(verb="pathways.take_off").get().actor_id is None


@pytest.mark.parametrize("months", MONTHS)
def test_the_first_reminder_comes_after_so_many_months_and_not_a_day_earlier(way, months):
    _page, person, _activities = way
    Enrolment.objects.filter(person=person).update(
        reminded_at=clock.months_later(clock.now(), months) - timedelta(days=20)
    )

    with in_months(months, days=-2):
        follow_learners_away()
        before = of(person).reminded_at
    with in_months(months):
        follow_learners_away()

    assert of(person).reminded_at > before


def test_a_step_begins_the_months_anew(way):
    _page, person, (_quiz, _task, last) = way
    with in_months(5):
        follow_learners_away()
        Attempt.objects.create(person=person, activity_key=last.translation_key, organiser=last.organiser)

    with in_months(13):
        follow_learners_away()
        is_on = of(person).is_active
        reminded_at = of(person).reminded_at
    with in_months(18):
        follow_learners_away()

    assert is_on
    assert reminded_at > clock.months_later(clock.now(), 12)
    assert not of(person).is_active


def test_while_a_reviewer_has_the_work_nobody_is_reminded_or_taken_off(way):
    _page, person, (_quiz, task, _last) = way
    hand_in(task, by=person, text="Both photos now.")

    with in_months(13):
        follow_learners_away()

    assert of(person).is_active
    assert of(person).reminded_at is None


def test_other_playlists_take_nobody_off():
    person, page = PersonFactory(), playlist(activity())
    join_playlist(page, by=person)

    with in_months(30):
        follow_learners_away()

    assert of(person).is_active


def test_whoever_comes_back_keeps_what_was_passed_within_two_years(way):
    page, person, (quiz, _task, last) = way
    with in_months(6):
        confirm_activity(last, by=person)
    with in_months(18):
        follow_learners_away()
        assert not of(person).is_active

    with in_months(25):
        follow_learners_away()
        join_playlist(page, by=person)
        follow_learners_away()

    enrolment = of(person)
    assert enrolment.is_active
    assert (enrolment.cleared_at, enrolment.reminded_at) == (None, None)
    assert Attempt.objects.of(person).on([quiz]).get().is_open
    assert Attempt.objects.of(person).on([last]).get().is_passed


def test_what_earned_a_badge_is_never_opened_anew():
    organiser = OrganiserFactory(verified=True)
    one = activity(organiser, badge_class=published_badge(organiser))
    page, person = playlist(one, activity(organiser), takes_off_idle=True), PersonFactory()
    join_playlist(page, by=person)
    attempt = confirm_activity(one, by=person)
    leave_playlist(page, by=person)

    with in_months(25):
        join_playlist(page, by=person)

    assert Attempt.objects.get(pk=attempt.pk).is_passed
    with pytest.raises(StepRefused, match="What earned a badge stays done"):
        take(attempt.begin_again, by=person)
    assert Assertion.objects.count() == 0


def test_a_completed_playlist_takes_nobody_off(way):
    _page, person, _activities = way
    Enrolment.objects.filter(person=person).update(completed_at=clock.now())

    with in_months(13):
        follow_learners_away()

    assert of(person).is_active
