"""What the list of cases says on top: what is late, and what nobody has taken up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from portal import clock
from portal.accounts.actions import set_network_roles
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory, DeclarationFactory, hand_in, levels_in_order, review_under_way

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
        (
            {"in_check": True},
            5,
            [("The check of completeness is due on day 7. The coordinator checks the file.", "failed")],
        ),
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


@pytest.mark.parametrize(
    ("facts", "day", "is_led", "roles", "way"),
    [
        ({"submitted": True}, 1, False, ["coordinator"], "declare/"),
        ({"in_check": True}, 8, True, ["coordinator"], "eligible/"),
        ({"in_check": True}, 8, False, ["coordinator"], ""),
        ({"assigning": True}, 15, True, ["coordinator"], "team/"),
        ({"assigning": True}, 15, False, ["network_admin"], "team/"),
        ({"in_review": True}, 46, True, ["coordinator"], "team/"),
    ],
)
def test_a_case_that_needs_a_hand_leads_to_where_it_is_done(client, facts, day, is_led, roles, way):
    person = PersonFactory(roles=roles)
    with clock.moved_to(MORNING):
        case = ApplicationFactory(**facts | ({"coordinator": person} if is_led else {}))
        DeclarationFactory(application=case, person=person)
    client.force_login(person)
    with clock.moved_to(MORNING + timedelta(days=day)):
        page = client.get(reverse("quality_label:case-list"))
        (line,) = page.context["hands"]

        assert line["url"] == reverse("quality_label:case", args=[case.key]) + way
        assert f'href="{line["url"]}"' in page.text
        assert client.get(line["url"]).status_code in ({200, 409} if way == "declare/" else {200})


def test_the_counts_of_the_stages_add_up(client):
    with clock.moved_to(MORNING):
        for state in ["submitted", "in_check", "assigning", "in_review", "consensus", "ready"]:
            ApplicationFactory(**{state: True})
        ApplicationFactory(in_check=True, state="returned", answer_by=MORNING.date())
        ApplicationFactory(in_review=True, coordinator=None)
    client.force_login(PersonFactory(roles=["coordinator"]))
    with clock.moved_to(MORNING):
        first, _mine, *others = client.get(reverse("quality_label:case-list")).context["filters"]

    assert first["count"] == sum(one["count"] for one in others) == 8


def test_the_days_on_top_are_those_of_the_row(client):
    with clock.moved_to(MORNING):
        ApplicationFactory(ready=True)

    assert hands(client, 61) == [("Day 61 of 90: the network promised a decision. The panel decides.", "failed")]


def test_a_case_that_waits_is_counted_as_waiting_alone(client):
    with clock.moved_to(MORNING):
        ApplicationFactory(submitted=True)
        ApplicationFactory(in_check=True)
    client.force_login(PersonFactory(roles=["coordinator"]))
    with clock.moved_to(MORNING):
        page = client.get(reverse("quality_label:case-list"))

    counts = {str(one["name"]): one["count"] for one in page.context["filters"]}
    assert counts | {"All open": 2, "Waiting for a coordinator": 1, "Checking the file": 1} == counts
    assert len(client.get(reverse("quality_label:case-list"), {"show": "check"}).context["rows"]) == 1
    assert 'data-icon="building"' in page.text


def test_a_case_whose_reviewer_or_lead_lost_the_role_says_for_whom_it_waits(client):
    with clock.moved_to(MORNING):
        case, (one, other), lead = review_under_way()
        hand_in(other, levels_in_order(case, "3" * 25))
        for place in [one, other, lead]:
            set_network_roles(place.person, [], by=None)

    words = "is no longer in the role of {} for the network. The case waits: give the role back, or replace them."
    assert [text for text, _state in hands(client, 1)] == [
        f"{one.person} {words.format('assessor')}",
        f"{lead.person} {words.format('lead assessor')}",
    ]
