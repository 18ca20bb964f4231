"""What a playlist asks for beyond n of m: groups, an order, what is needed before; and what its changes leave alone."""

import pytest
from django.core.exceptions import ValidationError

from badges.actions import collect_badge
from badges.models import BadgeClass
from pathways.actions import confirm_activity, join_playlist
from pathways.blocks import BadgeAddressBlock
from pathways.models import Enrolment, PlaylistChange, lay_routes
from pathways.schedule import complete_met_playlists
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, published_badge
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist

pytestmark = pytest.mark.django_db


@pytest.fixture
def stops():
    organiser = OrganiserFactory(verified=True)
    return [activity(organiser, title=f"Stop {number}") for number in range(1, 5)]


def on(page) -> tuple:
    person = PersonFactory()
    return person, join_playlist(page, by=person)


def published(page, *activities, **facts):
    """Publish a playlist with other activities or another rule, as its author does."""
    for name, value in facts.items():
        setattr(page, name, value)
    if activities:
        step = type(page.steps.first())
        page.steps = [step(activity=one, sort_order=number) for number, one in enumerate(activities)]
    page.save_revision().publish()
    return page


def do(person, *activities):
    for one in activities:
        confirm_activity(one, by=person)


def is_completed(person):
    return Enrolment.objects.get(person=person).is_completed


# --- groups -----------------------------------------------------------------------------------------------------------


def grouped(stops, needed):
    page = playlist(*stops, required_count=2)
    page.groups = [("group", {"letter": "A", "title": "Tools", "needed": needed})]
    rows = list(page.steps.all())
    for row in rows[:3]:
        row.group = "A"
    page.steps = rows
    return published(page)


@pytest.mark.parametrize(("done", "is_enough"), [([0, 3], False), ([0, 1], True), ([3, 1, 2], True)])
def test_two_of_these_three(stops, done, is_enough):
    person, _enrolment = on(grouped(stops, 2))

    do(person, *[stops[number] for number in done])

    assert is_completed(person) is is_enough


def test_the_rule_says_its_groups(stops, client):
    page = grouped(stops, 2)

    assert "2 of 4 activities, 2 of “Tools”" in client.get(page.url).content.decode()


# --- one after another ------------------------------------------------------------------------------------------------


def test_activities_open_one_after_another(stops, client):
    page = playlist(*stops, order="fixed")
    person, _enrolment = on(page)
    client.force_login(person)

    with pytest.raises(StepRefused, match="Finish “Stop 1” first"):
        do(person, stops[1])
    assert "Finish “Stop 1” first." in client.get(stops[1].url).content.decode()
    do(person, *stops)

    assert is_completed(person)


def test_who_has_not_joined_is_told_to_join_first(stops):
    page = playlist(*stops, order="fixed")

    with pytest.raises(StepRefused, match=f"Join the playlist “{page.title}” first"):
        do(PersonFactory(), stops[0])


def test_an_activity_that_stands_in_a_free_playlist_as_well_is_open(stops):
    playlist(*stops, order="fixed")
    playlist(stops[1], title="Free")

    do(PersonFactory(), stops[1])


def test_the_route_shows_what_is_locked(stops):
    page = playlist(*stops, order="fixed")
    person, _enrolment = on(page)
    do(person, stops[0])

    route = lay_routes([page], locale=page.locale, person=person, is_joined=True)[0]

    assert [stop.state for stop in route.stops] == ["done", "now", "locked", "locked"]


# --- what is needed before --------------------------------------------------------------------------------------------


def address(badge: BadgeClass) -> str:
    return f"http://localhost:8000{badge.get_absolute_url()}"


@pytest.mark.parametrize(
    ("needed", "held", "may_join"), [(None, 1, False), (None, 2, True), (1, 1, True), (1, 0, False)]
)
def test_badges_that_are_needed_before(stops, client, needed, held, may_join):
    badges = [published_badge(stops[0].organiser, name=name) for name in ("Brakes", "Chains")]
    wanted = {"badges": [address(badge) for badge in badges], "needed": needed}
    page = playlist(*stops, prerequisites=[("badges", wanted)])
    person = PersonFactory()
    for badge in badges[:held]:
        collect_badge(assertion(badge, person.email, person.name), by=person)
    client.force_login(person)

    seen = client.get(page.url).content.decode()
    answer = client.post(f"/learn/playlists/{page.pk}/join/")

    assert "What you need before" in seen
    assert "Brakes" in seen
    assert Enrolment.objects.exists() is may_join
    assert answer.status_code == (302 if may_join else 409)


