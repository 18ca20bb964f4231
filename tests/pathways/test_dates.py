"""Dates of an activity: places, the waiting list, and who moves up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from pathways.actions import cancel_registration, check_in, register
from pathways.models import ActivityDate, ActivityPage, Registration
from pathways.schedule import fill_free_places
from portal import clock
from portal.notifications.letters import inbox_lines, letter
from portal.notifications.models import Notification, OutgoingMail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.pages import city
from tests.factories.pathways import activity, translated, with_role
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)


def date_of(page, *, capacity=2, begins=timedelta(days=7), **facts) -> ActivityDate:
    """Return a date of an activity, as its author writes it in the editor."""
    begins_at = clock.now() + begins
    page.dates = [ActivityDate(begins_at=begins_at, ends_at=begins_at + timedelta(hours=2), capacity=capacity, **facts)]
    page.save_revision().publish()
    return ActivityDate.objects.get(page=page)


def states(date):
    rows = Registration.objects.on(date).order_by("asked_at", "pk").values_list("person__name", "state")
    return [f"{name} {state}" for name, state in rows]


def person(name):
    return PersonFactory(name=name)


def test_places_are_given_in_order_and_the_rest_waits():
    date = date_of(activity())

    for name in "ABCD":
        register(date, by=person(name))

    assert states(date) == ["A registered", "B registered", "C waiting", "D waiting"]
    assert [one.place for one in Registration.objects.on(date).with_place_in_line()] == [1, 2]
    assert not OutgoingMail.objects.exists()


def test_who_gives_a_place_back_lets_the_first_in_line_up_and_they_are_told():
    date = date_of(activity(title="Brake clinic"))
    first, *_rest = [register(date, by=person(name)) for name in "ABCD"]

    cancel_registration(first, by=first.person)

    assert states(date) == ["A cancelled", "B registered", "C registered", "D waiting"]
    assert list(OutgoingMail.objects.values_list("event", "person__name")) == [("pathways/place_free", "C")]


def test_the_mail_says_of_what_place_and_when_in_the_language_of_its_reader(client):
    page = activity(title="Brake clinic", mode="on-site", address="Bridge 1", city=city("Barcelona", "ES"))
    with clock.moved_to(MORNING):
        date = date_of(page, capacity=1, room="Room 3")
        ActivityPage.objects.filter(pk=translated(page).pk).update(title="Stabdžiai")
        first = register(date, by=person("A"))
        register(date, by=PersonFactory(language="lt"))
        cancel_registration(first, by=first.person)

    mail = letter(OutgoingMail.objects.get())

    assert "Stabdžiai" in mail.subject
    for words in (
        "Stabdžiai",
        "2027 m. kovo 8 d.",
        "10:00–12:00",
        "Bridge 1, Barcelona",
        "Room 3",
        f"{page.translation_key}/#dates",
    ):
        assert words in mail.body
        assert words in mail.alternatives[0][0]
    [line] = inbox_lines(list(Notification.objects.all()))
    assert line["link"].endswith("/#dates")


@pytest.mark.parametrize("is_ticked", [False, True])
def test_nobody_comes_to_what_is_past(client, is_ticked):
    with clock.moved_to(MORNING):
        date = date_of(activity(), capacity=2)
        registered, *_rest = [register(date, by=person(name)) for name in "ABC"]
    if is_ticked:
        with clock.moved_to(date.begins_at):
            check_in(date, registered.person, by=registered.person)

    with clock.moved_to(date.ends_at):
        text = client.get(date.page.url).text

    assert ("1 person came" in text, "2 people were registered" in text) == (is_ticked, not is_ticked)
    assert "places taken" not in text
    assert "person waits" not in text


def test_who_comes_back_stands_at_the_end_of_the_line():
    date = date_of(activity(), capacity=1)
    first, _second = [register(date, by=person(name)) for name in "AB"]
    cancel_registration(first, by=first.person)

    register(date, by=first.person)

    assert states(date) == ["B registered", "A waiting"]


def test_more_room_is_filled_by_the_clock():
    date = date_of(activity(), capacity=1)
    for name in "ABC":
        register(date, by=person(name))
    ActivityDate.objects.filter(pk=date.pk).update(capacity=2)

    fill_free_places()

    assert states(date) == ["A registered", "B registered", "C waiting"]


def test_there_is_room_for_everybody_where_no_number_is_given():
    date = date_of(activity(), capacity=None)

    for name in "ABC":
        register(date, by=person(name))

    assert states(date) == ["A registered", "B registered", "C registered"]


def test_nobody_registers_twice_nor_after_the_end_of_registration():
    with clock.moved_to(MORNING):
        date = date_of(activity(), closes_at=MORNING + timedelta(days=2))
        registered = register(date, by=person("A"))
        with pytest.raises(StepRefused, match="already"):
            register(date, by=registered.person)
    with clock.moved_to(MORNING + timedelta(days=2)), pytest.raises(StepRefused, match="over"):
        register(date, by=person("B"))


def test_a_place_is_given_back_by_its_holder_or_by_those_who_run_the_date():
    date = date_of(activity())
    registered = register(date, by=person("A"))

    with pytest.raises(PermissionDenied):
        cancel_registration(registered, by=person("B"))
    cancel_registration(registered, by=with_role(date.page.organiser, "author"))

    assert states(date) == ["A cancelled"]


def test_a_date_is_the_same_in_every_language(client):
    page = activity()
    date = date_of(page)
    lithuanian = translated(page)
    learner = person("A")
    client.force_login(learner)

    client.post(f"/dates/{lithuanian.dates.get().key}/register/")

    assert lithuanian.dates.get().key == date.key
    assert Registration.objects.get().person == learner
    assert [one.mine.state for one in ActivityDate.objects.of(lithuanian).with_line(learner)] == ["registered"]


@pytest.mark.parametrize("how", [{}, {"publish_copies": "on"}, {"alias": "on"}])
def test_a_copied_activity_has_dates_of_its_own(client, organiser, how):
    page = activity(organiser, slug="march")
    date = date_of(page)
    learner = person("A")
    register(date, by=learner)
    form = {"new_title": "April", "new_slug": "april", "new_parent_page": page.get_parent().pk}

    client.post(f"/cms/pages/{page.pk}/copy/", form | how)
    copy = type(page).objects.get(slug="april")
    copy.get_latest_revision_as_object().save_revision().publish()

    own = copy.dates.get()
    assert own.key != date.key
    assert (clock.day_of(own.begins_at), own.capacity) == (clock.day_of(date.begins_at), date.capacity)
    assert [one.mine for one in ActivityDate.objects.of(copy).with_line(learner)] == [None]
    register(own, by=learner)
    assert Registration.objects.count() == 2


def test_the_page_says_how_one_stands(client):
    page = activity()
    date = date_of(page, capacity=1, room="Room 3, second floor")
    holder, waiting = person("A"), person("B")
    register(date, by=holder)
    stranger = client.get(page.url).content.decode()

    client.force_login(waiting)
    assert "Join the waiting list" in client.get(page.url).content.decode()
    client.post(f"/dates/{date.key}/register/")
    in_line = client.get(page.url).content.decode()
    client.force_login(holder)
    has_place = client.get(page.url).content.decode()

    assert "1 of 1 place taken" in stranger
    assert "Room 3" not in stranger + in_line
    assert "On the waiting list: number 1" in in_line
    assert "You have a place" in has_place
    assert "Room 3" in has_place


def test_the_page_asks_as_often_for_many_dates_as_for_one(client):
    page = activity()
    client.force_login(person("A"))
    begins = [clock.now() + timedelta(days=n) for n in range(1, 31)]
    counts = []
    for number in (1, 30):
        page.dates = [
            ActivityDate(begins_at=day, ends_at=day + timedelta(hours=1), capacity=2) for day in begins[:number]
        ]
        page.save_revision().publish()
        counts.append(queries_of(client, page.url))

    assert counts[0] == counts[1]


def test_an_unpublished_activity_takes_nobody():
    date = date_of(activity())
    date.page.unpublish()

    with pytest.raises(StepRefused):
        register(date, by=person("A"))
