"""Mail that waits: for what it tells of to be let go, or for its sender's share of the next minute."""

from datetime import timedelta

import pytest

from portal import clock
from portal.notifications.actions import drop_held, let_go, queue_mail
from portal.notifications.models import Notification, OutgoingMail
from portal.notifications.schedule import send_due_mail
from tests.factories.accounts import PersonFactory
from tests.portal.mail_server import mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.services]
EVENT = "accounts/unknown_address"


def test_a_sender_with_a_long_list_keeps_nobody_waiting(settings):
    settings.SENDER_MAILS_A_MINUTE = 3
    for n in range(5):
        queue_mail(EVENT, to=f"person{n}@example.org", sender="organiser:1")
    with mail_server(settings) as clerk:
        send_due_mail()  # a round begins within the rate
        queue_mail(EVENT, to="late@example.org", sender="organiser:1")
        queue_mail(EVENT, to="ona@example.org", sender="organiser:2")
        send_due_mail()
        assert [letter.rcpt_tos for letter in clerk.letters[5:]] == [["ona@example.org"]]
        with clock.moved_to(timedelta(minutes=2)):
            send_due_mail()

    assert len(clerk.letters) == 7


def test_what_is_held_leaves_when_it_is_let_go():
    person = PersonFactory()
    Notification.objects.create(person=person, event=EVENT, hold="a")
    for hold in "ab":
        queue_mail(EVENT, to=f"{hold}@example.org", hold=hold)
    assert (OutgoingMail.objects.due().count(), person.notifications.shown().count()) == (0, 0)

    let_go("a")

    assert [mail.to for mail in OutgoingMail.objects.due()] == ["a@example.org"]
    assert person.notifications.shown().count() == 1


def test_what_is_held_can_be_dropped_for_good():
    person = PersonFactory()
    Notification.objects.create(person=person, event=EVENT, hold="a")
    queue_mail(EVENT, to="a@example.org", hold="a")

    drop_held("a")
    let_go("a")

    assert OutgoingMail.objects.get().state == "cancelled"
    assert not person.notifications.exists()
