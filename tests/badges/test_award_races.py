"""Two things at once on the award path: real transactions, real threads."""

import uuid
from datetime import timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress

from badges import ledger
from badges.actions import Recipient, award, collect_badge, release_batch, revoke_badge, undo_batch
from badges.models import Assertion, AwardRow, SignedDocument, StatusList
from badges.schedule import sign_list, sign_stale_lists
from portal import clock
from portal.accounts.actions import remove_address
from portal.accounts.erasing import close_account, erase_person
from portal.accounts.merging import merge_accounts
from portal.accounts.models import Person
from portal.invariants import violations
from portal.notifications.models import OutgoingMail
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory
from tests.portal.accidents import at_once, while_it_commits

pytestmark = [pytest.mark.usefixtures("committing_db"), pytest.mark.services]


def signed_award():
    """Return an award by hand that a worker signed and is about to commit, with what it commits."""
    badge = published_badge()
    issuer = issuer_of(badge.organiser)
    batch = award(badge, [Recipient("jonas@example.org", "Jonas")], by=issuer)
    lease = uuid.uuid4()
    rows = ledger.lease_rows(lease)
    return batch, issuer, (rows, ledger.sign_rows(rows), lease)


def test_what_is_sent_now_while_it_is_being_made_does_not_wait_for_its_ten_minutes():
    batch, issuer, made = signed_award()

    while_it_commits(lambda: ledger.commit(*made), lambda: release_batch(batch, by=issuer))

    assert OutgoingMail.objects.due().filter(event="badges/badge_waiting").count() == 1


def test_what_is_undone_while_it_is_being_made_never_was():
    batch, issuer, made = signed_award()

    while_it_commits(lambda: ledger.commit(*made), lambda: undo_batch(batch, by=issuer))

    assert Assertion.objects.get().state == "withdrawn"
    assert OutgoingMail.objects.get(event="badges/badge_waiting").state == "cancelled"


def test_what_was_undone_while_it_was_signed_makes_no_badge():
    batch, issuer, made = signed_award()
    undo_batch(batch, by=issuer)

    ledger.commit(*made)

    assert AwardRow.objects.get().state == "cancelled"
    assert not Assertion.objects.exists()


def test_a_badge_taken_back_while_its_list_is_signed_gets_into_the_list():
    badge = assertion()
    issuer = issuer_of(badge.badge_class.organiser)

    def sign_by_a_clock_that_runs_ahead():
        with clock.moved_to(timedelta(hours=13)):
            sign_stale_lists()

    while_it_commits(lambda: revoke_badge(badge, by=issuer, reason="Wrong person."), sign_by_a_clock_that_runs_ahead)
    sign_stale_lists()

    assert StatusList.objects.up_to_date().count() == 1
    assert list(violations()) == []


def test_an_older_signature_never_replaces_a_newer_one():
    badge = assertion()
    stale = StatusList.objects.get()
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="Wrong person.")
    sign_stale_lists()

    sign_list(stale)

    assert StatusList.objects.get().signed_changes == 2


def test_workers_that_plan_together_give_each_row_a_place_of_its_own():
    badge = published_badge()
    issuer = ledger.issuer_of(badge.organiser)
    StatusList.objects.create(issuer=issuer, size=1200)  # so small that a draw without looking would collide
    people = [Recipient(f"p{n}@example.org", "P") for n in range(400)]
    award(badge, people, by=None, source="playlist", once_key="crowd")

    at_once(*[lambda: ledger.lease_rows(uuid.uuid4())] * 4)

    assert AwardRow.objects.exclude(status_index=None).count() == 400


def test_awards_made_together_do_not_pass_the_daily_limit():
    organiser = OrganiserFactory()
    badges, issuer = [published_badge(organiser) for _ in range(4)], issuer_of(organiser)
    people = [Recipient(f"p{n}@example.org", "P") for n in range(20)]

    at_once(*[lambda badge=badge: award(badge, people, by=Person.objects.get(pk=issuer.pk)) for badge in badges])

    assert AwardRow.objects.count() == 40


def test_two_batches_for_the_same_people_in_another_order_wait_for_each_other():
    badge = published_badge()
    people = [Recipient(f"p{n}@example.org", "P") for n in range(ledger.CHUNK)]
    for key, order in {"one": people, "other": people[::-1]}.items():
        award(badge, order, by=None, source="playlist", once_key=key)

    at_once(ledger.award_chunk, ledger.award_chunk)
    carry_out()

    assert Assertion.objects.count() == ledger.CHUNK


def test_a_badge_that_is_made_while_its_person_is_erased_says_nothing_of_them():
    person = PersonFactory(email="jonas@example.org")
    badge = published_badge()
    award(badge, [Recipient(person.email, "Jonas")], by=None, source="playlist")
    lease = uuid.uuid4()
    rows = ledger.lease_rows(lease)
    made = rows, ledger.sign_rows(rows), lease
    close_account(person)
    Person.objects.filter(pk=person.pk).update(closed_at=clock.now() - timedelta(days=15))

    while_it_commits(lambda: ledger.commit(*made), lambda: erase_person(person))

    assert Person.objects.get(pk=person.pk).erased_at
    assert Assertion.objects.get().is_erased
    assert {one.body for one in SignedDocument.objects.all()} == {""}
    assert not OutgoingMail.objects.filter(to="jonas@example.org").exists()


def test_a_badge_that_is_collected_while_its_account_is_merged_comes_along():
    kept, other = PersonFactory(email="ona@example.org"), PersonFactory(email="ona@work.example")
    badge = assertion(email=other.email)

    while_it_commits(lambda: collect_badge(badge, by=other), lambda: merge_accounts(kept, other, by=kept))

    badge.refresh_from_db()
    assert (badge.is_collected, badge.person) == (True, kept)


def test_an_address_that_was_given_up_gets_the_badge_once_from_two_awards_at_the_same_time():
    first = PersonFactory(email="ona@example.org")
    EmailAddress.objects.create(user=first, email="info@school.example", verified=True)
    badge = collect_badge(assertion(email="info@school.example"), by=first).badge_class
    remove_address(EmailAddress.objects.get(user=first, email="info@school.example"), by=first)
    made = []
    for key in ("one", "other"):
        award(badge, [Recipient("info@school.example", "Rasa")], by=None, source="playlist", once_key=key)
        lease = uuid.uuid4()
        rows = ledger.lease_rows(lease)
        made.append((rows, ledger.sign_rows(rows), lease))

    while_it_commits(*(partial(ledger.commit, *one) for one in made))

    assert sorted(AwardRow.objects.values_list("state", flat=True)) == ["awarded", "awarded", "refused"]
    assert Assertion.objects.filter(email="info@school.example", address_given_up=False).count() == 1
    assert list(violations()) == []
