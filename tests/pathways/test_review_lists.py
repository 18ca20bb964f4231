"""The lists of work to judge: what a reviewer may not judge is no link, and tabs count what they list."""

import pytest

from pathways.actions import ask_for_second_opinion, judge_attempt
from pathways.models import Attempt
from pathways.permissions import may_judge
from portal.accounts.models import Person
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.factories.pathways import (
    peer_activity,
    reviewed_activity,
    waiting_attempt,
    with_page_role,
    with_role,
)

pytestmark = pytest.mark.django_db


def doubted(page, first):
    """Return an attempt of which a second opinion was asked after a reviewer returned it."""
    with_role(page.organiser, "reviewer")
    attempt = judge_attempt(waiting_attempt(page), by=first, accept=False, feedback="Show the second brake as well.")
    return ask_for_second_opinion(page, by=attempt.person, doubt="It is on the second photo.")


def queue(client, organiser, user, query=""):
    client.force_login(user)
    return client.get(f"/workspace/{organiser.slug}/reviews/{query}").content.decode()


def test_who_judged_before_reads_why_there_is_no_link(client):
    page = reviewed_activity()
    first = with_role(page.organiser, "reviewer")
    attempt = doubted(page, first)
    place = f'href="/workspace/{page.organiser.slug}/reviews/{attempt.pk}/"'

    for query in ("", "?show=judged"):
        seen = queue(client, page.organiser, first, query)
        assert place not in seen
        assert "You judged this before; somebody else looks at it now." in seen

    other = with_role(page.organiser, "reviewer")
    assert place in queue(client, page.organiser, other)


def test_who_reviews_one_activity_reads_it_as_well(client):
    page = reviewed_activity()
    first = with_page_role(page, "reviewer")
    attempt = doubted(page, first)
    client.force_login(first)

    seen = client.get("/learning/reviews/").content.decode()

    assert "You judged this before; somebody else looks at it now." in seen
    assert f"/reviews/{attempt.pk}/" not in seen


def test_own_work_is_no_link(client):
    page = reviewed_activity()
    reviewer = with_role(page.organiser, "reviewer")
    attempt = waiting_attempt(page, reviewer)

    seen = queue(client, page.organiser, reviewer)

    assert "This is your own work; somebody else judges it." in seen
    assert f"/reviews/{attempt.pk}/" not in seen


def test_the_bars_agree_with_who_may_judge():
    page = reviewed_activity()
    network = OrganiserFactory(verified=True, is_network=True)
    training = reviewed_activity(network)
    reviewer = with_role(page.organiser, "reviewer")
    MembershipFactory(organiser=network, person=reviewer, role="reviewer")
    doubted(page, reviewer)
    waiting_attempt(page, reviewer)
    waiting_attempt(page)
    waiting_attempt(training, with_role(page.organiser, "author"))
    waiting_attempt(training)
    reviewer = Person.objects.get(pk=reviewer.pk)

    found = Attempt.objects.with_bars_to(reviewer).order_by("pk")

    assert [one.bar for one in found] == ["judged", "own", "", "together", ""]
    assert [may_judge(one, reviewer) for one in found] == [not one.bar for one in found]


@pytest.mark.parametrize("is_network", [False, True])
def test_the_form_says_when_each_part_is_needed(client, is_network):
    page = reviewed_activity(OrganiserFactory(verified=True, is_network=is_network))
    attempt = waiting_attempt(page)
    client.force_login(with_role(page.organiser, "reviewer"))

    seen = client.get(f"/workspace/{page.organiser.slug}/reviews/{attempt.pk}/").content.decode()

    assert "(to accept, tick each line)" in seen
    assert ("(needed when you return the work)" in seen) is not is_network
    assert "(optional)" not in seen


def test_what_is_with_other_learners_is_a_list_of_its_own(client):
    page = peer_activity()
    mine = reviewed_activity(page.organiser)
    with_peers, with_reviewers = waiting_attempt(page), waiting_attempt(mine)
    reviewer = with_role(page.organiser, "reviewer")

    waiting, peers = (queue(client, page.organiser, reviewer, query) for query in ("", "?show=peers"))

    assert 'Waiting<span class="tabs-count">1</span>' in waiting
    assert 'With other learners<span class="tabs-count">1</span>' in waiting
    assert (f"/reviews/{with_reviewers.pk}/" in waiting, f"/reviews/{with_peers.pk}/" in waiting) == (True, False)
    assert (f"/reviews/{with_reviewers.pk}/" in peers, f"/reviews/{with_peers.pk}/" in peers) == (False, True)
