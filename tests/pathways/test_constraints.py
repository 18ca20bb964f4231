"""What the database itself refuses."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from badges.models import AwardBatch
from pathways.models import (
    Attempt,
    Complaint,
    Enrolment,
    EvidenceItem,
    Judgement,
    PeerReview,
    PlaylistStep,
    QuizTry,
)
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.badges import held_award, published_badge
from tests.factories.pathways import activity, playlist, reviewed_activity, waiting_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def refused(write, *args, **facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(*args, **facts)


def test_one_attempt_and_one_enrolment_a_person():
    attempt = waiting_attempt()
    key = uuid.uuid4()
    Enrolment.objects.create(person=attempt.person, playlist_key=key)

    refused(Enrolment.objects.create, person=attempt.person, playlist_key=key)
    refused(
        Attempt.objects.create,
        person=attempt.person,
        activity_key=attempt.activity_key,
        organiser=attempt.organiser,
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "passed", "passed_at": None},
        {"state": "open", "passed_at": clock.now()},
        {"state": "submitted", "submitted_at": None},
    ],
)
def test_states_have_their_dates(facts):
    waiting_attempt()

    refused(Attempt.objects.update, **facts)


def test_a_badge_is_earned_by_what_is_done_and_a_batch_is_of_a_badge():
    attempt, batch = waiting_attempt(), held_award(published_badge())
    Enrolment.objects.create(person=attempt.person, playlist_key=uuid.uuid4())

    for rows in (Attempt.objects, Enrolment.objects):
        refused(rows.update, badge_class=batch.badge_class)
        refused(rows.update, batch=batch)


def test_evidence_is_something_and_once_a_round():
    attempt = waiting_attempt()

    refused(EvidenceItem.objects.create, attempt=attempt, round=2)
    refused(EvidenceItem.objects.create, attempt=attempt, round=1, text="Again")


def test_a_round_is_judged_once_and_returned_with_words():
    attempt = waiting_attempt()
    Judgement.objects.create(attempt=attempt, outcome="accepted")

    refused(Judgement.objects.create, attempt=attempt, outcome="returned", feedback="No")
    refused(Judgement.objects.create, attempt=attempt, round=2, outcome="returned", feedback="")


def test_learners_judge_with_words_and_each_of_them_once():
    attempt, peer = waiting_attempt(), PersonFactory()
    PeerReview.objects.create(attempt=attempt, round=1, by=peer)

    refused(PeerReview.objects.create, attempt=attempt, round=1, by=peer)
    refused(PeerReview.objects.update, state="given", given_at=clock.now())
    refused(PeerReview.objects.update, set_aside_as="wrong")
    refused(Attempt.objects.update, state="open", peers=2)


def test_a_complaint_is_made_once_a_round_and_answered_with_words():
    facts = {"attempt": waiting_attempt(), "round": 1, "text": "It is there.", "answer_due": clock.today()}
    Complaint.objects.create(**facts)

    refused(Complaint.objects.create, **facts)
    refused(Complaint.objects.update, state="upheld", answered_at=clock.now())


def test_no_quiz_has_more_than_everything_right():
    refused(QuizTry.objects.create, attempt=waiting_attempt(), answers={}, percent=101, is_passed=True)


def test_what_learners_earned_is_not_deleted_away():
    attempt, batch = waiting_attempt(), held_award(published_badge())
    now = clock.now()
    Attempt.objects.update(state="passed", passed_at=now, badge_class=batch.badge_class, batch=batch)

    with pytest.raises(ProtectedError):
        AwardBatch.objects.get().delete()
    with pytest.raises(ProtectedError):
        attempt.organiser.delete()


def test_a_draft_that_lost_its_activity_still_opens(client):
    """With PROTECT on a page's foreign key the editor would fail: no database watches the keys in a draft."""
    one, other = activity(), reviewed_activity()
    from_draft = PersonFactory(is_superuser=True)
    page = playlist_with_draft(one, other)
    other.delete()
    client.force_login(from_draft)

    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200


def playlist_with_draft(one, other):
    page = playlist(one)
    page.steps = [PlaylistStep(activity=one, sort_order=0), PlaylistStep(activity=other, sort_order=1)]
    page.save_revision()
    return page
