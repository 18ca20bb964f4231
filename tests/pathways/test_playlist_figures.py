"""What the authors of a playlist see of its use: counted by hand, counted slowly, and by whom it is seen."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from badges.actions import collect_badge
from badges.models import Assertion
from pathways.actions import confirm_activity, join_playlist
from pathways.figures import FEWEST, Usage
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, translated, with_role
from tests.pathways.usage import counted_slowly, joined, learner, worked

pytestmark = [pytest.mark.django_db, pytest.mark.services]

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def now():
    """Let it be the middle of June."""
    with clock.moved_to(NOW):
        yield


@pytest.fixture
def page():
    """Return a playlist of two activities."""
    organiser = OrganiserFactory(verified=True, slug="ours")
    return playlist(*[activity(organiser, title=title, minutes=20) for title in ("Brakes", "Chain")])


def activities_of(page) -> list:
    return [step.activity for step in page.live_steps()]


def address(page) -> str:
    return f"/workspace/{page.organiser.slug}/playlists/{page.translation_key}/figures/"


def shown(client, page):
    client.force_login(with_role(page.organiser, "author"))
    return client.get(address(page)).context


def five_people(page):
    """Two finish, one stops at the first activity, one never begins, one leaves at the second one."""
    brakes, chain = activities_of(page)
    for number, day in enumerate([datetime(2026, 5, 2, 9, tzinfo=UTC), NOW - 3 * DAY]):
        person = joined(page, on=day, completed=day + 40 * MINUTE)
        worked(person, brakes, started=day + 10 * MINUTE, passed=day + (10 + number) * MINUTE)
        worked(person, chain, started=day + 40 * MINUTE, passed=day + 40 * MINUTE)
    stuck = joined(page, on=NOW - 100 * DAY)
    worked(stuck, brakes, started=NOW - 99 * DAY, tries=[NOW - 31 * DAY])
    joined(page, on=NOW - 400 * DAY)
    gone = joined(page, on=NOW - 60 * DAY, left=NOW - 50 * DAY)
    worked(gone, brakes, started=NOW - 59 * DAY, passed=NOW - 59 * DAY)
    worked(gone, chain, started=NOW - 58 * DAY, submitted=NOW - 58 * DAY)


def test_five_people_counted_by_hand(client, page):
    five_people(page)

    facts = shown(client, page)

    assert [figure["number"] for figure in facts["figures"]] == [4, 1, 2, 0, 1]
    assert [(one["label"], one["value"], one["second"]) for one in facts["months"]][-4:] == [
        ("March 2026", 1, 0),
        ("April 2026", 0, 0),
        ("May 2026", 1, 1),
        ("June 2026", 1, 1),
    ]
    assert len(facts["months"]) == 12
    assert sum(one["value"] for one in facts["months"]) == 3
    assert [(one["label"], one["value"], one["second"], one["stopped"]) for one in facts["steps"]] == [
        ("Before the first activity", 0, 0, 1),
        ("1. Brakes", 4, 3, 1),
        ("2. Chain", 3, 2, 1),
    ]
    assert facts["minutes"] == []


def test_somebody_has_stopped_after_thirty_days_and_not_before(client, page):
    brakes, _chain = activities_of(page)
    for days in [29, 30, 31, 32, 33]:
        worked(joined(page, on=NOW - 90 * DAY), brakes, started=NOW - days * DAY)

    steps = shown(client, page)["steps"]

    assert [step["stopped"] for step in steps] == [0, 3, 0]


def test_minutes_are_the_middle_of_what_at_least_five_people_needed_in_one_sitting(client, page):
    brakes, chain = activities_of(page)
    for needed in [10, 20, 30, 40, 500]:  # the last one came back on another day
        person = joined(page, on=NOW - DAY)
        done = NOW - DAY + needed * MINUTE
        worked(person, brakes, started=done, passed=done)
        worked(person, chain, started=done + 7 * MINUTE, submitted=done + 7 * MINUTE, passed=done + 2 * DAY)

    few = shown(client, page)["minutes"]
    worked(joined(page, on=NOW), brakes, started=NOW + 26 * MINUTE, passed=NOW + 26 * MINUTE)
    worked(joined(page, on=NOW), brakes, started=NOW + MINUTE / 2, passed=NOW + MINUTE / 2)  # pressed at once
    enough = shown(client, page)["minutes"]

    assert [(one["label"], one["value"], one["second"], one["people"]) for one in few] == [("Chain", 20, 7, 5)]
    assert [(one["label"], one["second"], one["people"]) for one in enough] == [("Brakes", 26, 5), ("Chain", 7, 5)]


@pytest.mark.parametrize("seed", range(3))
def test_random_people_are_counted_as_one_by_one(seed):
    rng = random.Random(seed)
    page = playlist(*[activity(title=f"Stop {number}") for number in range(4)])
    activities = activities_of(page)
    elsewhere = activity(title="Elsewhere")
    for _number in range(90):
        person = joined(page, on=(day := NOW - rng.randrange(120) * DAY), left=rng.choice([None, None, NOW]))
        for one in rng.sample([*activities, elsewhere], rng.randrange(6)):
            started = day + rng.choice([-3 * DAY, 0 * DAY, 9 * DAY]) + rng.randrange(900_000) * timedelta(seconds=0.01)
            later = started + rng.choice([MINUTE, 300 * MINUTE, 40 * DAY])
            facts = [{"passed": started}, {"submitted": later}, {"submitted": later, "passed": later + DAY}, {}]
            worked(person, one, started=started, **rng.choice(facts), tries=rng.choice([[], [later + DAY]]))
            day = rng.choice([day, min(later, NOW)])

    usage = Usage(page, [one.translation_key for one in activities])

    slowly = counted_slowly(page, activities, fewest=FEWEST)
    assert usage.totals() == {name: slowly[name] for name in ("joined", "finished", "left", "active")}
    assert {key: row["reached"] for key, row in usage.reached().items()} == slowly["reached"]
    assert {key: row["passed"] for key, row in usage.reached().items()} == slowly["passed"]
    assert usage.stopped() == slowly["stopped"]
    assert usage.minutes_needed() == slowly["minutes"] != {}


def test_badges_that_were_collected_are_counted(client, page):
    organiser = page.organiser
    rewarded = playlist(activity(organiser), badge_class=published_badge(organiser), title="With a badge")
    people = [PersonFactory() for _number in range(3)]
    for person in people:
        join_playlist(rewarded, by=person)
        confirm_activity(activities_of(rewarded)[0], by=person)
    carry_out()
    for person in people[:2]:
        collect_badge(Assertion.objects.get(email=person.email), by=person)

    figures = {figure["label"]: figure["number"] for figure in shown(client, rewarded)["figures"]}

    assert (figures["finished"], figures["badges collected"]) == (3, 2)


def test_nothing_tells_how_fewer_than_five_people_learn(client, page):
    brakes, _chain = activities_of(page)
    for _number in range(FEWEST - 1):
        worked(joined(page, on=NOW - 90 * DAY), brakes, started=NOW - 80 * DAY)

    facts = shown(client, page)
    assert (facts["steps"], facts["figures"][1]["number"]) == ([], "–")
    assert "You see this once 5 people have joined" in client.get(address(page)).content.decode()

    joined(page, on=NOW - 90 * DAY)
    assert len(shown(client, page)["steps"]) == 3


def test_all_languages_share_the_figures(client, page):
    five_people(page)
    translation = translated(page)
    client.force_login(with_role(page.organiser, "author", PersonFactory(language="lt")))

    response = client.get(address(page))

    assert response.context["page"] == translation
    assert response.context["figures"][0]["number"] == 4


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("author", 200), ("reviewer", 403), ("issuer", 403)])
def test_those_who_write_see_the_figures(client, page, role, status):
    client.force_login(with_role(page.organiser, role))

    assert client.get(address(page)).status_code == status
    assert (address(page) in client.get(page.url).content.decode()) == (status == 200)
    listed = client.get(f"/workspace/{page.organiser.slug}/playlists/").content.decode()
    assert (address(page) in listed) == (status == 200)


def test_nobody_else_sees_them(client, page):
    other = OrganiserFactory(verified=True)
    client.force_login(with_role(other, "owner"))

    assert client.get(address(page)).status_code == 404
    assert client.get(address(page).replace(page.organiser.slug, other.slug)).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(address(page)).status_code == 404
    assert address(page) not in client.get(page.url).content.decode()


def test_a_playlist_without_learners_says_so(client, page):
    client.force_login(with_role(page.organiser, "author"))

    assert "No figures yet" in client.get(address(page)).content.decode()


def queries(client, page) -> int:
    client.get(address(page))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(page)).status_code == 200
    return len(asked)


def test_as_many_queries_for_many_activities_and_learners(client, page):
    five_people(page)
    client.force_login(with_role(page.organiser, "author"))
    few = queries(client, page)

    long = playlist(*[activity(page.organiser, title=f"Stop {number}") for number in range(30)], title="Long")
    for number in range(30):
        person = joined(long, on=NOW - number * DAY, person=learner())
        for one in activities_of(long)[:number]:
            worked(person, one, started=NOW - number * DAY + MINUTE, passed=NOW - number * DAY + 2 * MINUTE)

    assert queries(client, long) == few <= 30
