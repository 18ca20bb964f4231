"""Handing in evidence, taking it back, and what a reviewer makes of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from pathways.actions import hand_in, judge_attempt, take_back_evidence
from pathways.models import Attempt, EvidenceItem, Judgement
from portal import clock
from portal.files.gate import admit_document
from portal.files.models import StoredFile
from portal.notifications.schedule import send_due_mail
from portal.workflow import Stale, StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, reviewed_activity, waiting_attempt, with_role

pytestmark = pytest.mark.django_db


def note(name="notes.txt", content=b"Both brakes hold."):
    return admit_document(SimpleUploadedFile(name, content))


def test_reviewers_are_told_what_came_in():
    page, person = reviewed_activity(), PersonFactory(name="Jonas Petraitis")
    reviewer = with_role(page.organiser, "reviewer")

    hand_in(page, by=person, text="I did it.", link="https://example.org/", file=note())
    send_due_mail()

    attempt = Attempt.objects.get(person=person)
    letter = next(message for message in mail.outbox if message.to == [reviewer.email])
    assert attempt.is_submitted
    assert letter.subject == "To review: Brake check"
    assert "Jonas Petraitis" in letter.body
    assert f"/workspace/{page.organiser.slug}/reviews/{attempt.pk}/" in letter.body
    assert reviewer.notifications.count() == 1


def test_nothing_is_not_evidence():
    with pytest.raises(StepRefused, match="Hand in some evidence first"):
        hand_in(reviewed_activity(), by=PersonFactory())

    assert not Attempt.objects.exists()


def test_a_refused_hand_in_leaves_no_file_behind():
    page, person = reviewed_activity(), PersonFactory()
    waiting_attempt(page, person)

    with pytest.raises(StepRefused):
        hand_in(page, by=person, file=note())

    assert not StoredFile.objects.exists()


def test_an_activity_that_one_confirms_takes_no_evidence():
    with pytest.raises(StepRefused):
        hand_in(activity(), by=PersonFactory(), text="Here")


def test_what_is_handed_in_again_replaces_what_was_taken_back(django_capture_on_commit_callbacks):
    page, person = reviewed_activity(), PersonFactory()
    hand_in(page, by=person, text="First", file=note())
    gone = StoredFile.objects.get()

    take_back_evidence(page, by=person)
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(page, by=person, text="Second")

    assert [item.text for item in EvidenceItem.objects.all()] == ["Second"]
    assert not StoredFile.objects.exists()
    assert not gone.content.storage.exists(gone.content.name)


def test_a_mail_about_what_was_taken_back_does_not_leave():
    page, person = reviewed_activity(), PersonFactory()
    hand_in(page, by=person, text="First")

    take_back_evidence(page, by=person)
    send_due_mail()

    assert mail.outbox == []


def test_what_is_taken_back_leaves_the_inbox_and_is_mailed_about_once_a_day():
    page, person = reviewed_activity(), PersonFactory()
    reviewer = with_role(page.organiser, "reviewer")
    for _time in range(3):
        hand_in(page, by=person, text="I did it.")
        send_due_mail()
        assert reviewer.notifications.count() == 1
        take_back_evidence(page, by=person)
        assert reviewer.notifications.count() == 0

    assert len([letter for letter in mail.outbox if letter.to == [reviewer.email]]) == 1
    with clock.moved_to(timedelta(days=1, minutes=1)):
        hand_in(page, by=person, text="I did it.")
        send_due_mail()
    assert len([letter for letter in mail.outbox if letter.to == [reviewer.email]]) == 2


def test_an_attempt_is_handed_in_ten_times_a_day():
    page, person = reviewed_activity(), PersonFactory()
    for _time in range(10):
        hand_in(page, by=person, text="I did it.")
        take_back_evidence(page, by=person)

    with pytest.raises(StepRefused, match="ten times today"):
        hand_in(page, by=person, text="I did it.", file=note())

    assert not StoredFile.objects.exists()
    with clock.moved_to(timedelta(days=1, minutes=1)):
        assert hand_in(page, by=person, text="I did it.").is_submitted


def test_what_was_judged_cannot_be_taken_back():
    attempt = waiting_attempt(page := reviewed_activity())
    judge_attempt(attempt, by=with_role(page.organiser, "reviewer"), accept=True, checklist=page.lines())

    with pytest.raises(StepRefused):
        take_back_evidence(page, by=attempt.person)


def test_accepting_passes_the_activity_and_tells_the_learner():
    attempt = waiting_attempt(page := reviewed_activity())

    attempt = judge_attempt(
        attempt,
        by=with_role(page.organiser, "reviewer"),
        accept=True,
        feedback="Well done.",
        checklist=page.lines(),
    )
    send_due_mail()

    letter = next(message for message in mail.outbox if message.to == [attempt.person.email])
    assert attempt.is_passed
    assert [line["met"] for line in Judgement.objects.get().checklist] == [True, True]
    assert letter.subject == "Accepted: Brake check"
    assert "Well done." in letter.body


def test_returning_wants_feedback_and_opens_another_round():
    page = reviewed_activity()
    attempt, reviewer = waiting_attempt(page), with_role(page.organiser, "reviewer")

    with pytest.raises(StepRefused, match="Say what is missing"):
        judge_attempt(attempt, by=reviewer, accept=False, feedback="  ")
    returned = judge_attempt(attempt, by=reviewer, accept=False, feedback="Where is the second brake?")
    hand_in(page, by=attempt.person, text="Here it is.")
    accepted = judge_attempt(Attempt.objects.get(), by=reviewer, accept=True, checklist=page.lines())

    assert returned.is_returned
    assert accepted.is_passed
    assert list(Judgement.objects.values_list("round", "outcome")) == [(1, "returned"), (2, "accepted")]
    assert list(EvidenceItem.objects.values_list("round", "text")) == [(1, "I did it."), (2, "Here it is.")]


def test_work_is_accepted_when_every_line_of_the_checklist_is_met():
    page = reviewed_activity()
    attempt, reviewer = waiting_attempt(page), with_role(page.organiser, "reviewer")
    first, _second = page.lines()

    with pytest.raises(StepRefused, match="Tick each line"):
        judge_attempt(attempt, by=reviewer, accept=True, checklist=[first])
    returned = judge_attempt(attempt, by=reviewer, accept=False, feedback="Only one brake holds.", checklist=[first])

    assert returned.is_returned
    assert [line["met"] for line in Judgement.objects.get().checklist] == [True, False]


def test_a_reviewer_who_looked_at_older_evidence_is_told():
    page = reviewed_activity()
    attempt, reviewer = waiting_attempt(page), with_role(page.organiser, "reviewer")
    take_back_evidence(page, by=attempt.person)
    hand_in(page, by=attempt.person, text="Something else")

    with pytest.raises(Stale):
        judge_attempt(attempt, by=reviewer, accept=True, seen=attempt.version)


def test_two_reviewers_give_one_judgement():
    page = reviewed_activity()
    attempt = waiting_attempt(page)
    judge_attempt(attempt, by=with_role(page.organiser, "reviewer"), accept=True, checklist=page.lines())

    with pytest.raises(StepRefused):
        judge_attempt(attempt, by=with_role(page.organiser, "owner"), accept=False, feedback="No.")

    assert Judgement.objects.count() == 1


def test_nobody_judges_their_own_work_or_that_of_other_organisers():
    page = reviewed_activity()
    reviewer = with_role(page.organiser, "reviewer")
    own = waiting_attempt(page, reviewer)
    stranger = with_role(reviewed_activity().organiser, "reviewer")

    for person in (reviewer, stranger, with_role(page.organiser, "author"), None):
        with pytest.raises(PermissionDenied):
            judge_attempt(own, by=person, accept=True)
