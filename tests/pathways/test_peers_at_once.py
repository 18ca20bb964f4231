"""Learners who press “Look at another learner’s work” at the same moment."""

import pytest

from pathways.actions import draw_work, judge_as_peer, take_back_evidence
from pathways.models import Attempt, PeerReview
from tests.factories.pathways import WORDS, peer_activity, peer_of, waiting_attempt
from tests.portal.accidents import at_once

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("committing_db")]


def test_two_learners_do_not_both_take_the_last_seat():
    page = peer_activity(peers=1)
    waiting_attempt(page)
    peers = [peer_of(page) for _number in range(4)]

    drawn = at_once(*[lambda one=one: draw_work(page, by=one) for one in peers])

    assert sorted(one is None for one in drawn) == [False, True, True, True]
    assert PeerReview.objects.count() == 1


def test_one_learner_in_two_windows_draws_one_piece_of_work():
    page = peer_activity()
    for _number in range(3):
        waiting_attempt(page)
    peer = peer_of(page)

    drawn = at_once(*[lambda: draw_work(page, by=peer)] * 3)

    assert len({one.pk for one in drawn}) == 1


def test_the_last_two_who_judge_at_once_settle_it_once():
    page = peer_activity()
    attempt = waiting_attempt(page)
    looks = [draw_work(page, by=peer_of(page)) for _number in range(2)]

    at_once(*[lambda one=one: judge_as_peer(one, by=one.by, met=page.lines(), feedback=WORDS) for one in looks])

    assert Attempt.objects.get(pk=attempt.pk).is_passed
    assert attempt.person.notifications.filter(event="pathways/judged_by_peers").count() == 1


def test_work_is_either_drawn_or_taken_back():
    page = peer_activity()
    attempt, peer = waiting_attempt(page), peer_of(page)

    at_once(lambda: draw_work(page, by=peer), lambda: take_back_evidence(page, by=attempt.person))

    assert Attempt.objects.get(pk=attempt.pk).is_open is not PeerReview.objects.open().exists()
