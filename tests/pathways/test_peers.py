"""Learners judge the work of other learners: who is drawn, and what comes of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from pathways.actions import draw_work, give_work_back, hand_in, judge_as_peer, judge_attempt, take_back_evidence
from pathways.models import Attempt, PeerReview, work_for
from pathways.schedule import end_looks
from portal import clock
from portal.accounts.models import Guardian
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.factories.pathways import (
    WORDS,
    peer_activity,
    peer_judgement,
    peer_of,
    reviewed_activity,
    waiting_attempt,
    with_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return peer_activity()


def fresh(attempt):
    return Attempt.objects.get(pk=attempt.pk)


# --- who is drawn -----------------------------------------------------------------------------------------------------


def test_what_waits_longest_is_drawn_first_and_once(page):
    with clock.moved_to(-timedelta(hours=2)):
        first = waiting_attempt(page)
    waiting_attempt(page)
    peer = peer_of(page)

    look = draw_work(page, by=peer)

    assert look.attempt == first
    assert abs(look.due_at - look.drawn_at - timedelta(days=3)) < timedelta(seconds=1)
    assert draw_work(page, by=peer) == look


def test_as_many_are_asked_as_the_activity_says(page):
    waiting_attempt(page)

    drawn = [draw_work(page, by=peer_of(page)) for _time in range(3)]

    assert [one is None for one in drawn] == [False, False, True]


def test_nobody_is_drawn_for_their_own_or_without_work_of_their_own(page):
    own = waiting_attempt(page)
    begun = Attempt.objects.create(person=PersonFactory(), activity_key=page.translation_key, organiser=page.organiser)

    for person in (own.person, begun.person, PersonFactory()):
        assert draw_work(page, by=person) is None


def test_nobody_judges_who_judged_them(page):
    one, other = waiting_attempt(page).person, waiting_attempt(page).person
    assert draw_work(page, by=one).attempt.person == other

    assert draw_work(page, by=other) is None


def test_neither_children_nor_guardians_nor_colleagues_are_drawn(page):
    attempt = waiting_attempt(page)
    guardian, child, colleague, reviewer = (peer_of(page) for _time in range(4))
    Guardian.objects.create(child=attempt.person, email=guardian.email)
    Guardian.objects.create(child=child, email=attempt.person.email)
    shared = OrganiserFactory()
    for person in (attempt.person, colleague):
        MembershipFactory(organiser=shared, person=person, role="author")
    with_role(page.organiser, "reviewer", reviewer)

    for person in (guardian, child, colleague, reviewer):
        assert not work_for(person).exists(), person
    assert work_for(peer_of(page)).exists()


def test_what_was_given_back_goes_to_somebody_else(page):
    waiting_attempt(page)
    page.peers, peer = 1, peer_of(page)
    give_work_back(draw_work(page, by=peer), by=peer)

    assert draw_work(page, by=peer) is None
    assert draw_work(page, by=peer_of(page)) is not None


def test_nobody_reads_all_work_by_giving_it_back(page):
    for _time in range(6):
        waiting_attempt(page)
    peer = peer_of(page)
    for _time in range(5):
        give_work_back(draw_work(page, by=peer), by=peer)

    with pytest.raises(StepRefused, match="five times today"):
        draw_work(page, by=peer)
    with clock.moved_to(timedelta(days=1, minutes=1)):
        assert draw_work(page, by=peer) is not None


def test_a_draw_falls_free_after_three_days(page):
    waiting_attempt(page)
    looks = [draw_work(page, by=peer_of(page)) for _time in range(2)]

    with clock.moved_to(timedelta(days=3, minutes=1)):
        with pytest.raises(StepRefused, match="time to look at this work is over"):
            judge_as_peer(looks[0], by=looks[0].by, met=page.lines(), feedback=WORDS)
        end_looks()
        end_looks()
        assert draw_work(page, by=peer_of(page)) is not None
    assert PeerReview.objects.filter(state="ended").count() == 2


def test_other_activities_have_no_draw():
    page = reviewed_activity()

    with pytest.raises(StepRefused, match="judged in another way"):
        draw_work(page, by=waiting_attempt(page).person)


# --- what comes of it -------------------------------------------------------------------------------------------------


def test_what_all_find_met_is_passed_and_rewarded():
    organiser = OrganiserFactory(verified=True)
    page = peer_activity(organiser, badge_class=published_badge(organiser))
    attempt = waiting_attempt(page)

    peer_judgement(page)
    assert fresh(attempt).is_submitted
    peer_judgement(page)

    attempt = fresh(attempt)
    assert attempt.is_passed
    assert attempt.batch is not None
    assert attempt.person.notifications.get(event="pathways/judged_by_peers")


def test_what_all_find_wanting_comes_back_and_goes_to_others_when_handed_in_again(page):
    attempt = waiting_attempt(page)
    peers = [peer_judgement(page, met=False).by for _time in range(2)]

    assert fresh(attempt).is_returned
    attempt = hand_in(page, by=attempt.person, text="With both brakes.")

    assert (attempt.round, attempt.peers) == (2, 2)
    assert draw_work(page, by=peers[0]).round == 2


def test_what_they_see_differently_goes_to_the_reviewers(page):
    attempt, reviewer = waiting_attempt(page), with_role(page.organiser, "reviewer")
    news = Notification.objects.filter(event="pathways/handed_in")
    assert not news.exists()
    for met in (True, False):
        peer_judgement(page, met=met)

    attempt = fresh(attempt)
    assert (attempt.is_submitted, attempt.is_with_peers) == (True, False)
    assert news.filter(person=reviewer).count() == 1
    assert judge_attempt(attempt, by=reviewer, accept=True, checklist=page.lines()).is_passed


def test_what_was_judged_without_a_checklist_goes_to_the_reviewers(page):
    attempt, peers = waiting_attempt(page), [peer_of(page), peer_of(page)]
    looks = [draw_work(page, by=peer) for peer in peers]
    page.judge, page.checklist = "reviewer", []
    page.save_revision().publish()

    for look in looks:
        judge_as_peer(look, by=look.by, met=[], feedback=WORDS)

    assert (fresh(attempt).is_submitted, fresh(attempt).peers) == (True, 0)


def test_what_learners_do_not_judge_in_time_goes_to_the_reviewers(page):
    attempt = waiting_attempt(page)
    look = draw_work(page, by=peer_of(page))

    with clock.moved_to(timedelta(days=40)):
        end_looks()

        assert not fresh(attempt).is_with_peers
        assert list(Attempt.objects.late()) == [attempt]
    with pytest.raises(StepRefused):
        judge_as_peer(look, by=look.by, met=page.lines(), feedback=WORDS)


def test_a_reviewer_may_decide_before_the_learners(page):
    attempt = waiting_attempt(page)
    look = draw_work(page, by=peer_of(page))

    judge_attempt(attempt, by=with_role(page.organiser, "reviewer"), accept=True, checklist=page.lines())

    with pytest.raises(StepRefused, match="was judged already"):
        judge_as_peer(look, by=look.by, met=page.lines(), feedback=WORDS)


def test_what_somebody_looks_at_is_not_taken_back(page):
    attempt = waiting_attempt(page)
    peer = peer_of(page)
    look = draw_work(page, by=peer)

    with pytest.raises(StepRefused, match="has begun to look"):
        take_back_evidence(page, by=attempt.person)
    give_work_back(look, by=peer)

    assert take_back_evidence(page, by=attempt.person).is_open


def test_feedback_has_thirty_letters_and_is_the_holders(page):
    waiting_attempt(page)
    look = draw_work(page, by=peer_of(page))

    with pytest.raises(StepRefused, match="30 letters"):
        judge_as_peer(look, by=look.by, met=page.lines(), feedback="Fine.")
    with pytest.raises(PermissionDenied):
        judge_as_peer(look, by=PersonFactory(), met=page.lines(), feedback=WORDS)
