"""The page "My badges": collecting one or all, and what comes after."""

from datetime import timedelta

import pytest

from badges.actions import collect_badge, decline_badge
from badges.actions.assertions import correct_badge, revoke_badge
from badges.actions.showing import publish_badge
from badges.models import Assertion
from badges.models.skill import BadgeClassSkill
from portal import clock
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

    assert f'<a href="/backpack/{badge.key}/share/">share it</a>' in page
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


def test_badges_are_found_by_name_issuer_skill_and_year(client):
    holder = PersonFactory(email="jonas@example.org")
    client.force_login(holder)
    for number, name in enumerate(["Lamp Repair", "Brake Check", "Bridge Builder"]):
        badge = published_badge(name=name)
        BadgeClassSkill.objects.create(owner=badge, label=f"skill {number}")
        with clock.moved_to(-timedelta(days=400 * number)):
            collect_badge(assertion(badge), by=holder)
    year = (clock.now() - timedelta(days=400)).year

    def found(query):
        page = client.get(f"/backpack/?{query}").text
        return {name for name in ("Lamp Repair", "Brake Check", "Bridge Builder") if f">{name}</a>" in page}

    assert found("") == {"Lamp Repair", "Brake Check", "Bridge Builder"}
    assert found("q=bri") == {"Bridge Builder"}
    assert found("skill=skill+0") == {"Lamp Repair"}
    assert found(f"year={year}") == {"Brake Check"}
    assert found("q=nothing") == set()
    assert "No badge is like that" in client.get("/backpack/?q=nothing").text
    assert found("year=x&skill=other") == {"Lamp Repair", "Brake Check", "Bridge Builder"}


def test_badges_are_found_by_state_and_by_who_sees_them_in_a_grid_or_a_list(client):
    holder = PersonFactory(email="jonas@example.org")
    client.force_login(holder)
    ended, shown, kept = [collect_badge(assertion(published_badge(name=f"Badge {n}")), by=holder) for n in range(3)]
    Assertion.objects.filter(pk=ended.pk).update(expires_at=clock.now() - timedelta(days=1))
    publish_badge(shown, by=holder)

    def found(query):
        page = client.get(f"/backpack/?{query}")
        return {one.key for one in page.context["collected"]}

    assert found("state=ended") == {ended.key}
    assert found("state=valid") == {shown.key, kept.key}
    assert found("seen=public") == {shown.key}
    assert found("seen=private&state=valid") == {kept.key}
    page = said(client.get("/backpack/?look=list&state=valid"))
    assert 'class="arranged-row"' in page
    assert 'href="?state=valid&amp;look=grid"' in page
    assert 'class="arranged-row"' not in said(client.get("/backpack/?look=%00"))


def test_badges_that_end_soon_stand_on_top(client):
    holder = PersonFactory(email="jonas@example.org")
    client.force_login(holder)
    badge = collect_badge(assertion(), by=holder)
    assert "Ending soon" not in client.get("/backpack/").text

    Assertion.objects.filter(pk=badge.pk).update(expires_at=clock.now() + timedelta(days=20))

    assert "Ending soon" in client.get("/backpack/").text
