"""The page after sign-up: where the letter went, once more, another address; and nothing for strangers to learn."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from portal.schedule import drain
from tests.accounts.test_sign_up import ANSWERS, link_in, without_tokens
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

PAGE, AGAIN = "/accounts/confirm-email/", "/accounts/send-again/"


def subjects() -> list[str]:
    """Return the subjects of the letters written so far."""
    drain()
    return [message.subject for message in mail.outbox]


def test_the_page_names_the_address_and_leads_to_sign_up_with_another(client):
    client.post("/accounts/signup/", ANSWERS)
    client.get(PAGE)

    text = client.get(PAGE).content.decode()

    assert "ona@example.org" in text
    assert f'action="{AGAIN}"' in text
    assert 'href="/accounts/signup/"' in text


def test_the_letter_is_sent_again_and_its_link_signs_in(client):
    client.post("/accounts/signup/", ANSWERS)
    cache.clear()  # the minutes between two letters are over

    client.post(AGAIN)

    assert subjects() == ["Is this your address?"] * 2
    client.post(link_in(mail.outbox[1]))
    assert client.get("/settings/").status_code == 200
    assert "address_to_prove" not in client.session


def test_a_second_letter_wants_some_minutes(client):
    client.post("/accounts/signup/", ANSWERS)

    answer = client.post(AGAIN, follow=True)

    assert "We wrote to this address a few minutes ago." in answer.content.decode()
    assert subjects() == ["Is this your address?"]


@pytest.mark.parametrize("minutes_are_over", [True, False])
def test_a_stranger_sees_the_same_for_an_address_with_an_account(minutes_are_over):
    PersonFactory(email="ona@example.org")
    pages = []
    for address in ("ona@example.org", "una@example.org"):
        browser = Client()
        browser.post("/accounts/signup/", ANSWERS | {"email": address})
        if minutes_are_over:
            cache.clear()
        answer = browser.post(AGAIN, follow=True)
        pages.append((answer.redirect_chain, without_tokens(answer).replace(address.encode(), b"")))

    assert pages[0] == pages[1]
    asked = 1 + minutes_are_over
    assert sorted(subjects()) == ["Is this your address?"] * asked + ["You have an account already"] * asked


def test_who_signs_in_before_the_address_is_proved_finds_the_same_page(client):
    PersonFactory(email="ona@example.org", proved=False)

    answer = client.post("/accounts/login/", {"login": "ona@example.org", "password": PASSWORD}, follow=True)

    assert f'action="{AGAIN}"' in answer.content.decode()


def test_a_browser_without_an_address_is_led_to_sign_in(client):
    assert f'action="{AGAIN}"' not in client.get(PAGE).content.decode()

    assert client.post(AGAIN)["Location"] == "/accounts/login/"
    assert subjects() == []
