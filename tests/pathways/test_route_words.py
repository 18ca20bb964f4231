"""What a route says of its stops, and what a learner reads on joining."""

import pytest

from pathways.actions import judge_attempt
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, reviewed_activity, waiting_attempt, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def stops():
    organiser = OrganiserFactory(verified=True)
    return [activity(organiser, title=f"Stop {number}") for number in range(1, 5)]


def test_joining_one_in_a_fixed_order_does_not_say_to_begin_anywhere(stops, client):
    client.force_login(PersonFactory())

    fixed, free = (
        client.post(f"/learn/playlists/{playlist(*stops, order=order).pk}/join/", follow=True).content.decode()
        for order in ("fixed", "free")
    )

    assert "Its activities open one after another." in fixed
    assert "Begin where you like" not in fixed
    assert "Begin where you like" in free


@pytest.mark.parametrize(
    ("compulsory", "needed", "optional"), [(1, 3, 0), (0, 3, 0), (2, 2, 2), (1, 1, 3), (0, None, 0), (1, None, 0)]
)
def test_only_what_counts_for_nothing_is_called_optional(stops, client, compulsory, needed, optional):
    page = playlist(*stops, compulsory=stops[:compulsory], required_count=needed)

    assert client.get(page.url).content.decode().count("<span>optional</span>") == optional


def test_a_choice_within_a_group_is_not_optional(stops, client):
    page = playlist(*stops, compulsory=stops[:2], required_count=2)
    page.groups = [("group", {"letter": "A", "title": "Tools", "needed": 1})]
    rows = list(page.steps.all())
    for row in rows[1:3]:
        row.group = "A"
    page.steps = rows
    page.save_revision().publish()

    assert client.get(page.url).content.decode().count("<span>optional</span>") == 1


def test_the_route_says_that_work_came_back(stops, client):
    work = reviewed_activity(stops[0].organiser)
    page = playlist(work, *stops)
    attempt = waiting_attempt(work, PersonFactory())
    judge_attempt(attempt, by=with_role(work.organiser, "reviewer"), accept=False, feedback="Show the brake.")
    client.force_login(attempt.person)
    client.post(f"/learn/playlists/{page.pk}/join/")

    seen = client.get(page.url).content.decode()

    assert "Sent back to you" in seen
    assert ": next<" not in seen
