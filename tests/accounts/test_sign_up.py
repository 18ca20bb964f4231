"""Sign-up: questions, the mailed link, the same answer for everybody."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail

from portal.accounts.models import Person
from portal.notifications.models import OutgoingMail
from portal.schedule import drain
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

ANSWERS = {
    "name": "Ona",
    "email": "Ona@Example.org",
    "password1": PASSWORD,
    "country": "LT",
    "age": "yes",
    "terms": "on",
}


def link_in(message):
    """Return the path of the first link of a mail."""
    return re.search(r"http://localhost:\d+(\S+)", message.body)[1]


def without_tokens(response):
    """Return the body of a page, blind to what differs each time."""
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", response.content)


def test_somebody_signs_up_proves_the_address_and_is_signed_in(client):
    client.post("/accounts/signup/", ANSWERS)
    drain()
    client.post(link_in(mail.outbox[0]))

    person = Person.objects.get(email="ona@example.org")
    assert (person.name, person.country.code, person.is_of_age) == ("Ona", "LT", True)
    assert person.verified_addresses() == ["ona@example.org"]
    assert client.get("/settings/").status_code == 200


@pytest.mark.parametrize("asks_for_password", [False, True])
def test_letters_to_an_address_that_nobody_proved_carry_no_chosen_name(client, asks_for_password):
    client.post("/accounts/signup/", ANSWERS | {"name": "You won, visit evil.example"})
    if asks_for_password:
        client.post("/accounts/password/reset/", {"email": "ona@example.org"})
    drain()

    assert len(mail.outbox) == 1 + asks_for_password
    assert not any("You won" in message.message().as_string() for message in mail.outbox)
    assert all(message.body.startswith("Hello,") for message in mail.outbox)


def test_no_field_repeats_its_label_inside(client):
    assert "placeholder=" not in client.get("/accounts/signup/").text


def test_looking_at_the_link_proves_nothing(client):
    client.post("/accounts/signup/", ANSWERS)
    drain()
    for _ in range(3):
        client.get(link_in(mail.outbox[0]))
        client.head(link_in(mail.outbox[0]))

    assert EmailAddress.objects.get(email="ona@example.org").verified is False


def test_nobody_signs_in_before_the_address_is_proved(client):
    client.post("/accounts/signup/", ANSWERS)

    response = client.post("/accounts/login/", {"login": "ona@example.org", "password": PASSWORD})

    assert response["Location"] == "/accounts/confirm-email/"
    assert client.get("/settings/").status_code == 302


def test_somebody_under_age_is_remembered_as_such(client):
    client.post("/accounts/signup/", ANSWERS | {"age": "no", "guardian": "rasa@example.org"})

    assert Person.objects.get(email="ona@example.org").is_of_age is False


@pytest.mark.parametrize("missing", ["name", "email", "password1", "country", "age", "terms"])
def test_every_question_wants_an_answer(client, missing):
    response = client.post("/accounts/signup/", {key: value for key, value in ANSWERS.items() if key != missing})

    assert list(response.context["form"].errors) == [missing]
    assert Person.objects.count() == 0


def test_known_and_unknown_address_get_the_same_answer_at_sign_up(client):
    PersonFactory(email="ona@example.org", name="The first Ona")

    known = client.post("/accounts/signup/", ANSWERS)
    unknown = client.post("/accounts/signup/", ANSWERS | {"email": "new@example.org"})
    drain()

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert {message.to[0]: message.subject for message in mail.outbox} == {
        "ona@example.org": "You have an account already",
        "new@example.org": "Is this your address?",
    }
    assert Person.objects.get(email="ona@example.org").name == "The first Ona"


def test_known_and_unknown_address_get_the_same_answer_at_password_reset(client):
    PersonFactory(email="ona@example.org")

    known = client.post("/accounts/password/reset/", {"email": "ona@example.org"}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "new@example.org"}, follow=True)
    drain()

    assert known.redirect_chain == unknown.redirect_chain
    assert without_tokens(known) == without_tokens(unknown)
    assert {message.to[0]: message.subject for message in mail.outbox} == {
        "ona@example.org": "Choose a new password",
        "new@example.org": "There is no account with this address",
    }


class CountingHasher(MD5PasswordHasher):
    """Counts how often somebody waits for it."""

    calls = 0

    def encode(self, password, salt):
        type(self).calls += 1
        return super().encode(password, salt)


@pytest.mark.parametrize(
    ("path", "form"), [("/accounts/signup/", ANSWERS), ("/accounts/login/", {"password": "not this one at all"})]
)
def test_answer_takes_as_long_for_a_known_address_as_for_a_new_one(client, settings, path, form):
    PersonFactory(email="known@example.org")
    settings.PASSWORD_HASHERS = ["tests.accounts.test_sign_up.CountingHasher"]
    counts = []
    for address in ("known@example.org", "unknown@example.org"):
        CountingHasher.calls = 0
        client.post(path, {**form, "email": address, "login": address})
        counts.append(CountingHasher.calls)

    assert counts == [1, 1]


def test_a_question_in_the_summary_of_faults_has_no_colon(client):
    response = client.post("/accounts/signup/", {key: value for key, value in ANSWERS.items() if key != "age"})

    assert "an online service yourself? Choose one of these." in response.content.decode()


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_a_mailbox_is_not_flooded_by_tags(client, path):
    for number in range(25):
        email = f"ona+{number}@example.org"
        client.post(path, ANSWERS | {"email": email}, REMOTE_ADDR=f"10.0.0.{number}")

    assert OutgoingMail.objects.count() == 20
