"""The yearly report: its figures, what it leaves out, and how it is served."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from portal import clock
from quality_label.actions.label_end import surrender_label
from quality_label.figures import FEWEST, agreement_of, bands_of, countries_of, figures_of, spread_of, years
from quality_label.models import Application, Decision
from tests.factories.label import (
    ApplicationFactory,
    case_in_consensus,
    decided,
    label,
    levels_in_order,
    voted_case,
)
from tests.factories.organisers import OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db
JULY = datetime(2027, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_july():
    with clock.moved_to(JULY):
        yield


def handed_in(country, count=1):
    for _number in range(count):
        organiser = OrganiserFactory(verified=True, country=country)
        ApplicationFactory(organiser=organiser, submitted=True)


def refused(days=10):
    with clock.moved_to(JULY - timedelta(days=days)):
        case = voted_case(*["not_awarded"] * 3, levels={"C4": 1})
    return decided(case, "not_awarded")


def page(client, year=2027, kind=""):
    return client.get(reverse(f"quality_label:yearly{kind}", args=[year]))


def test_before_the_first_application_there_is_nothing_to_tell(client):
    assert years() == []
    assert "Nobody has applied yet" in client.get(reverse("quality_label:yearly-latest")).text
    assert page(client).status_code == 404


def test_years_go_from_the_first_application_to_today(client):
    handed_in("LT")
    with clock.moved_to(datetime(2029, 1, 2, tzinfo=UTC)):
        assert years() == [2029, 2028, 2027]
        assert client.get(reverse("quality_label:yearly-latest")).url.endswith("/2029/")
        assert figures_of(2027).is_complete
    assert not figures_of(2027).is_complete


def test_days_are_told_by_their_middle_the_ninth_tenth_and_the_longest():
    assert spread_of([10, 20]) is None
    found = spread_of([*range(1, 11), 90])
    assert (found.median, found.ninth_tenth, found.longest) == (6, 10, 90)
    assert bands_of([0, 30, 31, 60, 61, 75, 90, 91, 200]) == [
        ("0–30", 2), ("31–60", 2), ("61–75", 2), ("76–90", 1), ("91+", 2),
    ]  # fmt: skip


def test_what_was_decided_is_counted_and_few_refusals_are_left_out(client):
    label()
    for _number in range(2):
        refused()
    counts = figures_of(2027).counts
    assert (counts["awarded"], counts["without_label"], counts["in_force"]) == (1, None, 1)
    assert "fewer than 3" in page(client).text

    refused()

    found = figures_of(2027)
    assert found.counts["without_label"] == FEWEST
    assert found.counted_days.longest == 10


def test_labels_that_ended_are_counted_in_their_year():
    held = label()
    surrender_label(held, typed=held.organiser.name, by=owner_of(held.organiser))

    assert (figures_of(2027).counts["given_back"], figures_of(2027).counts["in_force"]) == (1, 0)


@pytest.mark.parametrize(
    ("applications", "told", "others"),
    [
        ({"LT": 5, "PL": 3}, {"LT": 5, "PL": 3}, 0),
        ({"LT": 5, "PL": 2, "IT": 1}, {"LT": 5}, 3),
        ({"LT": 5, "PL": 3, "IT": 1}, {"LT": 5}, 4),
        ({"LT": 5, "IT": 2}, {}, 7),
        ({"LT": 2}, {}, None),
    ],
)
def test_no_country_can_be_told_by_what_is_left(applications, told, others):
    for country, count in applications.items():
        handed_in(country, count)

    assert countries_of(2027) == (told, others)
    left = sum(applications.values()) - sum(told.values())
    assert left == 0 or left >= FEWEST or not told


def test_agreement_is_that_of_the_reference():
    one = "4343 33333 4333 4333 3333 3343".replace(" ", "")
    other = "3343 34333 3333 4334 3332 3333".replace(" ", "")
    decisions = []
    for _number in range(FEWEST):
        case, places, _lead = case_in_consensus(one, other)
        for place in places:
            type(place).objects.filter(pk=place.pk).update(state="released", ended_at=clock.now())
        Application.objects.filter(pk=case.pk).update(state="awarded", ended_at=clock.now())
        decisions.append(
            Decision.objects.create(
                application=Application.objects.get(pk=case.pk), outcome="awarded", rule_outcome="awarded", votes_for=3,
                votes_against=0, is_departure=False, report={}, sha256="0" * 64,
            )
        )  # fmt: skip
    first, second = (list(levels_in_order(case, levels).values()) for levels in (one, other))
    same = sum(a == b for a, b in zip(first, second, strict=True))

    found, areas = agreement_of(decisions)

    assert (found.exact, found.within_one, found.compared) == (100 * same / 25, 100.0, 75)
    assert same == 19
    assert set(areas) == set("ABCDEF")
    assert agreement_of(decisions[:2]) == (None, {})


def test_it_is_served_as_a_table_and_to_software(client):
    handed_in("LT", 4)
    handed_in("IT")

    document = page(client, kind="-json")
    table = dict(csv.reader(page(client, kind="-csv").text.splitlines()))

    assert document.json()["counts"]["handed_in"] == 5
    assert document.json()["counts"]["without_label"] is None
    assert document.headers["Access-Control-Allow-Origin"] == "*"
    assert (table["handed_in"], table["without_label"], table["country.other"]) == ("5", "", "5")
    assert "creativecommons" in table["licence"]
    assert page(client, 1999, "-json").status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_takes_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    for _number in range(count):
        refused()
    page(client)

    with django_assert_num_queries(19):
        page(client)
