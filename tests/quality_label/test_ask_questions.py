"""Asking the applicant: gathered among the team, sent in one message, twice at most."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal import clock
from portal.notifications.models import OutgoingMail
from portal.workdays import moved_to_working_day
from portal.workflow import StepRefused
from quality_label.actions import (
    add_question,
    drop_round,
    gather_questions,
    have_no_more_questions,
    save_reply,
    send_questions,
    send_replies,
    word_question,
)
from quality_label.models import Application, Clarification, ClarificationQuestion
from tests.factories.label import case_in_consensus, review_under_way

pytestmark = pytest.mark.django_db
WORDS = "Who judges the work that learners hand in?"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def gathering():
    """A round that is gathered, with its people."""
    application, assessors, lead = review_under_way()
    gather_questions(application, by=lead.person)
    return application, assessors, lead


def test_assessors_are_asked_for_theirs(gathering):
    _application, assessors, _lead = gathering

    mails = OutgoingMail.objects.filter(event="quality_label/questions_gathered")
    assert set(mails.values_list("to", flat=True)) == {place.person.email for place in assessors}


def test_only_the_lead_gathers_and_sends(gathering):
    application, (one, _other), _lead = gathering

    for act in [gather_questions, send_questions, drop_round]:
        with pytest.raises(PermissionDenied):
            act(application, by=one.person)


def test_questions_leave_in_one_message_once_both_have_no_more(gathering):
    application, (one, other), lead = gathering
    add_question(application, code="B5", words=WORDS, by=one.person)
    add_question(application, code="C4", words=WORDS, by=lead.person)
    have_no_more_questions(one, by=one.person)
    with pytest.raises(StepRefused):
        send_questions(application, by=lead.person)
    have_no_more_questions(other, by=other.person)

    application = send_questions(application, by=lead.person)

    last = moved_to_working_day(clock.today() + timedelta(days=14))
    assert (application.state, application.answer_by) == ("clarification", last)
    pause = application.pauses.get()
    assert (pause.cause, pause.stopped_on, pause.capped_before) == (
        "clarification",
        clock.today(),
        clock.today() + timedelta(days=14),
    )
    owner = application.organiser.memberships.owners().first().person
    assert [mail.to for mail in OutgoingMail.objects.filter(event="quality_label/questions_asked")] == [owner.email]
    assert application.codes_asked_about() == {"B5", "C4"}


def test_after_three_working_days_the_lead_waits_no_longer():
    with clock.moved_to(MONDAY):
        application, (one, _other), lead = review_under_way()
        gather_questions(application, by=lead.person)
        add_question(application, code="B5", words=WORDS, by=one.person)

    with clock.moved_to(MONDAY + timedelta(days=3)), pytest.raises(StepRefused):
        send_questions(application, by=lead.person)
    with clock.moved_to(MONDAY + timedelta(days=4)):
        assert send_questions(application, by=lead.person).state == "clarification"


@pytest.mark.parametrize("facts", [{"code": "Z9", "words": WORDS}, {"code": "B5", "words": "Why?"}])
def test_question_names_a_criterion_and_is_written_out(gathering, facts):
    application, (one, _other), _lead = gathering

    with pytest.raises(StepRefused):
        add_question(application, by=one.person, **facts)


def test_page_refuses_a_question_without_criterion_and_keeps_it(client, gathering):
    _application, (one, _other), _lead = gathering
    client.force_login(one.person)

    answer = client.post(f"/quality-label/desk/{one.key}/questions/", {"code": "", "words": WORDS})

    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert client.post(f"/quality-label/desk/{one.key}/questions/", {"code": "B5", "words": WORDS}).status_code == 302


def test_nothing_is_sent_without_a_question(gathering):
    application, assessors, lead = gathering
    for place in assessors:
        have_no_more_questions(place, by=place.person)

    with pytest.raises(StepRefused):
        send_questions(application, by=lead.person)


def test_lead_puts_a_question_into_neutral_words_or_takes_it_out(gathering):
    application, (one, _other), lead = gathering
    question = add_question(application, code="B5", words=WORDS, by=one.person)

    word_question(question, words="Please name who judges the work.", by=lead.person, seen=0)
    with pytest.raises(StepRefused):
        word_question(question, words="An older window says this.", by=lead.person, seen=0)
    question.refresh_from_db()
    assert question.words == "Please name who judges the work."
    word_question(question, words="", by=lead.person, seen=1)
    assert not Clarification.objects.get().questions.exists()


def test_third_round_and_a_second_one_at_a_time_are_refused(gathering):
    application, _assessors, lead = gathering
    with pytest.raises(StepRefused):
        gather_questions(application, by=lead.person)

    Clarification.objects.update(sent_at=clock.now(), closed_at=clock.now())
    gather_questions(application, by=lead.person)
    Clarification.objects.update(sent_at=clock.now(), closed_at=clock.now())
    with pytest.raises(StepRefused):
        gather_questions(application, by=lead.person)


def test_round_that_is_given_up_does_not_count(gathering):
    application, _assessors, lead = gathering

    drop_round(application, by=lead.person)

    assert not Clarification.objects.exists()


def test_nothing_is_gathered_while_questions_are_open(client, gathering):
    application, _assessors, lead = gathering
    Clarification.objects.update(sent_at=clock.now())
    Application.objects.filter(pk=application.pk).update(state="clarification", answer_by="2099-01-01")
    client.force_login(lead.person)

    assert client.post(f"/quality-label/lead/{application.key}/gather/").status_code == 409


def test_last_questions_may_be_asked_from_the_consensus(client):
    application, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    client.force_login(lead.person)

    assert client.post(f"/quality-label/lead/{application.key}/gather/").status_code == 302
    page = client.get(f"/quality-label/lead/{application.key}/").content.decode()
    assert "The assessors add theirs until" in page


def test_the_desk_shows_what_was_asked_and_what_was_answered_once_it_was_sent(client, gathering):
    application, (one, other), lead = gathering
    for code in ["A1", "B5"]:
        add_question(application, code=code, words=f"{code}: {WORDS}", by=one.person)
    for place in [one, other]:
        have_no_more_questions(place, by=place.person)
    application = send_questions(application, by=lead.person)
    owner = application.organiser.memberships.owners().first().person
    first, second = ClarificationQuestion.objects.order_by("pk")
    save_reply(first, words="Two named members.", cannot_answer=False, by=owner, seen=0)
    save_reply(second, words="", cannot_answer=True, by=owner, seen=0)
    pages = [f"/quality-label/desk/{one.key}/questions/", f"/quality-label/lead/{application.key}/"]

    def read():
        texts = []
        for person, page in zip([one.person, lead.person], pages, strict=True):
            client.force_login(person)
            texts.append(client.get(page).text)
        return texts

    for text in read():
        assert (f"A1: {WORDS}" in text, text.count("The answer is awaited.")) == (True, 2)
        assert "Two named members." not in text
    send_replies(application, by=owner)
    for text in read():
        assert "Two named members." in text
        assert "The applicant cannot answer it." in text
