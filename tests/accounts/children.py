"""Children on their way to an account, as tests need them."""

import re

from django.core import mail
from django.test import Client

from portal.accounts.models import Person
from portal.schedule import drain
from tests.accounts.test_sign_up import ANSWERS, link_in

GUARDIAN = "rasa@example.org"
CHILD = "ona@example.org"
AGREES = {"answer": "yes", "name": "Rasa Petrauskienė"}
REFUSES = {"answer": "no"}


def child_who_waits(email=CHILD, guardian=GUARDIAN) -> tuple[Person, Client]:
    """Sign a child up, prove the address, and return the child with a browser in which they are signed in."""
    browser = Client()
    browser.post("/accounts/signup/", ANSWERS | {"email": email, "age": "no", "guardian": guardian})
    drain()
    browser.post(link_in(letter_to(email)))
    drain()
    return Person.objects.get(email=email), browser


def letter_to(address):
    """Return the newest letter to an address."""
    return next(message for message in reversed(mail.outbox) if message.to == [address])


def letters_to(address):
    """Return the subjects of the letters to an address."""
    return [message.subject for message in mail.outbox if message.to == [address]]


def guardian_path(address=GUARDIAN):
    """Return the path of the link in the newest letter to a guardian."""
    return re.search(r"http://localhost:\d+(/guardian/\S+)", letter_to(address).body)[1]