@pytest.mark.parametrize("key", ["-" * 36, "0" * 36, "11111111-1111-1111-1111-111111111111"])
def test_an_address_of_no_badge_is_refused(key):
    with pytest.raises(ValidationError, match="no published badge"):
        BadgeAddressBlock().clean(f"http://localhost:8000/badges/{key}/")


def test_another_playlist_that_is_needed_before(stops):
    first = playlist(stops[0], title="First")
    second = playlist(stops[1], title="Second", prerequisites=[("playlist", first)])
    person = PersonFactory()

    with pytest.raises(StepRefused, match="First"):
        join_playlist(second, by=person)
    join_playlist(first, by=person)
    do(person, stops[0])

    assert join_playlist(second, by=person).is_under_way


def test_who_is_on_it_stays_on_it_when_something_is_needed_later(stops):
    page = playlist(*stops)
    person, enrolment = on(page)
    wanted = {"badges": [address(published_badge(page.organiser))], "needed": None}

    published(page, prerequisites=[("badges", wanted)])

    assert join_playlist(page, by=person) == enrolment


# --- changes ----------------------------------------------------------------------------------------------------------


def test_nobody_loses_a_step_when_an_activity_is_taken_out(stops, client):
    page = playlist(*stops[:3])
    person, _enrolment = on(page)
    do(person, stops[0], stops[1])

    published(page, *stops[1:])
    client.force_login(person)
    seen = client.get(page.url).content.decode()
    do(person, stops[2])

    assert "What you did counts." in seen
    assert "New: Stop 4" in seen
    assert "Taken out: Stop 1" in seen
    assert is_completed(person)


def test_what_changed_is_shown_until_it_was_read(stops, client):
    page = playlist(*stops[:3])
    person, _enrolment = on(page)
    published(page, required_count=2)
    client.force_login(person)
    assert "It asks for this now: 2 of 3 activities." in client.get(page.url).content.decode()

    client.post(f"/learn/playlists/{page.pk}/changes/")

    assert "It asks for this now" not in client.get(page.url).content.decode()


def test_publishing_the_same_again_changes_nothing(stops):
    page = playlist(*stops)
    on(page)

    published(page, summary="Other words.")

    assert not PlaylistChange.objects.exists()


def test_who_joins_later_reads_nothing_of_earlier_changes(stops, client):
    page = playlist(*stops[:2])
    on(page)
    published(page, *stops[:3])
    person, _enrolment = on(page)
    client.force_login(person)

    assert "has changed this playlist" not in client.get(page.url).content.decode()


@pytest.mark.parametrize("rule", [{}, {"required_count": 3}])
def test_nobody_is_done_because_an_activity_was_unpublished(stops, client, rule):
    away = stops[-1]
    page = playlist(*stops, compulsory=[away], **rule)
    person, enrolment = on(page)
    for one in stops[:-1]:
        confirm_activity(one, by=person)
    client.force_login(person)
    before = client.get(page.url).content.decode()
    away.unpublish()

    complete_met_playlists()
    enrolment.refresh_from_db()
    seen = client.get(page.url).content.decode()

    assert not enrolment.is_completed
    assert ("is not published at the moment" in before, "is not published at the moment" in seen) == (False, True)
    away.save_revision().publish()
    confirm_activity(away, by=person)
    enrolment.refresh_from_db()
    assert enrolment.is_completed


def test_what_one_passed_counts_while_it_is_unpublished(stops):
    page = playlist(*stops, compulsory=stops[:1])
    person, enrolment = on(page)
    confirm_activity(stops[0], by=person)
    stops[0].unpublish()

    route = lay_routes([page], locale=page.locale, person=person, is_joined=True)[0]
    assert (route.done, route.needed, route.is_held_up) == (1, 4, False)
    for one in stops[1:]:
        confirm_activity(one, by=person)

    enrolment.refresh_from_db()
    assert enrolment.is_completed


def test_a_rule_that_is_met_because_it_was_changed_completes_by_the_clock(stops):
    page = playlist(*stops)
    person, _enrolment = on(page)
    do(person, stops[0])

    published(page, stops[1], required_count=1)
    complete_met_playlists()

    assert is_completed(person)


# --- archive ----------------------------------------------------------------------------------------------------------


def test_an_archived_playlist_takes_nobody_new_and_stands_in_no_list(stops, client):
    page = playlist(*stops)
    person, _enrolment = on(page)
    published(page, is_archived=True)

    with pytest.raises(StepRefused, match="archived"):
        on(page)
    assert page.title not in client.get("/en/playlists/").content.decode()
    assert "Nobody new can join" in client.get(page.url).content.decode()
    do(person, *stops)
    assert is_completed(person)
