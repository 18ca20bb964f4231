"""Awarding: held, then out; once, whatever happens."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from badges.actions import Recipient, award, release_batch, undo_batch
from badges.models import Assertion, AwardBatch, AwardRow
from badges.schedule import release_due_batches
from organisers.actions import record_standing
from portal import clock
from portal.notifications.models import OutgoingMail
from portal.notifications.schedule import send_due_mail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, held_award, issuer_of, published_badge

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_an_award_by_hand_is_signed_but_closed_for_ten_minutes(client):
    batch = held_award()

    held = Assertion.objects.get(batch=batch)
    assert batch.state == "held"
    assert client.get(f"/assertions/{held.key}").status_code == 404
    assert client.get(f"/assertions/{held.key}/credential.json").status_code == 404
    send_due_mail()
    assert mail.outbox == []


def test_after_ten_minutes_the_clock_lets_it_out_and_mails_once(client):
    batch = held_award()

    with clock.moved_to(timedelta(minutes=11)):
        release_due_batches()
        release_due_batches()
        send_due_mail()
        send_due_mail()

    out = Assertion.objects.get(batch=batch)
    assert client.get(f"/assertions/{out.key}.json").status_code == 200
    assert [message.to for message in mail.outbox] == [["jonas@example.org"]]


def test_send_now_ends_the_wait():
    batch = held_award()

    batch = release_batch(batch, by=issuer_of(batch.badge_class.organiser))
    send_due_mail()

    assert batch.state == "out"
    assert len(mail.outbox) == 1


def test_undo_leaves_no_badge_and_no_mail(client):
    batch = held_award()

    undo_batch(batch, by=issuer_of(batch.badge_class.organiser))

    withdrawn = Assertion.objects.get(batch=batch)
    assert withdrawn.state == "withdrawn"
    assert OutgoingMail.objects.get(key=f"award:{withdrawn.key}").state == "cancelled"
    assert client.get(f"/assertions/{withdrawn.key}").status_code == 404


def test_undo_before_the_worker_came_cancels_the_row():
    badge = published_badge()
    batch = award(badge, [Recipient("jonas@example.org", "Jonas")], by=issuer_of(badge.organiser))

    undo_batch(batch, by=issuer_of(badge.organiser))
    carry_out()

    assert AwardRow.objects.get(batch=batch).state == "cancelled"
    assert not Assertion.objects.exists()


def test_undo_is_refused_when_the_time_has_passed():
    batch = held_award()

    with clock.moved_to(timedelta(minutes=11)), pytest.raises(StepRefused):
        undo_batch(batch, by=issuer_of(batch.badge_class.organiser))


def test_after_an_undo_the_badge_can_be_awarded_again():
    badge = published_badge()
    undo_batch(held_award(badge), by=issuer_of(badge.organiser))

    again = held_award(badge)

    assert AwardRow.objects.get(batch=again).state == "awarded"


def test_who_holds_the_badge_is_not_given_it_twice():
    badge = published_badge()
    first = assertion(badge)

    second = held_award(badge)

    row = AwardRow.objects.get(batch=second)
    assert (row.state, row.refusal) == ("refused", "held already")
    assert list(Assertion.objects.all()) == [first]


def test_the_same_key_gives_the_same_batch():
    badge = published_badge()
    batches = {
        award(badge, [Recipient("a@example.org", "A")], by=None, source="playlist", once_key="playlist:1:1").pk
        for _time in range(3)
    }

    assert len(batches) == AwardBatch.objects.count() == 1


def test_a_held_award_is_in_nobodys_inbox(client):
    person = PersonFactory(email="jonas@example.org")
    client.force_login(person)
    batch = held_award()

    assert "Brake Check" not in client.get("/inbox/").content.decode()
    assert person.notifications.unread().count() == 0

    release_batch(batch, by=issuer_of(batch.badge_class.organiser))

    assert "Brake Check" in client.get("/inbox/").content.decode()
    assert person.notifications.unread().count() == 1


@pytest.mark.parametrize("standing", ["suspended", "revoked"])
def test_a_suspended_organiser_can_undo_a_held_award_but_not_send_it(standing):
    batch = held_award()
    issuer = issuer_of(batch.badge_class.organiser)
    organiser = record_standing(batch.badge_class.organiser, by=None, standing=standing)

    with clock.moved_to(timedelta(days=1)):
        release_due_batches()
        with pytest.raises(PermissionDenied):
            release_batch(AwardBatch.objects.get(), by=issuer)
        undone = undo_batch(AwardBatch.objects.get(), by=issuer)

    assert undone.is_undone
    assert organiser.standing == standing


@pytest.mark.parametrize("standing", ["suspended", "revoked"])
def test_a_held_award_of_an_organiser_that_may_issue_again_goes_out(standing):
    batch = held_award()
    organiser = record_standing(batch.badge_class.organiser, by=None, standing=standing)

    with clock.moved_to(timedelta(days=1)):
        release_due_batches()
        assert AwardBatch.objects.get().is_held
        record_standing(organiser, by=None, standing="unverified")
        release_due_batches()

    assert AwardBatch.objects.get().is_out


def test_a_second_click_is_the_same_award_and_back_with_another_name_a_second_one(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    form = {"email": "a@example.org", "first_name": "A", "last_name": "A", "once": "abc"}
    for sent in (form, form, {**form, "email": "b@example.org", "first_name": "B"}):
        client.post(f"{badge.workspace_url}award/one/?path=quick", sent)

    assert list(AwardRow.objects.order_by("pk").values_list("email", flat=True)) == ["a@example.org", "b@example.org"]


def test_an_award_by_playlist_is_out_at_once():
    person = PersonFactory()
    badge = published_badge()

    batch = award(badge, [Recipient(person.email, person.name, person)], by=None, source="playlist", once_key="k")
    carry_out()
    send_due_mail()

    assert batch.state == "out"
    assert person.notifications.count() == 1
    assert len(mail.outbox) == 1


def test_who_only_claims_an_address_is_told_nothing_in_the_inbox():
    person = PersonFactory(email="jonas@example.org", proved=False)

    assertion()

    assert person.notifications.count() == 0
    assert OutgoingMail.objects.get(event="badges/badge_waiting").person is None


def test_the_database_itself_refuses_a_second_live_badge():
    first = assertion()
    fields = {f.attname: getattr(first, f.attname) for f in Assertion._meta.concrete_fields if not f.primary_key}
    twin = AwardRow.objects.create(batch=first.batch, number=2, email=first.email, name="Twin")

    with pytest.raises(IntegrityError), transaction.atomic():
        Assertion.objects.create(**{**fields, "row_id": twin.pk, "key": twin.assertion_key})
