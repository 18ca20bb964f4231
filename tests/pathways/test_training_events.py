"""Training events: agenda, days, countries of those who came, plans for afterwards."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organisers.models import Membership
from pathways.actions import check_in, register
from pathways.actions.plans import keep_plan
from pathways.agenda import SessionBlock
from pathways.models import ActionPlan, ActivityDate, Attempt, Registration
from pathways.models.attendance import countries_of
from pathways.schedule import remind_of_plans
from portal import clock
from portal.notifications.models import Notification
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.factories.pathways import activity
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PLAN = {"goal": "Train my team", "steps": "Find a room.\nInvite.", "by_when": "2027-06-01"}


@pytest.fixture(autouse=True)
def moment():
    with clock.moved_to(MORNING):
        yield


def event(days=4, **facts):
    """Return an activity on so many days in a row, from an hour ago on."""
    page = activity(judge="presence", kind="course", **facts)
    begins = [clock.now() - timedelta(hours=1) + number * DAY for number in range(days)]
    page.dates = [ActivityDate(begins_at=one, ends_at=one + timedelta(hours=7)) for one in begins]
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def come(page, person, *days, country=""):
    """Let somebody register for, and be at, some of the days."""
    dates = list(ActivityDate.objects.of(page))
    for number in days:
        register(dates[number], by=person, country=country)
        with clock.moved_to(dates[number].begins_at):
            check_in(dates[number], person, by=owner_of(page.organiser))


def has_passed(page, person) -> bool:
    return any(one.is_passed for one in Attempt.objects.of(person).on([page]))


def test_being_there_on_all_days_passes_and_not_before():
    page, person = event(dates_needed=4), PersonFactory()

    come(page, person, 0, 1, 3)
    assert not has_passed(page, person)

    come(page, person, 2)
    assert has_passed(page, person)


@pytest.mark.parametrize(("needed", "days"), [(1, [2]), (3, [0, 1, 3]), (9, [0, 1, 2, 3])])
def test_so_many_days_are_enough(needed, days):
    page, person = event(dates_needed=needed), PersonFactory()

    come(page, person, *days[:-1])
    before = has_passed(page, person)
    come(page, person, days[-1])

    assert (before, has_passed(page, person)) == (False, True)


def test_the_page_shows_what_its_author_wrote(client):
    session = {"begins": time(9, 30), "ends": time(12), "title": "A market of badges", "who": "Mirela T."}
    trainer = {"name": "Bram H.", "role": "trainer", "organisation": "Ratas", "text": "Asks why.", "portrait": None}
    travel = {"host": "Ratas", "place": "Dock 3", "way": "By boat.", "costs": "We pay.", "contact": "r@example.org"}
    page = activity(
        body=[
            ("objectives", ["Judge fairly"]),
            ("agenda", [{"day": date(2027, 3, 1), "title": "Quality", "sessions": [session]}]),
            ("trainers", [trainer]),
            ("logistics", travel),
        ]
    )

    text = client.get(page.url).text

    assert "1 March 2027: Quality" in text
    for words in ["Judge fairly", "A market of badges", "Mirela T.", "Bram H.", "trainer, Ratas", "Asks why."]:
        assert words in text
    for words in ["Dock 3", "By boat.", "We pay.", "r@example.org"]:
        assert words in text


def test_a_session_ends_after_it_begins():
    with pytest.raises(ValidationError):
        SessionBlock().clean({"begins": time(12), "ends": time(11), "title": "Lunch", "who": ""})


def test_countries_of_few_people_are_counted_with_the_others():
    page = event()
    for country, count in {"LT": 6, "ES": 5, "PL": 4, "": 1}.items():
        for _number in range(count):
            come(page, PersonFactory(), 0, 1, country=country)
    member = PersonFactory()
    Membership.objects.create(organiser=OrganiserFactory(country="ES"), person=member, role="issuer")
    come(page, member, 0)
    Registration.objects.create(
        person=PersonFactory(), date_key=page.dates.first().key, activity_key=page.translation_key,
        organiser=page.organiser, country="RO",
    )  # fmt: skip

    shown = [(bar["label"], bar["value"]) for bar in countries_of(page)]

    assert shown == [("Spain", 6), ("Lithuania", 6), ("Other countries, or not known", 5)]


def test_the_page_shows_countries_after_the_first_day_alone(client):
    page = event()
    for _number in range(5):
        come(page, PersonFactory(), 0, country="LT")
    assert "From where people came" not in client.get(page.url).text

    with clock.moved_to(MORNING + DAY):
        text = client.get(page.url).text

    assert "From where people came" in text
    assert "Lithuania</th><td>5</td>" in text


def test_a_country_is_said_at_registration_and_nonsense_is_not_kept(client):
    page = event()
    first, second = list(ActivityDate.objects.of(page))[2:]
    client.force_login(PersonFactory())
    assert 'name="country"' in client.get(page.url).text

    client.post(f"/dates/{first.key}/register/", {"country": "LT"})
    client.post(f"/dates/{second.key}/register/", {"country": "<b>"})

    assert [str(one.country) for one in Registration.objects.order_by("pk")] == ["LT", ""]


def test_who_was_there_writes_a_plan_and_changes_it(client):
    page, person = event(), PersonFactory()
    come(page, person, 0)
    client.force_login(person)
    place = f"/activities/{page.translation_key}/plan/"
    assert place in client.get(page.url).text

    client.post(place, PLAN)
    client.post(place, PLAN | {"goal": "Train two teams", "is_reminded": "on"})

    plan = ActionPlan.objects.get()
    assert (plan.person, plan.goal, plan.organiser, plan.is_reminded) == (
        person,
        "Train two teams",
        page.organiser,
        True,
    )
    client.post(f"{place}delete/")
    assert not ActionPlan.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"goal": ""}, "goal"),
        ({"goal": "x" * 301}, "goal"),
        ({"steps": ""}, "steps"),
        ({"by_when": "2027-02-30"}, "by_when"),
        ({"by_when": "2027-02-28"}, "by_when"),
        ({"by_when": "2999-01-01"}, "by_when"),
    ],
)
def test_bad_input_of_a_plan_is_told_beside_the_field_and_kept(client, facts, field):
    page, person = event(), PersonFactory()
    come(page, person, 0)
    client.force_login(person)

    answer = client.post(f"/activities/{page.translation_key}/plan/", PLAN | facts)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (PLAN | facts)["goal"] in answer.text
    assert not ActionPlan.objects.exists()


def test_a_plan_is_read_by_its_writer_and_those_who_run_the_event(client):
    page, person, other = event(), PersonFactory(name="Nida R."), PersonFactory()
    come(page, person, 0)
    come(page, other, 0)
    facts = PLAN | {"by_when": date(2027, 6, 1), "is_reminded": False}
    keep_plan(page, by=person, **facts)
    place = f"/workspace/{page.organiser.slug}/dates/of/{page.translation_key}/"

    client.force_login(other)
    assert "Train my team" not in client.get(f"/activities/{page.translation_key}/plan/").text
    assert "Train my team" not in client.get(page.url).text
    assert client.get(place).status_code == 404
    client.force_login(owner_of(page.organiser))
    text = client.get(place).text
    assert ("Train my team" in text, "Nida R." in text) == (True, True)
    stranger = PersonFactory()
    client.force_login(stranger)
    assert client.get(f"/activities/{page.translation_key}/plan/").status_code == 404
    with pytest.raises(PermissionDenied):
        keep_plan(page, by=stranger, **facts)


def test_who_asked_for_it_is_reminded_once_on_the_day():
    page, person, other = event(), PersonFactory(), PersonFactory()
    for one, is_reminded in [(person, True), (other, False)]:
        come(page, one, 0)
        keep_plan(page, by=one, **PLAN | {"by_when": date(2027, 6, 1), "is_reminded": is_reminded})
    Notification.objects.all().delete()

    for days in (91, 92, 93):
        with clock.moved_to(MORNING + days * DAY):
            remind_of_plans()

    assert [(one.person, one.event) for one in Notification.objects.all()] == [(person, "pathways/plan_due")]


def test_who_came_on_which_day_costs_the_same_for_many(client):
    page, person = event(), PersonFactory(name="Nida R.")
    come(page, person, 0, 2)
    client.force_login(owner_of(page.organiser))
    place = f"/workspace/{page.organiser.slug}/dates/of/{page.translation_key}/"
    assert "2 / 4" in client.get(place).text
    few = queries_of(client, place)
    for _number in range(5):
        come(page, PersonFactory(), 0, 1)
        keep_plan(page, by=person, **PLAN | {"by_when": date(2027, 6, 1), "is_reminded": False})

    assert queries_of(client, place) == few
