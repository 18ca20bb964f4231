"""Collecting a badge: by the mailed link or after signing in, only with the address it was given to."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from badges.actions import collect_badge, decline_badge
from badges.actions.assertions import correct_badge
from badges.claims import claim_link
from badges.models import Assertion, AwardRow
from portal import clock
from portal.notifications.schedule import send_due_mail
from tests.badges.pages import claim_path
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, held_award, issuer_of, published_badge

pytestmark = pytest.mark.django_db


def test_the_mailed_link_shows_the_badge_and_looking_changes_nothing(client):
    badge = assertion()

    for _look in range(3):
        assert "Brake Check" in client.get(claim_path(badge)).content.decode()
        client.head(claim_path(badge))

    badge.refresh_from_db()
    assert badge.state == "waiting"


def test_the_mail_carries_the_link_and_the_database_does_not():
    badge = assertion()
    with clock.moved_to(timedelta(minutes=12)):
        send_due_mail()

    assert claim_link(badge) in mail.outbox[0].body
    row = badge.row
    assert not any(claim_link(badge).rsplit("/", 1)[1] in str(value) for value in vars(row).values())


def test_the_right_person_collects(client):
    badge = assertion()
    person = PersonFactory(email="jonas@example.org")
    client.force_login(person)

    client.post(f"/backpack/{badge.key}/collect/")

    badge.refresh_from_db()
    assert (badge.state, badge.person) == ("collected", person)
    assert "Brake Check" in client.get("/backpack/").content.decode()


def test_a_badge_sent_to_a_second_proved_address_is_found(client):
    badge = assertion(email="second@example.org")
    person = PersonFactory(email="first@example.org")
    client.force_login(person)
    assert "Brake Check" not in client.get("/backpack/").content.decode()

    EmailAddress.objects.create(user=person, email="second@example.org", verified=True)

    assert "Brake Check" in client.get("/backpack/").content.decode()
    client.post(f"/backpack/{badge.key}/collect/")
    badge.refresh_from_db()
    assert badge.state == "collected"


def test_a_forwarded_link_moves_nothing(client):
    badge = assertion()
    client.force_login(PersonFactory(email="somebody.else@example.org"))

    page = client.get(claim_path(badge)).content.decode()
    refused = client.post(f"/backpack/{badge.key}/collect/")

    badge.refresh_from_db()
    assert "jonas@example.org" not in page
    assert refused.status_code == 404
    assert badge.state == "waiting"


def test_an_address_that_is_not_proved_opens_nothing(client):
    badge = assertion()
    person = PersonFactory(email="jonas@example.org", proved=False)
    client.force_login(person)

    assert client.post(f"/backpack/{badge.key}/collect/").status_code == 404


def test_a_badge_can_be_turned_down_and_collected_later():
    badge = assertion()
    person = PersonFactory(email="jonas@example.org")

    declined = decline_badge(badge, by=person)
    collected = collect_badge(declined, by=person)

    assert (declined.state, collected.state) == ("declined", "collected")


def test_a_held_badge_has_no_claim_page(client):
    held = Assertion.objects.get(batch=held_award(published_badge()))

    assert client.get(claim_path(held)).status_code == 404


def test_a_held_badge_is_in_no_backpack(client):
    held = Assertion.objects.get(batch=held_award(published_badge()))
    client.force_login(PersonFactory(email="jonas@example.org"))

    assert "Brake Check" not in client.get("/backpack/").content.decode()
    assert client.post(f"/backpack/{held.key}/collect/").status_code == 404


def test_a_link_ends_with_its_nonce(client):
    badge = assertion()
    path = claim_path(badge)
    AwardRow.objects.filter(pk=badge.row_id).update(nonce="another")

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "WzEsIjEiXQ:1x:y", "%00", "a" * 3000])
def test_a_made_up_link_gets_a_friendly_404(client, token):
    answer = client.get(f"/claim/{token}")

    assert answer.status_code == 404
    assert "leads nowhere" in answer.content.decode()


def test_a_used_link_tells_strangers_neither_name_nor_badge_nor_address(client):
    badge = assertion()
    holder = PersonFactory(email="jonas@example.org")
    collect_badge(badge, by=holder)

    for reader in (None, PersonFactory()):
        if reader:
            client.force_login(reader)
        for address in (claim_path(badge), claim_path(badge) + "/report"):
            page = client.get(address).text
            assert [said for said in ("Jonas", "Brake Check", "@example.org") if said in page.split("<main")[1]] == []
        assert "This link was used already" in client.get(claim_path(badge)).text
    client.force_login(holder)

    assert "You have collected this badge." in client.get(claim_path(badge)).text


def test_the_link_of_a_replaced_badge_names_nobody_and_leads_on_who_still_has_to_collect(client):
    badge = assertion()
    by = issuer_of(badge.badge_class.organiser)
    correct_badge(badge, by=by, email=badge.email, name="Jonas P.")
    carry_out()

    page = client.get(claim_path(badge)).text

    assert "Jonas" not in page
    assert "Brake Check" not in page
    assert claim_link(Assertion.objects.latest("pk")) in page
