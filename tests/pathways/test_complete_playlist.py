"""What follows from passing: the activity's badge, the playlist, its badge; each once."""

import pytest
from django.core import mail

from badges.models import Assertion, AwardBatch
from organisers.models import Organiser
from pathways.actions import complete_playlists_of, confirm_activity, join_playlist
from pathways.invariants import awards_fit, completed_in_time, earned_badges_are_awarded, waiting_attempts_have_evidence
from pathways.models import Attempt, Enrolment
from pathways.schedule import award_due_badges, complete_met_playlists
from portal.notifications.schedule import send_due_mail
from portal.workflow import StepRefused, take
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, reviewed_activity

pytestmark = [pytest.mark.django_db, pytest.mark.services]
RULES = [
    # number of activities, how many are needed, which are compulsory, which were done, is it enough
    (3, None, [], [0, 1], False),
    (3, None, [], [0, 1, 2], True),
    (3, 2, [], [0], False),
    (3, 2, [], [0, 2], True),
    (3, 2, [1], [0, 2], False),
    (3, 2, [1], [0, 1], True),
    (3, 1, [0, 1], [0], False),
    (3, 1, [0, 1], [0, 1], True),
    (2, 9, [], [0, 1], True),
]


@pytest.mark.parametrize(("count", "needed", "compulsory", "done", "is_enough"), RULES)
def test_the_rule_asks_for_n_of_m_and_every_compulsory_one(count, needed, compulsory, done, is_enough):
    organiser = OrganiserFactory(verified=True)
    activities = [activity(organiser, title=f"Stop {number}") for number in range(count)]
    page = playlist(*activities, compulsory=[activities[number] for number in compulsory], required_count=needed)
    person = PersonFactory()
    join_playlist(page, by=person)

    for number in done:
        confirm_activity(activities[number], by=person)

    assert Enrolment.objects.get(person=person).is_completed is is_enough


def test_an_activity_awards_its_badge_once():
    organiser = OrganiserFactory(verified=True)
    page, person = activity(organiser, badge_class=published_badge(organiser)), PersonFactory()

    attempt = confirm_activity(page, by=person)
    with pytest.raises(StepRefused):
        confirm_activity(page, by=person)
    carry_out()

    batch = AwardBatch.objects.get()
    assert batch.once_key == f"activity:{page.translation_key}:{person.pk}"
    assert Attempt.objects.get(pk=attempt.pk).batch == batch
    assert Assertion.objects.get().email == person.email


def test_the_last_activity_completes_every_playlist_it_stands_in_and_tells_the_learner():
    organiser = OrganiserFactory(verified=True)
    one = activity(organiser)
    pages = [playlist(one, title=title, badge_class=published_badge(organiser, name=title)) for title in ("A", "B")]
    left, person = playlist(one, title="C"), PersonFactory()
    for page in pages:
        join_playlist(page, by=person)

    confirm_activity(one, by=person)
    send_due_mail()

    completed = Enrolment.objects.completed()
    assert {enrolment.playlist_key for enrolment in completed} == {page.translation_key for page in pages}
    assert left.translation_key not in {enrolment.playlist_key for enrolment in completed}
    assert {batch.source for batch in AwardBatch.objects.all()} == {"playlist"}
    assert sorted(message.subject for message in mail.outbox) == ["You have completed “A”", "You have completed “B”"]


def test_who_did_everything_before_joining_completes_at_once():
    page, person = playlist(one := activity()), PersonFactory()
    confirm_activity(one, by=person)

    assert join_playlist(page, by=person).is_completed


def test_what_is_complete_stays_complete():
    page, person = playlist(one := activity(), required_count=1), PersonFactory()
    join_playlist(page, by=person)
    confirm_activity(one, by=person)
    when = Enrolment.objects.get().completed_at

    page.steps.add(type(page.steps.first())(activity=activity(), is_compulsory=True))
    page.required_count = None
    page.save_revision().publish()
    complete_playlists_of(person, keys=[page.translation_key])

    assert Enrolment.objects.get().completed_at == when


def test_a_rule_that_is_eased_completes_those_who_meet_it():
    page, person = playlist(one := activity(), activity()), PersonFactory()
    join_playlist(page, by=person)
    confirm_activity(one, by=person)

    page.required_count = 1
    page.save_revision().publish()
    complete_met_playlists()

    assert Enrolment.objects.get().is_completed


def test_a_badge_that_cannot_be_awarded_now_follows_later():
    organiser = OrganiserFactory(verified=True)
    badge, person = published_badge(organiser), PersonFactory()
    page = activity(organiser, badge_class=badge)
    take(badge.archive, by=issuer_of(organiser))

    assert confirm_activity(page, by=person).is_passed
    award_due_badges()
    assert not AwardBatch.objects.exists()
    badge.refresh_from_db()
    take(badge.bring_back, by=issuer_of(organiser))
    Organiser.objects.update(standing="suspended")
    award_due_badges()
    assert not AwardBatch.objects.exists()
    Organiser.objects.update(standing="verified")
    award_due_badges()
    award_due_badges()

    assert Attempt.objects.get().batch == AwardBatch.objects.get()


def test_an_unpublished_activity_cannot_be_worked_on():
    with pytest.raises(StepRefused):
        confirm_activity(activity(live=False), by=PersonFactory())


def test_an_activity_judged_by_others_cannot_be_confirmed():
    with pytest.raises(StepRefused):
        confirm_activity(reviewed_activity(), by=PersonFactory())


def test_the_invariants_hold_afterwards_and_notice_a_broken_row():
    organiser = OrganiserFactory(verified=True)
    badge = published_badge(organiser)
    page, person = playlist(one := activity(organiser, badge_class=badge), badge_class=badge), PersonFactory()
    join_playlist(page, by=person)
    confirm_activity(one, by=person)
    checks = [awards_fit, completed_in_time, earned_badges_are_awarded, waiting_attempts_have_evidence]
    assert [list(check()) for check in checks] == [[], [], [], []]

    Attempt.objects.update(batch=None)
    assert len(list(earned_badges_are_awarded())) == 1
    Attempt.objects.update(batch=Enrolment.objects.get().batch)
    assert len(list(awards_fit())) == 1
    Attempt.objects.all().delete()
    assert len(list(completed_in_time())) == 1
