"""What a letter and a line of the inbox say."""

from email import message_from_bytes, policy

import pytest

from portal.notifications.actions import notify, queue_mail
from portal.notifications.models import Notification, OutgoingMail
from portal.notifications.schedule import send_due_mail
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.portal.mail_server import mail_server
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db

EVENT = "accounts/unknown_address"


def test_letter_arrives_once_as_text_and_html(settings):
    queue_mail(EVENT, to="ona@example.org")
    with mail_server(settings) as clerk:
        send_due_mail()
        send_due_mail()

    (letter,) = clerk.letters
    message = message_from_bytes(letter.content, policy=policy.default)
    assert letter.rcpt_tos == ["ona@example.org"]
    assert message["Subject"] == "There is no account with this address"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "/accounts/signup/" in message.get_body(("plain",)).get_content()
    assert "/accounts/signup/" in message.get_body(("html",)).get_content()
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.attempts, mail.error) == ("sent", 1, "")


def test_inbox_line_and_mail_are_written_together():
    person, organiser = PersonFactory(language="lt"), OrganiserFactory()

    notify([person], "organisers/handed_over", about=organiser)

    mail, line = OutgoingMail.objects.get(), Notification.objects.get()
    assert (mail.to, mail.person, mail.language, mail.about()) == (person.email, person, "lt", organiser)
    assert (line.person, line.about(), line.read_at) == (person, organiser, None)


def test_name_with_line_breaks_adds_no_header(settings):
    organiser = OrganiserFactory(words="Ratas\r\nBcc: everybody@example.org")
    queue_mail("organisers/handed_over", to="ona@example.org", person=PersonFactory(), about=organiser)

    with mail_server(settings) as clerk:
        send_due_mail()

    message = message_from_bytes(clerk.letters[0].content, policy=policy.default)
    assert message["Bcc"] is None
    assert message["Subject"] == "Ratas Bcc: everybody@example.org is yours now"
    assert clerk.letters[0].rcpt_tos == ["ona@example.org"]


def test_name_with_markup_is_plain_in_text_and_escaped_in_html(settings):
    organiser = OrganiserFactory(words="Jack & <b>Jill</b>'s")
    queue_mail("organisers/handed_over", to="ona@example.org", person=PersonFactory(), about=organiser)

    with mail_server(settings) as clerk:
        send_due_mail()

    message = message_from_bytes(clerk.letters[0].content, policy=policy.default)
    assert message["Subject"] == "Jack & <b>Jill</b>'s is yours now"
    assert "Jack & <b>Jill</b>'s" in message.get_body(("plain",)).get_content()
    assert "Jack &amp; &lt;b&gt;Jill&lt;/b&gt;" in message.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    "change",
    ["password_changed", "password_reset", "email_changed", "totp_activated", "webauthn_added", "something_new"],
)
def test_every_change_of_an_account_has_a_letter(settings, change):
    person = PersonFactory()
    queue_mail("accounts/account_changed", to=person.email, person=person, about=person, facts={"change": change})

    with mail_server(settings) as clerk:
        send_due_mail()

    subject = message_from_bytes(clerk.letters[0].content, policy=policy.default)["Subject"]
    assert (subject == "Something about how you sign in was changed") == (change == "something_new")


def test_no_link_with_a_secret_lies_in_the_database():
    person = PersonFactory()
    queue_mail("accounts/reset_password", to=person.email, person=person, about=person)

    row = OutgoingMail.objects.values().get()

    assert not any("http" in str(value) or "key" in str(value).lower() for value in row.values())


def test_inbox_shows_lines_as_text_and_marks_them_read(client):
    person, organiser = PersonFactory(), OrganiserFactory(words="Jack & <b>Jill</b>")
    notify([person], "organisers/handed_over", about=organiser)
    client.force_login(person)

    page = client.get("/inbox/").content.decode()
    client.post("/inbox/read/")

    assert "Jack &amp; &lt;b&gt;Jill&lt;/b&gt; is yours now" in page
    assert f'href="/organisers/{organiser.slug}/"' in page
    assert person.notifications.unread().count() == 0


def test_inbox_asks_as_often_for_thirty_lines_as_for_one(client):
    person = PersonFactory()
    client.force_login(person)
    notify([person], "organisers/handed_over", about=OrganiserFactory())
    few = queries_of(client, "/inbox/")

    for _ in range(29):
        notify([person], "organisers/handed_over", about=OrganiserFactory())

    assert queries_of(client, "/inbox/") == few


def test_a_line_about_what_is_gone_is_text_and_no_link(client):
    person, organiser, gone = PersonFactory(), OrganiserFactory(), OrganiserFactory()
    for about in (organiser, gone):
        notify([person], "organisers/handed_over", about=about)
    gone.delete()
    client.force_login(person)

    rows = client.get("/inbox/").content.decode().split('class="inbox-row"')[1:]

    assert ["<a " in row for row in rows] == [False, True]
    assert f'href="{organiser.get_absolute_url()}"' in rows[1]
