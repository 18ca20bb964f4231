"""Learners report how they were judged by others, and reviewers set such judgements aside."""

import pytest

from pathways.actions import draw_work, judge_attempt, set_judgement_aside
from pathways.models import Attempt, PeerReview
from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.notifications.models import Notification
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import (
    WORDS,
    peer_activity,
    peer_judgement,
    peer_of,
    reviewed_activity,
    waiting_attempt,
    with_role,
)
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return peer_activity()


@pytest.fixture
def reviewer(page):
    return with_role(page.organiser, "reviewer")


def fresh(attempt):
    return Attempt.objects.get(pk=attempt.pk)


def judged(page, *met):
    """Return an attempt and what learners said of it."""
    attempt = waiting_attempt(page)
    return attempt, [peer_judgement(page, met=one) for one in met]


def test_a_learner_reports_a_judgement_once_and_reviewers_find_it_on_top(client, page, reviewer):
    attempt, looks = judged(page, False, False)
    client.force_login(attempt.person)
    address = f"/looks/{looks[0].pk}/report/"

    assert client.post(address, {"reason": "rude"}).status_code == 422
    client.post(address, {"reason": "hurtful"})
    assert client.post(address, {"reason": "wrong"}).status_code == 409

    client.force_login(reviewer)
    listed = client.get(f"/workspace/{page.organiser.slug}/reviews/learners/")
    assert [one.pk for one in listed.context["page"]] == [looks[0].pk, looks[1].pk]
    assert "reported as hurtful" in listed.content.decode()
    assert Notification.objects.get(event="pathways/judgement_reported", person=reviewer)
    assert not Notification.objects.filter(event="pathways/judgement_reported", person=looks[0].by).exists()


def test_only_who_got_a_judgement_reports_it_and_only_once_it_is_told(client, page):
    attempt, looks = judged(page, False)
    address = f"/looks/{looks[0].pk}/report/"
    for person in (attempt.person, looks[0].by, PersonFactory()):
        client.force_login(person)
        assert client.post(address, {"reason": "wrong"}).status_code == 404


def test_a_judgement_set_aside_frees_a_seat_for_somebody_else(page, reviewer):
    attempt, looks = judged(page, True)
    set_judgement_aside(looks[0], by=reviewer, reason="careless")

    assert draw_work(page, by=looks[0].by) is None
    for _time in range(2):
        peer_judgement(page)
    assert fresh(attempt).is_passed


def test_where_it_decided_a_reviewer_decides_anew_and_the_learner_is_told(client, page, reviewer):
    attempt, looks = judged(page, False, False)
    client.force_login(reviewer)

    client.post(looks[0].get_absolute_url(), {"reason": "wrong"})

    attempt = fresh(attempt)
    assert (attempt.is_submitted, attempt.round, attempt.is_with_peers) == (True, 1, False)
    assert attempt.person.notifications.filter(event="pathways/reopened").count() == 1
    client.force_login(attempt.person)
    assert WORDS not in client.get(page.url).content.decode()
    assert judge_attempt(attempt, by=reviewer, accept=True, checklist=page.lines()).is_passed
    assert AuditEvent.objects.filter(verb="pathways.peerreview.set_aside", actor_id=reviewer.pk).exists()


def test_work_that_passed_without_a_badge_is_decided_anew(page, reviewer):
    attempt, looks = judged(page, True, True)

    set_judgement_aside(looks[0], by=reviewer, reason="careless")

    assert fresh(attempt).is_submitted


def test_a_badge_is_not_taken_away(client):
    organiser = OrganiserFactory(verified=True)
    page = peer_activity(organiser, badge_class=published_badge(organiser))
    attempt, looks = judged(page, True, True)
    client.force_login(with_role(organiser, "reviewer"))
    told = client.get(looks[0].get_absolute_url()).content.decode()

    client.post(looks[0].get_absolute_url(), {"reason": "careless"})

    assert "The work stays done" in told
    assert fresh(attempt).is_passed
    assert fresh(attempt).batch is not None
    assert PeerReview.objects.get(pk=looks[0].pk).is_set_aside


def test_what_a_reviewer_decided_after_the_learners_stays(page, reviewer):
    attempt, looks = judged(page, True, False)
    judge_attempt(fresh(attempt), by=reviewer, accept=False, feedback="Show the second brake, please.")

    set_judgement_aside(looks[0], by=reviewer, reason="wrong")

    assert fresh(attempt).is_returned


def test_whoever_got_two_set_aside_is_not_drawn_there_again(page, reviewer):
    peer = peer_of(page)
    for _time in range(2):
        waiting_attempt(page)
        set_judgement_aside(peer_judgement(page, by=peer), by=reviewer, reason="hurtful")
    waiting_attempt(page)

    assert draw_work(page, by=peer) is None
    assert draw_work(page, by=peer_of(page)) is not None


def test_reviewers_elsewhere_and_authors_find_nothing(client, page):
    _attempt, looks = judged(page, False)
    people = [with_role(reviewed_activity().organiser, "reviewer"), with_role(page.organiser, "author")]
    for person, status in zip(people, [404, 403], strict=True):
        client.force_login(person)
        for address in (looks[0].get_absolute_url(), f"/workspace/{page.organiser.slug}/reviews/learners/"):
            assert client.get(address).status_code == status


def test_reviewers_see_what_waits_for_learners_without_being_called(client, page, reviewer):
    attempt, _looks = judged(page, True)
    client.force_login(reviewer)

    queue = client.get(f"/workspace/{page.organiser.slug}/reviews/?show=peers").content.decode()
    work = client.get(f"/workspace/{page.organiser.slug}/reviews/{attempt.pk}/").content.decode()

    assert 'aria-current="page">With other learners<span class="tabs-count">1</span>' in queue
    assert f"/reviews/{attempt.pk}/" in queue
    assert "1 of 2 have judged it" in work
    assert WORDS in work
    assert not Person.objects.get(pk=reviewer.pk).notifications.exists()


def test_the_list_asks_as_often_for_many_as_for_few(client, page, reviewer):
    client.force_login(reviewer)
    counts = []
    for number in (1, 5):
        for _time in range(number):
            judged(page, True, True)
        counts.append(queries_of(client, f"/workspace/{page.organiser.slug}/reviews/learners/"))

    assert counts[0] == counts[1]
