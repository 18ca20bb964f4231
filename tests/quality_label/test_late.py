"""What is late says by how many days, in the same words wherever somebody looks at it."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.accounts.models import NetworkRole, Person
from quality_label.models import Application, ApplicationPause, Assignment
from tests.factories.accounts import PersonFactory
from tests.factories.label import (
    ApplicationFactory,
    AssignmentFactory,
    case_in_consensus,
    panel_of,
    ready_case,
    review_under_way,
)
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
DAY_0 = datetime(2027, 3, 1, 9, tzinfo=UTC)
CASES, JUDGING = "/network/applications/", "/quality-label/places/"


def on_day(number):
    return clock.moved_to(DAY_0 + timedelta(days=number))


def texts(client, person, day, *addresses) -> list[str]:
    with on_day(day):
        client.force_login(person)
        return [client.get(address, follow=True).text for address in addresses]


def lateness(text) -> list[str]:
    """Return the marks of lateness on a page."""
    marks = [part.split("</span>")[0] for part in text.split('<span class="state" data-tone="danger">')[1:]]
    return [words for mark in marks if "late" in (words := mark.rpartition(">")[2])]


def test_a_review_whose_day_passed_before_the_days_stood_still_says_so(client, reviewing):
    case, place, lead = reviewing
    with on_day(23):
        ApplicationPause.objects.create(application=case, cause="clarification", stopped_on=clock.today())

    judging, desk = texts(client, place.person, 25, JUDGING, f"/quality-label/desk/{place.key}/A1/")
    [overview] = texts(client, lead.person, 25, f"/quality-label/lead/{case.key}/")

    assert "was due on 21 Mar 2027" in judging
    assert "the days stand still; your review was due on 21 March 2027, before that" in desk
    assert "was due on 21 March 2027, before the days stood still" in overview


@pytest.fixture
def reviewing():
    """A case whose reviews were due on day 20, with its coordinator."""
    with on_day(0):
        case, assessors, lead = review_under_way()
        Assignment.objects.filter(pk__in=[one.pk for one in assessors]).update(
            due_on=(DAY_0 + timedelta(days=20)).date()
        )
    return case, Assignment.objects.get(pk=assessors[0].pk), lead


@pytest.mark.parametrize(("day", "expected"), [(20, []), (21, ["1 day late"]), (23, ["3 days late"])])
def test_an_assessor_sees_an_overdue_review_on_every_way_to_it(client, reviewing, day, expected):
    _case, place, _lead = reviewing

    pages = texts(client, place.person, day, JUDGING, place.get_absolute_url(), f"/quality-label/desk/{place.key}/A1/")

    assert [lateness(page) for page in pages] == [expected] * 3


def test_lead_and_coordinator_see_which_review_is_late(client, reviewing):
    case, _place, lead = reviewing
    coordinator = Person.objects.get(pk=case.coordinator_id)

    (of_lead,) = texts(client, lead.person, 23, f"/quality-label/lead/{case.key}/")
    listed, shown = texts(client, coordinator, 23, CASES, f"{CASES}{case.key}/")

    assert lateness(of_lead) == ["3 days late"] * 2
    assert lateness(listed) == ["a review is 3 days late"]
    assert lateness(shown) == ["3 days late"] * 2


def test_nothing_is_late_while_the_days_stand_still(client, reviewing):
    case, place, _lead = reviewing
    ApplicationPause.objects.create(
        application=case, cause="suspension", stopped_on=(DAY_0 + timedelta(days=15)).date()
    )

    (page,) = texts(client, place.person, 23, JUDGING)

    assert lateness(page) == []


def test_a_review_is_due_later_by_the_days_that_stood_still(client, reviewing):
    case, place, lead = reviewing
    pause = ApplicationPause.objects.create(
        application=case, cause="clarification", stopped_on=(DAY_0 + timedelta(days=15)).date()
    )
    pages = [place.get_absolute_url(), f"/quality-label/desk/{place.key}/A1/"]
    (listed,) = texts(client, place.person, 18, JUDGING)
    pause.resumed_on = (DAY_0 + timedelta(days=25)).date()
    pause.save()

    due, late = texts(client, place.person, 30, *pages), texts(client, place.person, 32, JUDGING, *pages)
    (of_lead,) = texts(client, lead.person, 32, f"/quality-label/lead/{case.key}/")

    assert ("due on 24 Mar 2027" in listed, "the days stand still" in listed) == (True, True)
    assert [("31 March 2027" in page, lateness(page)) for page in due] == [(True, [])] * 2
    assert [lateness(page) for page in [*late, of_lead]] == [["2 days late"]] * 3 + [["2 days late"] * 2]


def test_an_invitation_that_nobody_answered_is_late(client):
    with on_day(0):
        place = AssignmentFactory(application=ApplicationFactory(assigning=True), answer_by=DAY_0.date())

    (page,) = texts(client, place.person, 2, JUDGING)

    assert lateness(page) == ["2 days late"]


def test_a_late_consensus_is_marked_for_its_lead_and_the_coordinators(client):
    with on_day(0):
        case, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    coordinator = Person.objects.get(pk=case.coordinator_id)

    own, page, table = texts(
        client,
        lead.person,
        60,
        JUDGING,
        f"/quality-label/lead/{case.key}/",
        f"/quality-label/lead/{case.key}/consensus/",
    )
    (listed,) = texts(client, coordinator, 60, CASES)

    assert [lateness(one) for one in [own, page, table, listed]] == [["2 days late"]] * 4


def test_a_late_decision_is_marked_for_the_panel_until_somebody_voted(client):
    with on_day(0):
        case = ready_case()
        seat = panel_of(case, 3)[0]
        NetworkRole.objects.create(person=seat.person, role="assessor")

    own, page = texts(client, seat.person, 75, JUDGING, f"{CASES}{case.key}/panel/")

    assert [lateness(own), lateness(page)] == [["3 days late"]] * 2


@pytest.mark.parametrize(("day", "late"), [(7, 0), (8, 1), (30, 23)])
def test_a_stage_is_late_by_the_days_that_count(day, late):
    with on_day(0):
        case = ApplicationFactory(in_check=True)
    ApplicationPause.objects.create(
        application=case,
        cause="return",
        stopped_on=(DAY_0 + timedelta(days=2)).date(),
        resumed_on=(DAY_0 + timedelta(days=6)).date(),
    )

    with on_day(day + 4):
        assert Application.objects.get(pk=case.pk).days_late() == late


def test_the_list_costs_the_same_with_one_and_three_cases_in_review(client):
    client.force_login(PersonFactory(roles=["coordinator"]))
    review_under_way()
    one = queries_of(client, CASES)
    review_under_way()
    review_under_way()

    assert queries_of(client, CASES) == one
