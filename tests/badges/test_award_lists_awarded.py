"""Awarding to a list: which rows become badges, when, and what can be stopped or undone."""

import uuid
from datetime import date, timedelta

import pytest

from badges import ledger
from badges.actions import undo_batch
from badges.actions.badge_classes import freeze
from badges.actions.lists import award_list, begin_list_of_rest, cancel_rest, pause_batch, resume_batch
from badges.models import Assertion
from badges.schedule import read_lists
from portal import clock
from portal.invariants import violations
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from tests.badges.lists import draft, states, steer
from tests.factories.badges import carry_out, draft_badge, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_nothing_is_awarded_before_the_award_and_then_exactly_the_ready_rows():
    batch = draft()
    carry_out()
    assert not Assertion.objects.exists()

    award_list(batch, **steer(batch))
    carry_out()

    assert sorted(Assertion.objects.values_list("email", flat=True)) == ["jonas@example.org", "ugne@example.org"]
    assert batch.rows.get(number=3).state == "faulty"
    assert OutgoingMail.objects.due().count() == 0  # held


def test_the_same_list_again_shuffled_and_in_other_case_issues_nothing_new():
    badge = published_badge()
    award_list(draft(badge), by=issuer_of(badge.organiser))
    carry_out()

    again = draft(badge, "First name,E-mail\nUgnė,UGNE@example.org\nJonas,Jonas@Example.org\n")

    assert [absence for _n, _s, absence in states(again)] == ["held", "held"]
    with pytest.raises(StepRefused):
        award_list(again, by=issuer_of(badge.organiser))


def test_a_person_who_lost_the_role_awards_no_further_row():
    batch = draft()
    award_list(batch, **steer(batch))
    batch.badge_class.organiser.memberships.filter(role="issuer").delete()

    carry_out()

    assert set(batch.rows.filter(state="refused").values_list("refusal", flat=True)) == {"forbidden"}


def test_paused_rows_wait_and_cancelled_ones_never_come():
    batch = draft()
    award_list(batch, **steer(batch))
    pause_batch(batch, **steer(batch))
    carry_out()
    assert not Assertion.objects.exists()

    cancel_rest(batch, **steer(batch))
    resume_batch(batch, **steer(batch))
    carry_out()

    assert not Assertion.objects.exists()
    assert batch.counts()["cancelled"] == 2


def test_rows_that_a_worker_holds_are_cancelled_too():
    batch = draft()
    award_list(batch, **steer(batch))
    lease = uuid.uuid4()
    rows = ledger.lease_rows(lease)

    assert cancel_rest(batch, **steer(batch)) == 2
    ledger.commit(rows, ledger.sign_rows(rows), lease)

    assert not Assertion.objects.exists()
    assert batch.counts()["cancelled"] == 2


def test_rows_carry_language_end_description_evidence_and_date():
    text = (
        "email;name;valid until;description;evidence;date of activity\n"
        "a@example.org;Ana;2031-05-06;Led a group;https://example.org/a https://example.org/b;2026-01-31\n"
    )
    batch = draft(text=text)
    row = batch.rows.get()

    assert (row.state, row.problems) == ("ready", [])
    assert (row.valid_until, row.activity_on) == (date(2031, 5, 6), date(2026, 1, 31))
    assert row.evidence == ["https://example.org/a", "https://example.org/b"]
    award_list(batch, **steer(batch))
    carry_out()
    badge = Assertion.objects.get()
    assert badge.expires_at.isoformat() == "2031-05-06T23:59:59+00:00"
    assert '"activityStartDate"' in badge.documents.get(format="ob3").body


def test_an_undone_list_withdraws_all_its_badges_at_once(django_assert_max_num_queries):
    batch = draft(text="email\n" + "".join(f"p{n}@example.org\n" for n in range(30)))
    award_list(batch, **steer(batch))
    carry_out()

    with django_assert_max_num_queries(30):
        undo_batch(batch, **steer(batch))
    carry_out()

    assert set(Assertion.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert OutgoingMail.objects.filter(state="cancelled").count() == 30
    assert list(violations()) == []


def test_without_mail_nobody_is_told_and_fsck_agrees():
    batch = draft()
    award_list(batch, notify=False, **steer(batch))
    carry_out()

    assert not OutgoingMail.objects.filter(event="badges/badge_waiting").exists()


def test_sent_on_a_date_it_stays_held_until_then():
    batch = draft()
    later = clock.now() + timedelta(days=3)
    batch = award_list(batch, send_at=later, **steer(batch))

    assert (batch.is_held, batch.release_at) == (True, later)


def test_an_unverified_organiser_awards_no_list_above_its_daily_limit():
    badge = published_badge(OrganiserFactory())
    text = "email\n" + "".join(f"p{n}@example.org\n" for n in range(51))
    with pytest.raises(StepRefused, match="50 badges a day"):
        award_list(draft(badge, text), by=issuer_of(badge.organiser))


def test_a_draft_counts_for_nothing_in_the_day_of_an_unverified_organiser():
    organiser = OrganiserFactory()
    lines = "".join(f"p{n}@example.org;P;No {n}\n" for n in range(30))
    batch = draft(published_badge(organiser), f"E-mail;First name;Last name\n{lines}")

    award_list(batch, **steer(batch))
    carry_out()

    assert batch.counts()["awarded"] == 30


def test_a_badge_that_is_not_published_takes_no_list_and_shows_no_version(client):
    badge = draft_badge()
    freeze(badge)

    with pytest.raises(StepRefused, match="Publish the badge"):
        draft(badge)
    assert client.get(f"/badges/{badge.key}/1").status_code == 404
    assert client.get(f"/badges/{badge.key}/1/achievement.json").status_code == 404


def test_what_is_left_of_a_list_begins_a_new_one():
    batch = draft()
    award_list(batch, **steer(batch))
    carry_out()

    rest = begin_list_of_rest(batch, **steer(batch), language="en")
    read_lists()

    assert list(rest.rows.order_by("number").values_list("cells", flat=True)) == [
        ["agnieszka@example", "Agnieszka", "Łuczak"],
        ["JONAS@example.org", "Jonas", "P."],
    ]
