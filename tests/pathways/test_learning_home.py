"""A learner's own page: what starts soon, and what they could go on with."""

from datetime import timedelta

import pytest

from pathways.actions import confirm_activity, join_playlist, register
from pathways.models import ActivityDate
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, translated
from tests.pathways.test_dates import date_of
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
PAGE = "/learning/"


@pytest.fixture
def learner(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def test_dates_to_come_stand_in_their_order(client, learner):
    pages = [activity(title=title) for title in ("Later", "Sooner", "Over")]
    dates = [date_of(page, begins=timedelta(days=days)) for page, days in zip(pages, [9, 2, 5], strict=True)]
    for date in dates:
        register(date, by=learner)
    ActivityDate.objects.filter(pk=dates[2].pk).update(ends_at=clock.now() - timedelta(days=1))

    soon = client.get(PAGE).context["soon"]

    assert [one.activity.title for one in soon] == ["Sooner", "Later"]


def test_a_date_of_an_activity_in_two_languages_stands_once(client, learner):
    page = activity()
    date = date_of(page)
    translated(page)
    register(date, by=learner)

    assert len(client.get(PAGE).context["soon"]) == 1


def test_playlists_of_which_something_is_done_are_offered_the_furthest_first(client, learner):
    organiser = OrganiserFactory(verified=True)
    one, two, three = [activity(organiser, title=title) for title in "ABC"]
    near, far = playlist(one, two, three, title="Near"), playlist(one, three, title="Far")
    playlist(three, title="Nothing done")
    joined = playlist(one, title="Joined", required_count=1)
    join_playlist(joined, by=learner)
    confirm_activity(one, by=learner)
    confirm_activity(two, by=learner)

    offered = client.get(PAGE).context["next"]

    assert [route.playlist for route in offered] == [near, far]


def test_what_wants_something_else_before_is_not_offered(client, learner):
    one, two = activity(), activity(title="Chain")
    wanted = {"badges": [f"http://localhost{published_badge(one.organiser).get_absolute_url()}"], "needed": None}
    playlist(one, two, prerequisites=[("badges", wanted)])
    confirm_activity(one, by=learner)

    assert client.get(PAGE).context["next"] == []


def test_the_page_asks_as_often_for_many_as_for_few(client, learner):
    organiser = OrganiserFactory(verified=True)
    one = activity(organiser)
    counts = []
    for number in (1, 11):
        for _time in range(number):
            playlist(one, activity(organiser), title="More")
            register(date_of(activity(organiser)), by=learner)
        if number == 1:
            confirm_activity(one, by=learner)
        counts.append(queries_of(client, PAGE))

    assert counts[0] == counts[1]
