"""Being there: the code at the door, the list that staff tick, and the activity that is passed by presence."""

from datetime import UTC, datetime, timedelta

import pytest

from pathways.actions import check_in, join_playlist, register
from pathways.actions.dates import check_in_code
from pathways.models import ActivityDate, Attempt, Registration
from portal import clock
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, playlist, with_role
from tests.pathways.test_dates import date_of

pytestmark = pytest.mark.django_db
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def date():
    with clock.moved_to(MORNING):
        yield date_of(activity(judge="presence"), begins=timedelta(hours=1))


def arrive(client, date, code=None):
    return client.get(f"/check-in/{date.key}/{code or check_in_code(date)}/")


def test_the_code_at_the_door_checks_in_and_passes_the_activity(client, date):
    learner = PersonFactory()
    register(date, by=learner)
    client.force_login(learner)

    page = arrive(client, date)
    client.post(page.request["PATH_INFO"])

    assert page.status_code == 200
    assert Registration.objects.get().is_attended
    assert Attempt.objects.get(person=learner).is_passed


def test_who_comes_unasked_takes_a_free_place(client, date):
    client.force_login(PersonFactory())

    client.post(arrive(client, date).request["PATH_INFO"])

    assert Registration.objects.get().is_attended


def test_who_waits_is_sent_to_the_people_at_the_door(client, date):
    learner = PersonFactory()
    for one in [PersonFactory(), PersonFactory(), learner]:
        register(date, by=one)
    client.force_login(learner)

    answer = client.post(arrive(client, date).request["PATH_INFO"])

    assert answer.status_code == 409
    assert "Ask at the door." in answer.content.decode()


@pytest.mark.parametrize("ends_before", [False, True])
def test_who_has_no_place_at_a_full_date_reads_so_and_may_wait_in_line(client, date, ends_before):
    for one in [PersonFactory(), PersonFactory()]:
        register(date, by=one)
    if ends_before:
        ActivityDate.objects.update(closes_at=clock.now())
    client.force_login(PersonFactory())

    page = arrive(client, date)
    answer = client.post(page.request["PATH_INFO"])

    assert (page.status_code, answer.status_code) == (200, 409)
    for text in (page.text, answer.text):
        assert "All places are taken. Ask at the door." in text
        assert "you are on the waiting list" not in text
        assert "I am here" not in text
        assert (f'action="/dates/{date.key}/register/"' in text) is not ends_before
    assert Registration.objects.count() == 2


def test_who_is_faster_by_a_moment_takes_the_last_place(date):
    for one in [PersonFactory(), PersonFactory()]:
        register(date, by=one)
    late = PersonFactory()

    with pytest.raises(StepRefused, match=r"All places are taken\. Ask"):
        check_in(date, late, by=late)


def test_a_wrong_code_opens_nothing_to_who_has_opened_a_good_one(client, date):
    client.force_login(PersonFactory())
    arrive(client, date)

    answer = arrive(client, date, "0000000000000000")

    assert answer.status_code == 410
    assert "I am here" not in answer.text
    assert client.post(answer.request["PATH_INFO"]).status_code == 410


@pytest.mark.parametrize("age", [timedelta(minutes=3), timedelta(days=1)])
def test_a_code_from_before_says_what_to_do(client, date, age):
    client.force_login(PersonFactory())

    answer = arrive(client, date, check_in_code(date, clock.now() - age))

    assert answer.status_code == 410
    assert "changes every minute" in answer.content.decode()
    assert client.post(answer.request["PATH_INFO"]).status_code == 410
    assert not Registration.objects.exists()


def test_who_signs_in_on_the_way_has_a_quarter_of_an_hour(client, date):
    learner = PersonFactory()
    code = check_in_code(date)
    to_sign_in = arrive(client, date, code)
    client.force_login(learner)

    with clock.moved_to(MORNING + timedelta(minutes=14)):
        client.post(f"/check-in/{date.key}/{code}/")
    assert to_sign_in.status_code == 302
    assert Registration.objects.get().is_attended


def test_nobody_checks_in_a_day_before(client, date):
    client.force_login(PersonFactory())
    with clock.moved_to(MORNING - timedelta(days=1)):
        answer = client.post(arrive(client, date).request["PATH_INFO"])

    assert answer.status_code == 409
    assert "two hours before" in answer.content.decode()


def test_staff_tick_and_take_a_tick_back(client, date):
    registered = register(date, by=PersonFactory())
    client.force_login(with_role(date.page.organiser, "reviewer"))
    address = f"/workspace/{date.page.organiser.slug}/dates/{date.key}/"

    client.post(f"{address}{registered.pk}/")
    assert Registration.objects.get().is_attended
    client.post(f"{address}{registered.pk}/")

    assert Registration.objects.get().is_registered
    assert Attempt.objects.get().is_passed


@pytest.mark.parametrize(("opens", "closes"), [(None, -1), (1, None)])
def test_who_is_there_passes_whatever_day_the_activity_opens_or_closes(date, opens, closes):
    days = {"opens_on": opens, "closes_on": closes}
    facts = {name: clock.today() + timedelta(days=number) for name, number in days.items() if number}
    type(date.page).objects.filter(pk=date.page_id).update(**facts)
    registered = register(date, by=PersonFactory())

    check_in(ActivityDate.objects.get(pk=date.pk), registered.person, by=with_role(date.page.organiser, "reviewer"))

    assert Attempt.objects.get(person=registered.person).is_passed


@pytest.mark.parametrize("joins", [False, True])
def test_who_is_there_passes_whatever_comes_before_it_in_a_playlist(date, joins):
    first = activity(date.page.organiser)
    page = playlist(first, date.page.specific, order="fixed")
    learner = PersonFactory()
    if joins:
        join_playlist(page, by=learner)

    check_in(date, learner, by=with_role(date.page.organiser, "reviewer"))

    assert Registration.objects.get().is_attended
    assert Attempt.objects.get(person=learner).is_passed


def test_the_door_shows_the_code_of_this_minute_to_staff_alone(client, date):
    address = f"/workspace/{date.page.organiser.slug}/dates/{date.key}/door/"
    client.force_login(with_role(date.page.organiser, "author"))
    page = client.get(address)

    assert check_in_code(date) in page.content.decode()
    assert page["Refresh"] == "20"
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 404


def test_a_calendar_takes_the_date(client, date):
    file = client.get(f"/dates/{date.key}/date.ics")

    assert file["Content-Type"].startswith("text/calendar")
    assert b"DTSTART:20270301T100000Z" in file.content
    assert b"SUMMARY:Brake check" in file.content
