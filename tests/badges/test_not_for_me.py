"""The reader of an award mail says that the badge is not theirs, or that something is wrong with it."""

import pytest

from badges.actions import collect_badge, decline_badge
from badges.actions.assertions import report_award
from tests.badges.pages import claim_path, said
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of

pytestmark = pytest.mark.django_db


def test_nothing_is_chosen_beforehand(client):
    badge = assertion()

    page = said(client.get(f"{claim_path(badge)}/report"))
    sent = client.post(f"{claim_path(badge)}/report", {"text": "What is this?"})

    badge.refresh_from_db()
    assert " checked" not in page
    assert (sent.status_code, badge.state) == (422, "waiting")
    assert "What is this?" in said(sent)


def test_a_link_may_choose_for_its_reader(client):
    page = client.get(f"{claim_path(assertion())}/report?kind=false")

    assert page.context["form"]["kind"].value() == "false"
    assert said(page).count(" checked") == 1


def test_who_turned_a_badge_down_reads_what_was_done_and_finds_the_way_back(client):
    badge = assertion()

    page = said(client.post(f"{claim_path(badge)}/report", {"kind": "stranger"}))

    assert "The badge is turned down" in page
    assert f'href="{claim_path(badge)}"' in page


def test_who_reports_something_else_reads_that_the_badge_still_waits(client):
    badge = assertion()

    page = said(client.post(f"{claim_path(badge)}/report", {"kind": "false"}))

    assert "it still waits for you" in page
    assert f'href="{claim_path(badge)}/report?kind=stranger"' in page


def test_a_collected_badge_is_not_turned_down_and_the_page_says_so(client):
    badge = assertion()
    collect_badge(badge, by=PersonFactory(email=badge.email))

    page = said(client.post(f"{claim_path(badge)}/report", {"kind": "stranger"}))

    assert "so it is not turned down" in page


def test_the_claim_page_of_a_declined_badge_says_so_and_lets_its_owner_collect_it(client):
    badge = assertion()
    report_award(badge, kind="stranger")
    assert "This badge was turned down." in said(client.get(claim_path(badge)))

    client.force_login(PersonFactory(email=badge.email))
    assert "You can still collect it." in said(client.get(claim_path(badge)))
    client.post(f"/backpack/{badge.key}/collect/")

    badge.refresh_from_db()
    assert badge.state == "collected"


def test_the_issuer_sees_in_the_history_that_a_badge_was_declined(client):
    by_mail = assertion()
    report_award(by_mail, kind="stranger")
    by_hand = assertion(by_mail.badge_class, email="ona@example.org")
    decline_badge(by_hand, by=PersonFactory(email="ona@example.org"))
    client.force_login(issuer_of(by_mail.badge_class.organiser))

    def history(badge):
        return [
            (str(event["title"]), event.get("text", "")) for event in client.get(badge.workspace_url).context["events"]
        ]

    assert ("Turned down", "Said through the mailed link: “This is not for me”.") in history(by_mail)
    assert ("Turned down", "") in history(by_hand)
