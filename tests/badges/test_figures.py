"""What an organiser sees of its awards over time."""

from datetime import timedelta

import pytest

from badges.actions import Recipient, award, collect_badge, revoke_badge
from badges.actions.assertions import correct_badge
from badges.models import Assertion
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, held_award, issuer_of, published_badge

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def give(badge, *emails, weeks_ago=0):
    """Award a badge that is out at once."""
    with clock.moved_to(-timedelta(weeks=weeks_ago)):
        award(badge, [Recipient(email, email) for email in emails], by=None, source="playlist", once_key=str(emails))
        carry_out()


def figures(client, badge):
    client.force_login(issuer_of(badge.organiser))
    return client.get(f"/workspace/{badge.organiser.slug}/figures/")


def test_weeks_and_badges_say_how_many_were_awarded_and_collected(client):
    badge = published_badge()
    other = published_badge(badge.organiser, name="Wheel Truing")
    give(badge, "ona@example.org", "petras@example.org")
    give(badge, "jonas@example.org", weeks_ago=3)
    give(badge, "early@example.org", weeks_ago=30)
    give(other, "ona@example.org", "rasa@example.org", weeks_ago=1)
    collect_badge(Assertion.objects.get(email="petras@example.org"), by=PersonFactory(email="petras@example.org"))
    revoke_badge(Assertion.objects.get(email="rasa@example.org"), by=issuer_of(badge.organiser), reason="A mistake.")
    held_award(other, email="held@example.org")

    shown = figures(client, badge).context

    weeks = [(week["value"], week["second"]) for week in shown["weeks"]]
    assert weeks == [(0, 0)] * 8 + [(1, 0), (0, 0), (2, 0), (2, 1)]
    assert [(one["label"], one["value"], one["second"], one["share"]) for one in shown["badges"]] == [
        ("Brake Check", 4, 1, "25 %"),
        ("Wheel Truing", 2, 0, "0 %"),
    ]
    assert [figure["number"] for figure in shown["figures"]] == [6, 1, "17 %", 4]


def test_a_corrected_badge_was_awarded_once_and_counts_as_replaced_not_as_revoked(client):
    badge = published_badge()
    give(badge, "ona@example.org", "petras@example.org", weeks_ago=2)
    correct(Assertion.objects.get(email="ona@example.org"))

    shown = figures(client, badge).context

    tally = {"awarded": 2, "collected": 0, "waiting": 2, "declined": 0, "revoked": 0, "replaced": 1}
    assert shown["badges"][0]["tally"] == {"badge_class": badge.pk} | tally
    assert [figure["number"] for figure in shown["figures"]] == [2, 0, "0 %", 2]
    assert [figure["number"] for figure in client.get(badge.workspace_url).context["figures"]] == [2, 0]


def test_the_overview_counts_a_corrected_badge_once(client):
    badge = published_badge()
    give(badge, "ona@example.org")
    correct(Assertion.objects.get())
    client.force_login(issuer_of(badge.organiser))

    assert "<dd>1</dd>" in client.get(f"/workspace/{badge.organiser.slug}/").content.decode().split("last 30 days")[1]


def correct(wrong):
    by = issuer_of(wrong.badge_class.organiser)
    correct_badge(wrong, by=by, email=wrong.email, name="Right Name", narrative="")
    carry_out()


def test_before_the_first_award_the_page_says_so(client):
    assert "No figures yet" in figures(client, published_badge()).content.decode()


def test_only_those_who_issue_see_the_figures(client):
    badge = published_badge()
    client.force_login(PersonFactory())

    assert client.get(f"/workspace/{badge.organiser.slug}/figures/").status_code == 404
