"""Every mail of the check and of the team, with who acts next and until when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from portal import clock
from portal.notifications.actions import notify
from portal.notifications.schedule import send_due_mail
from quality_label.actions import find_ineligible, return_application
from tests.factories.accounts import PersonFactory
from tests.factories.cases import expert, led_case
from tests.factories.label import AssignmentFactory
from tests.factories.organisers import OrganiserFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


def case(**facts):
    return led_case(organiser=OrganiserFactory(words="Ratas", verified=True), **facts)


def returned():
    one = case(in_check=True, assigning=False)
    return return_application(one, {"context": "No languages."}, by=one.coordinator)


def turned_down():
    one = case(in_check=True, assigning=False)
    return find_ineligible(one, gate="G2", words="Nobody holds it.", by=one.coordinator)


def place(**facts):
    person = expert(name="Kadri T.")
    return AssignmentFactory(application=case(), person=person, answer_by=clock.today() + timedelta(days=3), **facts)


def opened():
    return place(accepted=True, due_on=date(2027, 3, 29))


@pytest.mark.parametrize(
    ("event", "about", "subject", "said"),
    [
        ("application_returned", returned, "The application of Ratas has to be completed", "Context: No languages."),
        ("application_returned", returned, "The application of Ratas has to be completed", "15 March 2027"),
        ("application_not_eligible", turned_down, "The application of Ratas is not eligible yet", "Nobody holds it."),
        ("application_eligible", case, "The application of Ratas is complete", "30 May 2027"),
        ("application_in_review", case, "The application of Ratas is in review", "30 May 2027"),
        ("case_handed_over", case, "The application of Ratas is yours now", "30 May 2027"),
        ("place_offered", place, "Would you judge the application of Ratas?", "4 March 2027"),
        ("place_declined", place, "Kadri T. does not judge Ratas", "did not answer in time"),
        ("place_declined", lambda: place(reason="time"), "Kadri T. does not judge Ratas", "I have no time."),
        ("place_tie", lambda: place(accepted=True), "A tie of Kadri T. to Ratas", "agree in writing"),
        ("place_voided", lambda: place(reason_words="Ill for long."), "Somebody else judges Ratas", "Ill for long."),
        ("review_opened", opened, "The file of Ratas is open to you", "29 March 2027"),
        ("review_opened", lambda: place(role="lead"), "The file of Ratas is open to you", "The two reviews come first"),
    ],
)  # fmt: skip
def test_a_letter_says_what_happened_and_what_is_next(client, event, about, subject, said):
    person = PersonFactory()
    with clock.moved_to(MONDAY):
        obj = about()
        notify([person], f"quality_label/{event}", about=obj)
        send_due_mail()

    letter = next(one for one in mail.outbox if one.to == [person.email])
    client.force_login(person)
    assert letter.subject == subject
    assert said in letter.body
    assert said in letter.alternatives[0].content
    assert subject.replace("'", "&#x27;") in client.get("/inbox/").text
    if event.startswith("application"):
        assert not {"Petra", "Kadri", "rejected"} & set(letter.body.replace(",", " ").split())
