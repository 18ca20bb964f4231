"""What the list of cases says on top: what is late, and what nobody has taken up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)


def hands(client, day):
    client.force_login(PersonFactory(roles=["coordinator"]))
    with clock.moved_to(MORNING + timedelta(days=day)):
        context = client.get(reverse("quality_label:case-list")).context
    return [(line["text"], line["state"]) for line in context["hands"]]


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ({"submitted": True}, 1, [("Nobody has taken it up yet.", "open")]),
        ({"in_check": True}, 4, []),
        ({"in_check": True}, 5, [("The check of completeness is due on day 7.", "failed")]),
        ({"ready": True}, 91, [("The promised day has passed. An admin answers for it.", "failed")]),
        (
            {"state": "withdrawn", "ended_at": MORNING, "day_0": MORNING.date(), "submitted_at": MORNING, "seed": "5"},
            20,
            [],
        ),
    ],
)
def test_the_list_says_what_needs_a_hand(client, facts, day, expected):
    with clock.moved_to(MORNING):
        ApplicationFactory(**facts)

    assert hands(client, day) == expected


def test_the_days_on_top_are_those_of_the_row(client):
    with clock.moved_to(MORNING):
        ApplicationFactory(ready=True)

    assert hands(client, 61) == [("Day 61 of 90: the network promised a decision.", "failed")]


def test_a_case_that_waits_is_counted_as_waiting_alone(client):
    with clock.moved_to(MORNING):
        ApplicationFactory(submitted=True)
        ApplicationFactory(in_check=True)
    client.force_login(PersonFactory(roles=["coordinator"]))
    with clock.moved_to(MORNING):
        page = client.get(reverse("quality_label:case-list"))

    counts = {str(one["name"]): one["count"] for one in page.context["filters"]}
    assert counts | {"All open": 2, "Waiting": 1, "Checking the file": 1} == counts
    assert len(client.get(reverse("quality_label:case-list"), {"show": "check"}).context["rows"]) == 1
    assert 'data-icon="building"' in page.text
