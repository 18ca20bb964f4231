"""The demo's window on outgoing mail."""

import pytest
from django.core.mail import EmailMessage

from portal.notifications.devmail import EmailBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(settings, tmp_path):
    """Return a function that sends mails to a folder of their own."""
    settings.DEV_MAIL_DIR = tmp_path

    def send(*addresses):
        mails = [EmailMessage(f"To {address}", "Hello.", to=[address]) for address in addresses]
        return EmailBackend().send_messages(mails)

    return send


def test_mail_to_somebody_is_found_below_hundreds_that_came_later(sent, client):
    sent("person150@example.org", *[f"other{number}@example.org" for number in range(120)])

    everything = client.get("/dev/mail/").content.decode()
    assert "To other119@" in everything
    assert "To person150@" not in everything
    assert "To person150@" in client.get("/dev/mail/?to=person150@example.org").content.decode()
