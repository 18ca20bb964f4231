"""Several addresses of one person."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from portal.accounts.links import confirmation_link
from portal.accounts.models import Person
from portal.schedule import drain
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ona(client):
    """Sign a person in, by password, so that allauth need not ask for it again."""
    person = PersonFactory(email="ona@example.org")
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return person


def add_and_prove(client, address):
    """Add an address and follow its mailed link."""
    client.post("/accounts/email/", {"action_add": "", "email": address})
    drain()
    link = re.search(r"http://localhost:\d+(\S+confirm-email\S+)", mail.outbox[-1].body)[1]
    client.post(link)


def test_added_address_is_canonical_and_unproved_until_its_link_is_followed(client, ona):
    client.post("/accounts/email/", {"action_add": "", "email": "Ona@ŽMOGUS.lt"})

    assert EmailAddress.objects.get(email="ona@xn--mogus-tib.lt").verified is False
    assert ona.verified_addresses() == ["ona@example.org"]


def test_proved_address_belongs_to_the_person(client, ona):
    add_and_prove(client, "ona@work.example")

    assert ona.verified_addresses() == ["ona@example.org", "ona@work.example"]
    assert Person.objects.with_verified_address("ona@work.example").get() == ona


def test_main_address_moves_with_its_canonical_form(client, ona):
    add_and_prove(client, "Ona@ŽMOGUS.lt")

    client.post("/accounts/email/", {"action_primary": "", "email": "ona@xn--mogus-tib.lt"})

    ona.refresh_from_db()
    assert ona.email == "ona@xn--mogus-tib.lt"
    assert ona.verified_addresses() == ["ona@xn--mogus-tib.lt", "ona@example.org"]


def test_both_addresses_hear_of_the_move(client, ona):
    add_and_prove(client, "ona@work.example")
    mail.outbox.clear()

    client.post("/accounts/email/", {"action_primary": "", "email": "ona@work.example"})
    drain()

    assert {message.subject for message in mail.outbox} == {"The main address of your account was changed"}
    assert "ona@example.org" in {message.to[0] for message in mail.outbox}


def test_unproved_address_cannot_become_the_main_one(client, ona):
    client.post("/accounts/email/", {"action_add": "", "email": "ona@work.example"})

    client.post("/accounts/email/", {"action_primary": "", "email": "ona@work.example"})

    ona.refresh_from_db()
    assert ona.email == "ona@example.org"


def test_somebody_elses_address_cannot_be_proved(client, ona):
    PersonFactory(email="jonas@example.org")

    client.post("/accounts/email/", {"action_add": "", "email": "jonas@example.org"})
    drain()

    assert ona.verified_addresses() == ["ona@example.org"]
    assert not EmailAddress.objects.filter(user=ona, email="jonas@example.org", verified=True).exists()


def test_seventh_address_is_refused(client, ona):
    for n in range(5):
        EmailAddress.objects.create(user=ona, email=f"ona{n}@example.org", verified=True)

    client.post("/accounts/email/", {"action_add": "", "email": "ona7@example.org"})

    assert EmailAddress.objects.filter(user=ona).count() == 6


def test_who_proves_an_address_reads_whose_account_it_joins(client):
    stranger = PersonFactory(email="rasa@example.org", name="Ona")
    added = EmailAddress.objects.create(user=stranger, email="ona@work.example")

    page = client.get(confirmation_link(added).removeprefix("http://localhost:8000"))

    assert "whose main address is <strong>rasa@example.org</strong>" in page.text


def test_who_proves_the_address_of_a_new_account_reads_it_once(client):
    newcomer = PersonFactory(email="rasa@example.org")
    main = newcomer.emailaddress_set.get()
    EmailAddress.objects.update(verified=False)

    page = client.get(confirmation_link(main).removeprefix("http://localhost:8000"))

    assert "Is this your address?" in page.text
    assert "whose main address is" not in page.text
