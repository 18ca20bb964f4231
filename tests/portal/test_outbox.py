"""Mail: queued with the change, sent once, tried again, given up."""

import smtplib
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from portal import clock
from portal.notifications.actions import cancel_mail_about, notify, queue_mail
from portal.notifications.invariants import mail_is_not_stuck
from portal.notifications.models import INFLIGHT_LEASE, Notification, OutgoingMail
from portal.notifications.schedule import TRIES, claim, send, send_due_mail
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.portal.accidents import fail_after
from tests.portal.mail_server import mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.services]

EVENT = "accounts/unknown_address"


def ids(clerk):
    """Return the Message-ID of each letter that arrived."""
    return [message_from_bytes(letter.content)["Message-ID"] for letter in clerk.letters]


def test_letters_of_a_round_share_a_connection(settings):
    for n in range(5):
        queue_mail(EVENT, to=f"person{n}@example.org")

    with mail_server(settings) as clerk:
        send_due_mail()

    assert (len(clerk.letters), clerk.connections) == (5, 1)


def test_nothing_is_queued_when_the_change_fails():
    person = PersonFactory()

    with pytest.raises(ZeroDivisionError):
        fail_after(lambda: notify([person], "organisers/handed_over", about=OrganiserFactory()))

    assert (OutgoingMail.objects.count(), Notification.objects.count()) == (0, 0)


def test_busy_server_is_tried_again_later_under_the_same_message_id(settings):
    queue_mail(EVENT, to="ona@example.org")
    with mail_server(settings, {"ona@example.org": ["451 Come back later"]}) as clerk:
        send_due_mail()
        waiting = OutgoingMail.objects.get()
        send_due_mail()
        assert clerk.letters == []
        with clock.moved_to(timedelta(minutes=1)):
            send_due_mail()

    assert (waiting.state, waiting.attempts) == ("queued", 1)
    assert "451" in waiting.error
    assert ids(clerk) == [waiting.message_id]
    assert OutgoingMail.objects.get().state == "sent"


def test_address_that_does_not_exist_is_given_up_and_the_others_go_out(settings):
    queue_mail(EVENT, to="gone@example.org")
    queue_mail(EVENT, to="ona@example.org")

    with mail_server(settings, {"gone@example.org": ["550 No such person"]}) as clerk:
        send_due_mail()

    assert [letter.rcpt_tos for letter in clerk.letters] == [["ona@example.org"]]
    assert dict(OutgoingMail.objects.values_list("to", "state")) == {
        "gone@example.org": "failed",
        "ona@example.org": "sent",
    }


def test_server_that_is_down_is_tried_with_growing_pauses_and_given_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    queue_mail(EVENT, to="ona@example.org")
    pauses, moment = [], clock.now()
    for _ in range(TRIES):
        with clock.moved_to(moment):
            send_due_mail()
        mail = OutgoingMail.objects.get()
        pauses.append((mail.not_before - moment).total_seconds())
        moment = mail.not_before

    assert pauses[:4] == [30, 120, 480, 1920]
    assert (mail.state, mail.attempts) == ("failed", TRIES)


def test_letter_of_a_crashed_worker_goes_out_after_its_lease(settings):
    mail = queue_mail(EVENT, to="ona@example.org")
    assert claim(OutgoingMail.objects.get())  # and then the worker died

    with mail_server(settings) as clerk:
        send_due_mail()
        assert clerk.letters == []
        with clock.moved_to(INFLIGHT_LEASE + timedelta(minutes=1)):
            send_due_mail()

    assert ids(clerk) == [mail.message_id]


def test_of_two_workers_one_claims_a_letter():
    queue_mail(EVENT, to="ona@example.org")
    one, other = OutgoingMail.objects.get(), OutgoingMail.objects.get()

    assert (claim(one), claim(other)) == (True, False)


def test_letter_that_cannot_be_written_fails_alone(settings, caplog):
    queue_mail("accounts/no_such_letter", to="ona@example.org")
    queue_mail(EVENT, to="ona@example.org")
    with mail_server(settings) as clerk:
        for minutes in (0, 10, 100):
            with clock.moved_to(timedelta(minutes=minutes)):
                send_due_mail()

    assert len(clerk.letters) == 1
    assert OutgoingMail.objects.get(event="accounts/no_such_letter").state == "failed"


def test_mail_about_something_undone_never_leaves(settings):
    organiser = OrganiserFactory()
    queue_mail("organisers/handed_over", to="ona@example.org", person=PersonFactory(), about=organiser)

    assert cancel_mail_about(organiser) == 1

    with mail_server(settings) as clerk:
        send_due_mail()
    assert clerk.letters == []


def test_mail_that_left_cannot_be_cancelled(settings):
    organiser = OrganiserFactory()
    queue_mail("organisers/handed_over", to="ona@example.org", person=PersonFactory(), about=organiser)
    with mail_server(settings):
        send_due_mail()

    assert cancel_mail_about(organiser) == 0
    assert OutgoingMail.objects.get().state == "sent"


def test_fsck_names_mail_that_is_stuck_in_flight():
    mail = queue_mail(EVENT, to="ona@example.org")
    claim(mail)

    with clock.moved_to(timedelta(minutes=16)):
        (sentence,) = mail_is_not_stuck()

    assert mail.key in sentence


class Breaking(BaseEmailBackend):
    """A server that hangs up on every letter."""

    def send_messages(self, messages):
        raise ConnectionResetError("hung up")


class Strange(BaseEmailBackend):
    """A server that no longer takes our password."""

    def open(self):
        raise smtplib.SMTPAuthenticationError(535, b"Who are you?")


@pytest.mark.parametrize("server", ["Breaking", "Strange"])
def test_server_that_cannot_be_talked_to_ends_the_round_and_loses_no_letter(settings, server):
    settings.EMAIL_BACKEND = f"tests.portal.test_outbox.{server}"
    for n in range(3):
        queue_mail(EVENT, to=f"person{n}@example.org")

    assert send_due_mail() is False

    assert sorted(OutgoingMail.objects.values_list("state", "attempts")) == [
        ("queued", 0),
        ("queued", 0),
        ("queued", 1),
    ]


class Slow(BaseEmailBackend):
    """A server so slow that another worker takes the letter over and sends it."""

    def send_messages(self, messages):
        with clock.moved_to(INFLIGHT_LEASE + timedelta(minutes=1)):
            other = OutgoingMail.objects.get()
            assert claim(other)
            send(other, get_connection("django.core.mail.backends.dummy.EmailBackend"))
        raise ConnectionResetError("hung up")


def test_worker_whose_letter_another_one_sent_does_not_queue_it_again(settings):
    settings.EMAIL_BACKEND = "tests.portal.test_outbox.Slow"
    queue_mail(EVENT, to="ona@example.org")

    send_due_mail()

    assert OutgoingMail.objects.get().state == "sent"
