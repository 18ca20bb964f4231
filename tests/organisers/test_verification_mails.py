"""Every mail and inbox line of verification and suspension, with who acts next and until when."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from organisers.actions import reject_verification
from organisers.models import Organiser
from portal import clock
from portal.notifications.actions import notify
from portal.notifications.schedule import send_due_mail
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory, case_in_check, case_with_question, requested_case, suspended_by

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
QUESTION, PLACE = "Please attach your statutes", "/workspace/ratas/verification/"


def organiser():
    return OrganiserFactory(slug="ratas", words="Ratas", verified=True, standing="verified")


def rejected(petra):
    return reject_verification(in_check(petra), reason="contact", words="Nobody answered.", by=petra)


def unverified():
    return OrganiserFactory(slug="ratas", words="Ratas")


def in_check(petra):
    return case_in_check(petra, unverified())


def questioned(petra):
    return case_with_question(petra, unverified())


def verified(petra):
    case = in_check(petra)
    Organiser.objects.update(standing="verified", verified_until=clock.today())
    case.organiser.refresh_from_db()
    return case


def urgent(petra):
    return suspended_by(petra, unverified(), is_urgent=True, words="No adult was there.")


@pytest.mark.parametrize(
    ("event", "about", "subject", "said"),
    [
        ("verification_asked", lambda p: requested_case(unverified()), "Ratas asks to be verified", "15 March 2027"),
        ("verification_asked", in_check, "Ratas asks to be verified", "It is a second look"),
        ("verification_received", in_check, "We check who Ratas is", "15 March 2027"),
        ("verification_question", questioned, "The network has a question about Ratas", QUESTION),
        ("verification_question", questioned, "The network has a question about Ratas", "31 March 2027"),
        ("verification_answered", in_check, "Ratas answered your question", "15 March 2027"),
        ("verified", verified, "Ratas is verified", "1 March 2027"),
        ("not_verified", rejected, "Ratas could not be verified", "Nobody answered."),
        ("verification_decided", rejected, "The check of Ratas was decided in your place", "stands at: not verified."),
        ("second_look_asked", rejected, "Ratas asks for a second look", "had no part in it"),
        ("second_look_granted", in_check, "Somebody else looks at Ratas now", "Another coordinator"),
        ("verification_closed", in_check, "The check of Ratas is closed without an answer", "nobody judged you"),
        ("verification_ends", lambda p: organiser(), "The verification of Ratas ends soon", PLACE),
        ("verification_over", lambda p: organiser(), "Ratas is no longer verified", PLACE),
        ("suspended", urgent, "Ratas is suspended", "No adult was there."),
        ("suspended_urgently", urgent, "Ratas was suspended urgently: a second person is needed", "4 March 2027"),
        ("suspension_answered", urgent, "Ratas answered to its suspension", "told its side"),
        ("suspension_lifted", urgent, "Ratas may act again", "as before"),
        ("shut_out", urgent, "Ratas is shut out of the network", "After twelve months"),
    ],
)  # fmt: skip
def test_a_letter_says_what_happened_and_what_is_next(client, event, about, subject, said):
    person = PersonFactory()
    with clock.moved_to(MONDAY):
        obj = about(PersonFactory(roles=["coordinator"]))
        notify([person], f"organisers/{event}", about=obj)
        send_due_mail()

    letter = next(letter for letter in mail.outbox if letter.to == [person.email])
    html = letter.alternatives[0].content
    assert letter.subject == subject
    assert said in letter.body
    assert said in html
    assert html.count('class="button"') == 1
    client.force_login(person)
    assert subject in client.get("/inbox/").content.decode()
