"""What the applicant answers while the days stand still; or not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from organisers.models import Organiser
from portal import clock
from portal.notifications.models import Notification
from portal.workflow import Stale, StepRefused
from quality_label.actions import (
    attach_evidence,
    save_reply,
    send_replies,
    take_more_time,
    withdraw_application,
)
from quality_label.actions.replies import NOT_BOTH
from quality_label.actions.submission import freeze
from quality_label.models import Application, Assignment, Clarification, ClarificationQuestion
from quality_label.schedule import keep_applicants_days
from tests.factories.accounts import PersonFactory
from tests.factories.label import AssignmentFactory
from tests.factories.organisers import MembershipFactory
from tests.quality_label.applying import later, link_facts, owner, stopped, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    application = stopped("clarification", "clarification")
    open_round = Clarification.objects.create(application=application, round=1, sent_at=clock.now())
    for code in ["B5", "C4"]:
        ClarificationQuestion.objects.create(clarification=open_round, code=code, words=f"What of {code}?")
    freeze(application, "submitted")
    return application


def reply(application, number, words, **facts):
    question = ClarificationQuestion.objects.filter(clarification__application=application)[number]
    values = {"words": words, "cannot_answer": False, "by": owner(application), "seen": question.version} | facts
    return save_reply(question, **values)


def test_answers_let_the_days_go_on_and_open_reviews_for_what_was_asked(asked):
    locked = AssignmentFactory(application=asked, locked=True)
    drafting = AssignmentFactory(application=asked, accepted=True)
    with later(days=5):
        reply(asked, 0, "It is in the handbook.")
        reply(asked, 1, "", cannot_answer=True)
        application = send_replies(asked, by=owner(asked))
        assert application.days().due_on == application.day_0 + timedelta(days=95)

    locked.refresh_from_db()
    drafting.refresh_from_db()
    assert (locked.is_reopened, locked.reopened_criteria, drafting.reopened_criteria) == (True, ["B5", "C4"], [])
    assert application.snapshots.last().document["replies"][0]["answer"] == "It is in the handbook."
    assert told("questions_answered") == {locked.person, drafting.person, application.coordinator}
    assert application.clarifications.get().is_answered


def test_a_review_that_opens_again_has_a_week_of_its_own(asked):
    locked = AssignmentFactory(application=asked, locked=True)
    with later(days=5):
        reply(asked, 0, "It is in the handbook.")
        reply(asked, 1, "", cannot_answer=True)
        send_replies(asked, by=owner(asked))
        opened = Assignment.objects.with_words().get(pk=locked.pk)
        assert (opened.days_late(), opened.review_due_on()) == (0, clock.today() + timedelta(days=7))
    with later(days=13):
        assert Assignment.objects.with_words().get(pk=locked.pk).days_late() == 1


def test_every_question_is_answered_or_it_is_said_that_one_cannot(client, asked):
    client.force_login(owner(asked))
    first, second = ClarificationQuestion.objects.all()
    sent = {f"q{first.pk}-words": "Yes.", f"q{first.pk}-seen": 0, f"q{second.pk}-words": " ", f"q{second.pk}-seen": 0}

    answer = client.post(reverse("quality_label:own-replies", args=[asked.organiser.slug]), sent | {"send": "1"})

    assert (answer.status_code, "C4: write an answer" in answer.content.decode()) == (422, True)
    first.refresh_from_db()
    assert (first.answer, Application.objects.get().has_open_questions) == ("Yes.", True)


def test_questions_and_answers_are_read_after_they_were_sent(client, asked):
    AssignmentFactory(application=asked, accepted=True)
    client.force_login(owner(asked))
    written = reverse("quality_label:own-all", args=[asked.organiser.slug])
    reply(asked, 0, "It is in the handbook.")
    reply(asked, 1, "", cannot_answer=True)
    said = ["What of B5?", "It is in the handbook.", "What of C4?"]

    before = client.get(written).content.decode()
    send_replies(asked, by=owner(asked))
    after = client.get(written).content.decode()

    assert [one in before for one in said] == [False] * 3
    assert [one in after for one in said] == [True] * 3


def test_an_answer_and_the_tick_that_there_is_none_are_not_taken_together(client, asked):
    client.force_login(owner(asked))
    first, second = ClarificationQuestion.objects.all()
    sent = {
        f"q{first.pk}-words": "In the handbook.", f"q{first.pk}-cannot_answer": "on", f"q{first.pk}-seen": 0,
        f"q{second.pk}-words": "On page two.", f"q{second.pk}-seen": 0,
    }  # fmt: skip

    page = client.post(reverse("quality_label:own-replies", args=[asked.organiser.slug]), sent)

    text, (form, _theirs) = page.content.decode(), page.context["forms"][0]
    assert (page.status_code, form.errors["cannot_answer"]) == (422, [str(NOT_BOTH)])
    assert [said in text for said in [str(NOT_BOTH), "In the handbook.", "On page two."]] == [True] * 3
    assert form["cannot_answer"].value() is True
    assert not ClarificationQuestion.objects.exclude(answer="").exists()
    with pytest.raises(StepRefused, match="not both"):
        reply(asked, 0, "In the handbook.", cannot_answer=True)


def test_drafts_of_answers_are_kept_and_not_written_over(asked):
    reply(asked, 0, "A draft.")

    with pytest.raises(Stale):
        reply(asked, 0, "Another.", seen=0)
    with pytest.raises(PermissionDenied):
        reply(asked, 0, "Mine.", by=PersonFactory())


def test_the_page_shows_both_answers_where_two_write(client, asked):
    reply(asked, 0, "Theirs.")
    client.force_login(owner(asked))
    first, second = ClarificationQuestion.objects.all()
    sent = {f"q{first.pk}-words": "Mine.", f"q{first.pk}-seen": 0, f"q{second.pk}-seen": 0}

    both = client.post(reverse("quality_label:own-replies", args=[asked.organiser.slug]), sent)

    assert both.status_code == 409
    assert ("Theirs." in both.content.decode(), "Mine." in both.content.decode()) == (True, True)


def test_an_answer_that_is_too_long_is_named_and_comes_back(client, asked):
    questions = list(asked.clarifications.get().questions.all())
    typed = {f"q{one.pk}-seen": 0 for one in questions} | {f"q{questions[1].pk}-words": "x" * 5001}
    client.force_login(owner(asked))
    path = reverse("quality_label:own-replies", args=[asked.organiser.slug])

    by_page = client.post(path, typed, headers={"Accept": "application/json"})
    by_person = client.post(path, typed)

    fault = "C4, Your answer: This has 5001 characters. At most 5000 fit."
    assert (by_page.status_code, by_page.json()["said"]) == (422, f"Not saved. {fault}")
    assert (fault in by_person.text, "x" * 5001 in by_person.text) == (True, True)


@pytest.mark.parametrize("role", ["author", "issuer"])
def test_staff_write_answers_and_do_not_send_them(asked, role):
    staff = MembershipFactory(organiser=asked.organiser, role=role).person

    reply(asked, 0, "A draft.", by=staff)

    with pytest.raises(PermissionDenied):
        send_replies(asked, by=staff)


def test_evidence_for_other_criteria_is_marked_as_not_asked_for(asked):
    by = owner(asked)

    other = attach_evidence(asked, by=by, **link_facts(["A1"]))
    wanted = attach_evidence(asked, by=by, **link_facts(["A1", "B5"]))

    assert (other.is_asked_for, wanted.is_asked_for) == (False, True)


def test_seven_more_days_can_be_taken_once(asked):
    application = take_more_time(asked, by=owner(asked))

    assert application.answer_by >= clock.today() + timedelta(days=21)
    assert application.pauses.get().capped_before == clock.today() + timedelta(days=21)
    with pytest.raises(StepRefused, match="taken the seven more days"):
        take_more_time(application, by=owner(asked))


def test_without_an_answer_the_review_goes_on_from_the_deadline(asked):
    last, days = asked.answer_by, (asked.answer_by - clock.today()).days
    with later(days=days + 3):
        keep_applicants_days()
        keep_applicants_days()
        application = Application.objects.get()

        assert (application.has_open_questions, application.pauses.get().resumed_on) == (False, last)
    open_round = application.clarifications.get()
    assert (open_round.is_answered, open_round.closed_at is None) == (False, False)
    assert Notification.objects.filter(event="quality_label/questions_over").count() == 1


def test_what_is_answered_too_late_is_shown_and_not_taken(client, asked):
    days = (asked.answer_by - clock.today()).days
    first, second = ClarificationQuestion.objects.all()
    sent = {f"q{first.pk}-words": "Typed late.", f"q{first.pk}-seen": 0, f"q{second.pk}-seen": 0, "send": "1"}
    path = reverse("quality_label:own-replies", args=[asked.organiser.slug])
    with later(days=days + 1):
        client.force_login(owner(asked))
        before_the_clock = client.post(path, sent)
        keep_applicants_days()
        after_the_clock = client.post(path, sent)

    for answer in [before_the_clock, after_the_clock]:
        assert answer.status_code == 409
        assert "Typed late." in answer.content.decode()
        assert "review goes on with the file as it is" in answer.content.decode()


def test_a_suspended_organiser_does_not_answer(asked):
    Organiser.objects.filter(pk=asked.organiser_id).update(standing="suspended")

    with pytest.raises(StepRefused, match="suspended"):
        reply(Application.objects.get(), 0, "A draft.")


@pytest.mark.parametrize(("days_before", "reminders"), [(8, 0), (7, 1), (2, 2), (0, 3)])
def test_questions_are_reminded_of(asked, days_before, reminders):
    with later(days=(asked.answer_by - clock.today()).days - days_before):
        keep_applicants_days()

    assert Clarification.objects.get().reminders == reminders


def test_withdrawing_releases_the_team_and_closes_the_days(asked):
    assessor = AssignmentFactory(application=asked, accepted=True)

    application = withdraw_application(asked, by=owner(asked))

    assessor.refresh_from_db()
    assert (assessor.get_state_display(), application.pauses.get().resumed_on) == ("released", clock.today())
    assert told("application_withdrawn") == {assessor.person, application.coordinator}
