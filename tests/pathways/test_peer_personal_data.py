"""What becomes of looks and complaints when a person downloads, erases or merges."""

import io
import zipfile

import pytest

from pathways.actions import answer_complaint, complain, draw_work
from pathways.models import Attempt, Complaint, PeerReview
from portal.accounts.exporting import ask_for_data
from portal.accounts.merging import merge_accounts
from portal.accounts.models import DataExport
from portal.accounts.schedule import make_data_files
from portal.invariants import violations
from portal.privacy import personal_data
from tests.factories.accounts import PersonFactory
from tests.factories.leaver import erased
from tests.factories.pathways import WORDS, peer_activity, peer_judgement, peer_of, waiting_attempt

pytestmark = pytest.mark.django_db
NAME, PEER = "Quillaxa Verdumbre", "Ozymar Tintelhof"


@pytest.fixture
def page():
    return peer_activity()


@pytest.fixture
def attempt(page):
    return waiting_attempt(page, PersonFactory(name=NAME))


@pytest.fixture
def peer(page, attempt):
    person = peer_of(page)
    person.name = PEER
    person.save()
    return person


def download_of(person, capture) -> str:
    with capture(execute=True):
        ask_for_data(person)
        while make_data_files():
            pass
    with (
        DataExport.objects.get(person=person).file.content.open("rb") as file,
        zipfile.ZipFile(io.BytesIO(file.read())) as archive,
    ):
        return archive.read("data.json").decode()


def test_a_download_tells_neither_side_who_the_other_is(page, attempt, peer, django_capture_on_commit_callbacks):
    peer_judgement(page, by=peer, met=False)
    peer_judgement(page, met=False)

    mine = download_of(attempt.person, django_capture_on_commit_callbacks)
    theirs = download_of(peer, django_capture_on_commit_callbacks)

    assert WORDS in mine
    assert WORDS in theirs
    assert (PEER in mine, peer.email in mine) == (False, False)
    assert (NAME in theirs, attempt.person.email in theirs) == (False, False)


def test_a_download_does_not_tell_what_waits_for_the_other_judgement(page, attempt, peer):
    peer_judgement(page, by=peer)

    shown = personal_data()["pathways.PeerReview"].shown

    assert (shown(attempt.person).count(), shown(peer).count()) == (0, 1)


def test_words_about_others_stay_without_a_name_and_a_draw_falls_free(
    page, attempt, peer, django_capture_on_commit_callbacks
):
    peer_judgement(page, by=peer)
    waiting_attempt(page)
    draw_work(page, by=peer)

    erased(peer, django_capture_on_commit_callbacks)

    assert [(one.by, one.feedback) for one in PeerReview.objects.all()] == [(None, WORDS)]


def test_what_was_said_to_somebody_who_leaves_goes(page, attempt, peer, django_capture_on_commit_callbacks):
    peer_judgement(page, by=peer, met=False)
    peer_judgement(page, met=False)
    owner = page.organiser.memberships.owners().first().person
    complaint = complain(page, by=attempt.person, text="Both brakes are in the picture, look at it again.")
    answer_complaint(complaint, by=owner, is_upheld=False, answer="No.")

    erased(attempt.person, django_capture_on_commit_callbacks)

    assert not PeerReview.objects.exists()
    assert not Complaint.objects.exists()


def test_an_answer_stays_without_who_gave_it(page, attempt, peer):
    facts = {"attempt": attempt, "round": 1, "text": "It is there.", "answer_due": "2027-03-01", "answered_by": peer}
    Complaint.objects.create(**facts)
    entry = personal_data()["pathways.Complaint"]

    assert entry.shown(peer).count() == 0
    assert entry.rows_of(peer).count() == 1


def test_merged_accounts_keep_what_both_said_but_not_of_their_own_work(page, attempt, peer):
    other = peer_of(page)
    for by in (peer, other):
        peer_judgement(page, by=by)
    third = PeerReview.objects.create(attempt=waiting_attempt(page), round=1, by=other)

    merge_accounts(peer, other, by=peer)

    assert sorted(PeerReview.objects.filter(attempt=attempt).values_list("by", flat=True), key=str) == [peer.pk, None]
    assert PeerReview.objects.get(pk=third.pk).by == peer
    merge_accounts(attempt.person, PeerReview.objects.get(pk=third.pk).by, by=attempt.person)
    assert set(PeerReview.objects.filter(attempt__person=attempt.person).values_list("by", flat=True)) <= {None}
    assert list(violations()) == []


def test_two_attempts_become_one_with_what_was_said_of_both(page):
    one, other = PersonFactory(), PersonFactory()
    for person in (one, other):
        waiting_attempt(page, person)
        for _time in range(2):
            peer_judgement(page, met=False)
        complain(page, by=person, text="Both brakes are in the picture, look at it again.")

    merge_accounts(one, other, by=one)

    attempt = Attempt.objects.get(person=one)
    assert list(attempt.peer_reviews.order_by("round").values_list("round", flat=True)) == [1, 1, 3, 3]
    assert list(attempt.complaints.order_by("round").values_list("round", flat=True)) == [1, 3]
