"""What strangers learn of a holder: the name once the badge is accepted, nothing of people under age."""

import pytest

from badges.actions import collect_badge, decline_badge
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of

pytestmark = pytest.mark.django_db


def page(client, badge):
    return client.get(badge.get_absolute_url())


def test_the_name_is_shown_once_the_badge_is_accepted(client):
    badge = assertion()
    before = page(client, badge).content.decode()

    collect_badge(badge, by=PersonFactory(email="jonas@example.org"))

    assert "Jonas Petraitis" not in before
    assert "Jonas Petraitis" in page(client, badge).content.decode()


def test_the_name_of_somebody_who_turned_the_badge_down_stays_hidden(client):
    badge = assertion()

    decline_badge(badge, by=PersonFactory(email="jonas@example.org"))

    assert "Jonas Petraitis" not in page(client, badge).content.decode()


def test_recipient_and_organiser_see_the_name_before(client):
    badge = assertion()
    for person in (PersonFactory(email="jonas@example.org"), issuer_of(badge.badge_class.organiser)):
        client.force_login(person)

        assert "Jonas Petraitis" in page(client, badge).content.decode()


def test_somebody_under_age_has_no_public_page_but_a_badge_that_verifies(client):
    badge = assertion()
    child = PersonFactory(email="jonas@example.org", is_of_age=False)
    collect_badge(badge, by=child)

    assert page(client, badge).status_code == 404
    assert client.get(f"/assertions/{badge.key}/credential.json").status_code == 200
    for person in (child, issuer_of(badge.badge_class.organiser)):
        client.force_login(person)
        assert page(client, badge).status_code == 200


def test_a_badge_that_somebody_under_age_did_not_collect_has_no_public_page(client):
    badge = assertion(email="vaiva@example.org")
    assert client.get(badge.get_absolute_url()).status_code == 200

    PersonFactory(email="vaiva@example.org", is_of_age=False)
    assert client.get(badge.get_absolute_url()).status_code == 404


def test_only_who_collected_a_badge_is_invited_to_put_it_on_linkedin(client):
    badge = assertion()
    holder = PersonFactory(email="jonas@example.org")
    client.force_login(holder)
    before = page(client, badge).content.decode()
    collect_badge(badge, by=holder)
    after = page(client, badge).content.decode()
    client.logout()

    assert "Add to LinkedIn" not in before
    assert "Add to LinkedIn" in after
    assert "Add to LinkedIn" not in page(client, badge).content.decode()


def test_the_page_of_a_badge_leads_its_holder_back_to_their_badges(client):
    badge = assertion()
    back = '<p class="small"><a href="/backpack/">My badges</a></p>'
    assert back not in page(client, badge).content.decode()

    client.force_login(PersonFactory(email="jonas@example.org"))

    assert back in page(client, badge).content.decode()
