"""Removing an address: asked about first, and no badge is lost."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from badges.models import Assertion
from portal.accounts.actions import remove_address
from portal.schedule import drain
from portal.workflow import StepRefused
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.badges import assertion, published_assertion

pytestmark = pytest.mark.django_db


@pytest.fixture
def ona(client):
    """A person who signed in just now and proved two addresses."""
    person = PersonFactory(email="ona@example.org")
    EmailAddress.objects.create(user=person, email="ona@work.example", verified=True)
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return person


def leaving(person, email="ona@work.example"):
    return f"/settings/addresses/{EmailAddress.objects.get(user=person, email=email).pk}/remove/"


def page(client, path):
    return " ".join(client.get(path).content.decode().split())


def test_the_page_says_how_many_badges_were_sent_to_an_address_that_was_proved(client, ona):
    published_assertion(email="ona@work.example")
    assertion(email="ona@work.example")
    EmailAddress.objects.create(user=ona, email="stranger@example.org")
    assertion(email="stranger@example.org")

    shown = page(client, "/accounts/email/")

    assert "2 badges were sent here" in shown
    assert "1 badge was sent here" not in shown


def test_removing_asks_first_and_says_what_becomes_of_the_badges(client, ona):
    published_assertion(email="ona@work.example")
    assertion(email="ona@work.example")

    asked = client.post("/accounts/email/", {"action_remove": "", "email": "ona@work.example"})
    shown = page(client, leaving(ona))

    assert asked["Location"] == leaving(ona)
    assert "1 badge that you collected stays with you." in shown
    assert "1 badge still waits there." in shown
    assert ona.verified_addresses() == ["ona@example.org", "ona@work.example"]


def test_what_was_collected_stays_and_what_waits_comes_back_with_the_address(client, ona):
    kept = published_assertion(email="ona@work.example")
    waits = assertion(email="ona@work.example")

    client.post(leaving(ona))

    assert ona.verified_addresses() == ["ona@example.org"]
    assert list(Assertion.objects.for_person(ona)) == [kept]
    assert client.get("/backpack/").status_code == 200
    EmailAddress.objects.create(user=ona, email="ona@work.example", verified=True)
    assert set(Assertion.objects.for_person(ona)) == {kept, waits}


def test_the_main_address_hears_of_it(client, ona):
    client.post(leaving(ona))
    drain()

    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["ona@example.org"], "An address was removed from your account")
    ]


def test_the_main_address_is_not_removed(client, ona):
    refused = client.post(leaving(ona, "ona@example.org"))

    assert refused.status_code == 409
    assert "ona@example.org" in ona.verified_addresses()


def test_the_last_proved_address_is_not_removed(ona):
    EmailAddress.objects.filter(email="ona@example.org").update(verified=False)
    last = EmailAddress.objects.get(email="ona@work.example")

    with pytest.raises(StepRefused, match="only address that you proved"):
        remove_address(last, by=ona)


def test_an_address_that_was_never_proved_is_not_made_the_main_one_even_where_none_was(client, ona):
    EmailAddress.objects.filter(user=ona).update(verified=False)

    client.post("/accounts/email/", {"action_primary": "", "email": "ona@work.example"})

    assert EmailAddress.objects.get(user=ona, primary=True).email == "ona@example.org"


def test_nobody_removes_the_address_of_somebody_else(client, ona):
    other = PersonFactory(email="jonas@example.org")

    assert client.get(leaving(other, "jonas@example.org")).status_code == 404
    assert client.post(leaving(other, "jonas@example.org")).status_code == 404
    remove_address(EmailAddress.objects.get(user=other), by=ona)
    assert other.verified_addresses() == ["jonas@example.org"]


def test_a_session_of_yesterday_is_asked_who_it_is(ona):
    old = Client()
    old.force_login(ona)

    asked = old.post(leaving(ona))

    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert len(ona.verified_addresses()) == 2


def test_an_address_that_is_none_is_refused_beside_its_field(client, ona):
    answer = client.post("/accounts/email/", {"action_add": "", "email": "not an address"})

    assert answer.status_code == 422
    assert answer.context["form"]["email"].value() == "not an address"
    assert answer.context["form"].errors["email"]


@pytest.mark.parametrize("typed", ["nobody@example.org", "a\0b@example.org", ""])
def test_an_address_that_one_does_not_have_is_not_asked_about(client, ona, typed):
    answer = client.post("/accounts/email/", {"action_remove": "", "email": typed})

    assert answer["Location"] == "/accounts/email/"
    assert len(ona.verified_addresses()) == 2
