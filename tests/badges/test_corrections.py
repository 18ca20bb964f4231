"""Correcting a badge: never a loss, never a way round the limits."""

import uuid
from datetime import timedelta

import pytest

from badges import ledger
from badges.actions import Recipient, award, collect_badge, release_batch
from badges.actions.assertions import CORRECTIONS_A_DAY, ask_for_correction, correct_badge
from badges.actions.awards import UNVERIFIED_DAILY_LIMIT
from badges.actions.lists import cancel_rest
from badges.actions.showing import hide_badge, publish_badge, show_to_others
from badges.models import Assertion
from badges.views.holding import history
from portal import clock
from portal.invariants import violations
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_assertion, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def correct(badge, *, email="right@example.org", narrative=""):
    by = issuer_of(badge.badge_class.organiser)
    return correct_badge(badge, by=by, email=email, name="Jonas Petraitis", narrative=narrative)


def test_a_badge_is_not_corrected_to_somebody_who_holds_it():
    wrong = assertion(email="wrong@example.org")
    assertion(wrong.badge_class, email="right@example.org")

    with pytest.raises(StepRefused, match="holds the badge already"):
        correct(wrong)


def test_who_gets_the_badge_while_a_correction_is_signed_keeps_both_as_they_are():
    wrong = assertion(email="wrong@example.org")
    batch = correct(wrong)
    lease = uuid.uuid4()
    rows = ledger.lease_rows(lease)
    signed = ledger.sign_rows(rows)
    assertion(wrong.badge_class, email="right@example.org")

    ledger.commit(rows, signed, lease)

    wrong.refresh_from_db()
    assert wrong.is_live
    assert batch.rows.get().refusal == "held already"
    assert list(violations()) == []


def test_a_correction_that_was_cancelled_can_be_made_again_and_its_request_stays_open():
    wrong = assertion(email="wrong@example.org")
    holder = PersonFactory(email="wrong@example.org")
    request = ask_for_correction(wrong, by=holder, text="My address changed.")
    first = correct(wrong)
    cancel_rest(first, by=issuer_of(wrong.badge_class.organiser))
    request.refresh_from_db()
    assert request.answered_at is None

    second = correct(wrong, email="other@example.org")
    carry_out()

    request.refresh_from_db()
    assert request.answered_at is not None
    assert Assertion.objects.get(batch=second).email == "other@example.org"


def test_asked_twice_a_correction_is_made_once():
    wrong = assertion(email="wrong@example.org")

    assert correct(wrong) == correct(wrong)


def test_one_address_gets_three_corrections_a_day():
    badge = assertion()
    for number in range(CORRECTIONS_A_DAY):
        badge = corrected(badge, narrative=str(number))

    with pytest.raises(StepRefused, match="three times today"):
        correct(badge, email=badge.email, narrative="once more")
    with pytest.raises(StepRefused, match="three times today"):
        correct(badge, email=badge.email.replace("@", "+tag@"), narrative="once more")
    with clock.moved_to(timedelta(days=2)):
        correct(badge, email=badge.email, narrative="once more")


def corrected(badge, *, narrative):
    batch = correct(badge, email=badge.email, narrative=narrative)
    carry_out()
    return Assertion.objects.get(batch=batch)


def test_corrections_count_towards_the_day_of_an_unverified_organiser():
    badge = published_badge(OrganiserFactory())
    people = [Recipient(f"p{n}@example.org", "P") for n in range(UNVERIFIED_DAILY_LIMIT)]
    batch = award(badge, people, by=issuer_of(badge.organiser))
    carry_out()
    with clock.moved_to(timedelta(minutes=11)):
        release_batch(batch, by=None)

        with pytest.raises(StepRefused, match="50 badges a day"):
            correct(batch.assertions.first())


def test_a_badge_that_is_hidden_while_its_correction_is_signed_stays_hidden():
    badge = published_assertion(email="jonas@example.org")
    correct(badge, email=badge.email)
    lease = uuid.uuid4()
    rows = ledger.lease_rows(lease)
    signed = ledger.sign_rows(rows)
    hide_badge(badge, by=badge.person)

    ledger.commit(rows, signed, lease)

    corrected = Assertion.objects.get(row__supersedes=badge)
    assert (corrected.is_collected, corrected.is_published, corrected.shows_name) == (True, False, False)


def test_what_is_hidden_while_a_correction_is_signed_is_not_in_what_is_signed():
    holder, proof = PersonFactory(email="jonas@example.org"), "https://example.org/work"
    told = Recipient(holder.email, "Jonas", evidence=[proof], result="9 of 10")
    award(published_badge(), [told], by=None, source="playlist")
    carry_out()
    badge = publish_badge(collect_badge(Assertion.objects.get(), by=holder), by=holder)
    show_to_others(badge, by=holder, evidence=[proof], result=True)
    correct(Assertion.objects.get(), email=badge.email)
    lease = uuid.uuid4()
    rows = ledger.lease_rows(lease)
    signed = ledger.sign_rows(rows)
    show_to_others(badge, by=holder, evidence=[], result=False)

    ledger.commit(rows, signed, lease)
    carry_out()

    corrected = Assertion.objects.get(row__supersedes=badge)
    assert (corrected.row.evidence, corrected.row.public_evidence, corrected.row.result_is_public) == (
        [proof],
        [],
        False,
    )
    assert not [one for one in corrected.documents.all() if proof in one.body or "9 of 10" in one.body]


@pytest.mark.parametrize("is_published", [True, False])
def test_a_correction_shows_what_the_page_showed_when_it_was_put_in_its_place(is_published):
    """Whoever publishes or hides a badge while its correction is signed gets a corrected one that says as much."""
    holder, proof = PersonFactory(email="jonas@example.org"), "https://example.org/work"
    award(published_badge(), [Recipient(holder.email, "Jonas", evidence=[proof])], by=None, source="playlist")
    carry_out()
    badge = collect_badge(Assertion.objects.get(), by=holder)
    show_to_others(badge, by=holder, evidence=[proof], result=False)
    if not is_published:
        publish_badge(badge, by=holder)
    correct(badge, email=badge.email)
    lease = uuid.uuid4()
    rows = ledger.lease_rows(lease)
    signed = ledger.sign_rows(rows)
    publish_badge(badge, by=holder) if is_published else hide_badge(badge, by=holder)

    ledger.commit(rows, signed, lease)
    carry_out()

    corrected = Assertion.objects.get(row__supersedes=badge)
    assert corrected.is_published is is_published
    assert [proof in one.body for one in corrected.documents.filter(replaced_by=None)] == [is_published] * 2


def test_the_history_of_a_corrected_badge_begins_with_its_award():
    with clock.moved_to(timedelta(days=-3)):
        first = assertion()
    with clock.moved_to(timedelta(days=-2)):
        collect_badge(first, by=PersonFactory(email=first.email))
    correct(first, email=first.email, narrative="Two.")
    carry_out()
    first.refresh_from_db()

    assert [event["title"] for event in history(first.superseded_by)] == ["Awarded", "Collected", "Corrected"]
