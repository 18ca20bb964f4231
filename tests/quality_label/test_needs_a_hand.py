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
