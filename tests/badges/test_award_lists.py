"""Preparing a list: read into rows, mended, never kept for good."""

from datetime import timedelta

import pytest

from badges.actions.lists import MOST_DRAFTS, begin_list, leave_out, leave_out_faulty, mend_row, take_in
from badges.actions.reading import read_list
from badges.models import AwardBatch, AwardRow
from badges.schedule import drop_forgotten_lists
from portal import clock
from portal.audit.models import AuditEvent
from portal.files.gate import Admitted
from portal.workflow import StepRefused
from tests.badges.lists import LIST, begin, draft, states, steer
from tests.factories.badges import assertion, issuer_of, published_badge

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_rows_keep_their_spreadsheet_numbers_and_say_what_is_wrong():
    badge = published_badge()
    assertion(badge, email="ugne@example.org")
    batch = draft(badge)

    assert batch.is_draft
    assert states(batch) == [
        (2, "ready", ""),
        (3, "faulty", ""),
        (4, "left out", "repeated"),
        (5, "left out", "held"),
    ]
    assert batch.rows.get(number=3).problems == [["email wrong", "email"]]
    assert batch.rows.get(number=5).name == "Ugnė Žydrūnaitė"


def test_a_mended_row_is_ready_and_repeats_are_found_anew():
    batch = draft()
    row = batch.rows.get(number=3)

    mended = mend_row(row, {"email": "agnieszka@example.org", "first_name": "Agnieszka"}, **steer(batch))
    assert (mended.state, mended.email, mended.name) == ("ready", "agnieszka@example.org", "Agnieszka Łuczak")

    leave_out(batch.rows.get(number=2), **steer(batch))
    assert batch.rows.get(number=4).state == "ready"  # no longer a repeat
    take_in(batch.rows.get(number=2), **steer(batch))
    assert batch.rows.get(number=4).absence == "repeated"


def test_a_row_with_several_faults_is_read_and_names_each():
    text = "E-mail;First name;Last name;Language\nоna@example.org;Ona;O.;klingon\nugne@example.org;Ugnė;Ž.;lt\n"

    batch = draft(text=text)

    assert [[(code, field) for code, field, *_facts in row.problems] for row in batch.rows.order_by("number")] == [
        [("email foreign", "email"), ("language unknown", "language")],
        [("language missing", "language")],
    ]
    assert list(batch.rows.values_list("state", "email").order_by("number")) == [
        ("faulty", ""),
        ("faulty", "ugne@example.org"),
    ]


def test_who_changes_a_row_is_written_down_without_what_stands_in_it():
    batch = draft()
    row = batch.rows.get(number=3)
    kept = AuditEvent.objects.count()

    mend_row(row, {"email": "agnieszka@example.org", "first_name": "Agnieszka"}, **steer(batch))
    leave_out(row, **steer(batch))
    take_in(row, **steer(batch))
    mend_row(row, {"email": "agnieszka"}, **steer(batch))
    leave_out_faulty(batch, **steer(batch))

    written = AuditEvent.objects.order_by("pk")[kept:]
    assert {(event.actor_id, event.object_id) for event in written} == {(batch.awarded_by_id, str(batch.pk))}
    assert [(event.verb.rpartition(".")[2], event.facts) for event in written] == [
        ("mend_row", {"row": 3, "fields": ["email"]}),
        ("leave_out_row", {"row": 3}),
        ("take_in_row", {"row": 3, "fields": []}),
        ("mend_row", {"row": 3, "fields": ["email"]}),
        ("leave_out_faulty", {"rows": [3]}),
    ]


def test_a_worker_that_dies_while_reading_is_followed_by_another():
    badge = published_badge()
    batch = begin_list(badge, Admitted("l.csv", LIST.encode(), ""), by=issuer_of(badge.organiser), language="en")
    AwardBatch.objects.update(reading_until=clock.now() + timedelta(minutes=5))
    AwardRow.objects.create(batch=batch, number=2, state="faulty")  # what the dead worker left

    assert read_list(batch) is False
    with clock.moved_to(timedelta(minutes=6)):
        assert read_list(batch) is True

    assert batch.rows.count() == 4


def test_a_draft_that_nobody_came_back_to_is_gone_after_a_month():
    batch = draft()
    assert batch.file is None  # its rows hold what was in it

    with clock.moved_to(timedelta(days=29)):
        drop_forgotten_lists()
        assert AwardBatch.objects.filter(pk=batch.pk).exists()
    with clock.moved_to(timedelta(days=31)):
        drop_forgotten_lists()

    assert not AwardRow.objects.exists()


def test_a_file_that_cannot_be_read_says_why_and_awards_nothing():
    batch = draft(text="%PDF-1.7 no list")

    assert batch.is_draft
    assert "PDF" in batch.notes[0]
    assert not batch.rows.exists()


def test_an_organiser_prepares_thirty_lists_at_a_time():
    badge = published_badge()
    for _number in range(MOST_DRAFTS):
        begin(badge)

    with pytest.raises(StepRefused, match="Thirty lists"):
        begin(badge)
