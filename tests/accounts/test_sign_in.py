"""Signing in, and what ends a session."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from portal.accounts.actions import update_person
from portal.schedule import drain
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db


def sign_in(client, address, password=PASSWORD, **more):
    """Sign in through the page."""
    return client.post("/accounts/login/", {"login": address, "password": password, **more})


@pytest.mark.parametrize("typed", ["ona@xn--mogus-tib.lt", "ONA@XN--MOGUS-TIB.LT ", " Ona@xn--Mogus-tib.lt"])
def test_person_signs_in_however_the_address_is_typed(client, typed):
    PersonFactory(email="ona@žmogus.lt")

    sign_in(client, typed)

    assert client.get("/settings/").status_code == 200


def test_wrong_password_and_unknown_address_get_the_same_answer(client):
    PersonFactory(email="ona@example.org")

    known = sign_in(client, "ona@example.org", "not the password").context["form"].errors
    unknown = sign_in(client, "new@example.org", "not the password").context["form"].errors

    assert known == unknown


def test_guessing_stops_after_five_wrong_passwords(client):
    PersonFactory(email="ona@example.org")
    for _ in range(5):
        sign_in(client, "ona@example.org", "not the password")

    sign_in(client, "ona@example.org")

    assert client.get("/settings/").status_code == 302


def test_second_step_is_asked_and_a_code_works_once(client):
    person = PersonFactory(email="ona@example.org")
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"

    assert sign_in(client, "ona@example.org")["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/settings/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/settings/").status_code == 200

    again = Client()
    sign_in(again, "ona@example.org")
    again.post("/accounts/2fa/authenticate/", {"code": f"{code[:3]} {code[3:]}"})
    assert again.get("/settings/").status_code == 302


def test_new_password_by_mail_ends_nothing_but_the_old_password(client):
    PersonFactory(email="ona@example.org")
    client.post("/accounts/password/reset/", {"email": "ona@example.org"})
    drain()
    link = re.search(r"http://localhost:\d+(\S+/key/\S+)", mail.outbox[0].body)[1]

    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "another long password", "password2": "another long password"})

    assert sign_in(Client(), "ona@example.org").status_code == 200  # the form again
    assert sign_in(Client(), "ona@example.org", "another long password").status_code == 302
    stale = Client().get(link, follow=True)
    assert stale.context["token_fail"] is True


def test_deactivated_person_is_signed_out_everywhere(client):
    admin = PersonFactory(roles=["network_admin"])
    person = PersonFactory(email="ona@example.org")
    sign_in(client, "ona@example.org")
    assert client.get("/settings/").status_code == 200

    person.is_active = False
    update_person(person, by=admin, roles=[])

    assert client.get("/settings/").status_code == 302
    assert client.session.keys() == set()
    assert sign_in(Client(), "ona@example.org")["Location"] == "/accounts/inactive/"


def test_person_ends_their_other_sessions(client):
    PersonFactory(email="ona@example.org")
    other = Client()
    for one in (client, other):
        sign_in(one, "ona@example.org")
        one.get("/settings/")

    client.post("/accounts/sessions/")

    assert other.get("/settings/").status_code == 302
    assert client.get("/settings/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_door_of_the_cms_leads_to_the_one_sign_in(client, method):
    response = getattr(client, method)("/cms/login/?next=/cms/pages/")

    assert response["Location"] == "/accounts/login/?next=/cms/pages/"


def test_learner_does_not_get_into_the_cms(client):
    client.force_login(PersonFactory())

    assert client.get("/cms/").status_code != 200
