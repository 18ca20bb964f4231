"""The page "My badges": collecting one or all, and what comes after."""

import pytest

from badges.actions import collect_badge, decline_badge
from badges.actions.assertions import correct_badge, revoke_badge
from badges.models import Assertion
from portal.notifications.models import Notification
from tests.badges.pages import said
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_badge

pytestmark = pytest.mark.django_db
ALL = "/backpack/collect/"


def test_after_collecting_the_page_and_the_picture_are_one_click_away(client):
    badge = assertion()
    client.force_login(PersonFactory(email=badge.email))

    page = said(client.post(f"/backpack/{badge.key}/collect/", follow=True))

    assert f'<a href="/assertions/{badge.key}">share its page</a>' in page
    assert f'<a href="/assertions/{badge.key}.png?download">download its picture</a>' in page


def test_several_badges_are_collected_at_once(client):
    mine = [assertion(published_badge()) for _time in range(2)]
    other = assertion(mine[0].badge_class, email="ona@example.org")
    client.force_login(PersonFactory(email="jonas@example.org"))
    assert f'action="{ALL}"' in said(client.get("/backpack/"))

    page = said(client.post(ALL, follow=True))

    assert "2 badges are yours now." in page
    assert f'action="{ALL}"' not in page
    assert set(Assertion.objects.collected()) == set(mine)
    other.refresh_from_db()
    assert other.is_waiting


def test_one_badge_needs_no_button_for_all(client):
    client.force_login(PersonFactory(email=assertion().email))

    assert f'action="{ALL}"' not in said(client.get("/backpack/"))


def test_collecting_all_where_nothing_waits_changes_nothing(client):
    client.force_login(PersonFactory())

    assert client.post(ALL).status_code == 302
    assert client.get(ALL).status_code == 405


def titles(client):
    shown = client.get("/backpack/").context
    return {part: [one.name for one in shown[part]] for part in ("waiting", "collected", "declined", "revoked")}


@pytest.mark.services
def test_of_a_corrected_badge_its_holder_sees_the_new_one_alone(client):
    badge = assertion()
    client.force_login(PersonFactory(email=badge.email))

    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email=badge.email, name="Jonas P.", narrative="")
    carry_out()

    assert titles(client) == {"waiting": ["Jonas P."], "collected": [], "declined": [], "revoked": []}


@pytest.mark.services
def test_a_badge_that_went_on_to_another_address_was_taken_from_its_holder(client):
    badge = assertion()
    client.force_login(PersonFactory(email=badge.email))

    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email="j@example.org", name="Jo", narrative="")
    carry_out()

    assert titles(client) == {"waiting": [], "collected": [], "declined": [], "revoked": [badge.name]}


@pytest.mark.parametrize("step", [collect_badge, decline_badge])
def test_the_inbox_line_is_read_once_the_badge_is_answered(step):
    person = PersonFactory(email="jonas@example.org")
    badge = assertion()
    assert Notification.objects.filter(person=person).unread().count() == 1

    step(badge, by=person)

    assert not Notification.objects.filter(person=person).unread().exists()


def test_of_a_badge_taken_back_the_inbox_tells_that_alone():
    person = PersonFactory(email="jonas@example.org")
    badge = assertion()

    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="Wrong list.")

    unread = Notification.objects.filter(person=person).unread()
    assert [line.event for line in unread] == ["badges/badge_revoked"]
