"""The ledger: leases, fences, poison rows, the same bytes again."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from badges import ledger
from badges.actions import Recipient, award
from badges.models import Assertion, AwardRow, IssuerKey, SignedDocument, StatusList
from badges.signing import signing_key_of
from organisers.actions import record_standing
from portal import clock
from portal.invariants import violations
from portal.notifications.models import OutgoingMail
from tests.factories.badges import carry_out, issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def due_rows(count, organiser=None):
    badge = published_badge(organiser)
    people = [Recipient(f"p{n}@example.org", f"P {n}") for n in range(count)]
    return award(badge, people, by=None, source="playlist", once_key=str(uuid.uuid4()))


def test_a_leased_row_is_taken_by_nobody_else_until_the_lease_ends():
    due_rows(3)
    first = ledger.lease_rows(uuid.uuid4())

    assert len(first) == 3
    assert ledger.lease_rows(uuid.uuid4()) == []
    with clock.moved_to(ledger.LEASE + timedelta(minutes=1)):
        assert len(ledger.lease_rows(uuid.uuid4())) == 3


def test_a_second_signing_gives_the_same_bytes():
    due_rows(2)
    first = ledger.sign_rows(ledger.lease_rows(uuid.uuid4()))
    with clock.moved_to(timedelta(minutes=5)):
        second = ledger.sign_rows(ledger.lease_rows(uuid.uuid4()))

    assert first == second


def test_a_worker_whose_lease_ended_commits_nothing():
    due_rows(2)
    slow = uuid.uuid4()
    rows = ledger.lease_rows(slow)
    signed = ledger.sign_rows(rows)
    with clock.moved_to(timedelta(minutes=1)):
        carry_out()
    before = list(SignedDocument.objects.values_list("sha256", flat=True))

    ledger.commit(rows, signed, slow)

    assert Assertion.objects.count() == 2
    assert list(SignedDocument.objects.values_list("sha256", flat=True)) == before


def test_a_worker_whose_rows_another_one_is_signing_commits_nothing():
    due_rows(2)
    slow = uuid.uuid4()
    rows = ledger.lease_rows(slow)
    with clock.moved_to(ledger.LEASE + timedelta(minutes=1)):
        assert len(ledger.lease_rows(uuid.uuid4())) == 2

    ledger.commit(rows, ledger.sign_rows(rows), slow)

    assert not Assertion.objects.exists()


def test_a_poison_row_is_refused_after_three_tries_and_stops_no_other():
    batch = due_rows(3)
    poison = batch.rows.get(number=2)
    ledger.lease_rows(uuid.uuid4())
    broken = IssuerKey.objects.get()
    broken.pk, broken.number, broken.valid_to = None, 2, clock.now()
    broken.encrypted = b"not a sealed key at all, but long enough to be read as one"
    broken.save()
    AwardRow.objects.filter(pk=poison.pk).update(signing_key=broken)

    for minute in range(1, 5):
        with clock.moved_to(timedelta(minutes=minute)):
            carry_out()

    states = dict(batch.rows.values_list("number", "state"))
    assert states == {1: "awarded", 2: "refused", 3: "awarded"}
    assert batch.rows.get(number=2).refusal == "internal"


def test_rows_wait_for_a_key_that_does_not_open_and_the_log_says_so(settings, caplog):
    batch = due_rows(2)
    issuer = ledger.issuer_of(batch.badge_class.organiser)
    key = signing_key_of(issuer)
    right = settings.KEY_ENCRYPTION_KEY
    settings.KEY_ENCRYPTION_KEY = "a key of another installation, long enough to be taken for one"
    for minute in range(ledger.TRIES + 1):
        with clock.moved_to(timedelta(minutes=minute)):
            assert ledger.award_chunk() == 2
    assert set(batch.rows.values_list("state", flat=True)) == {"due"}
    assert {line.message for line in caplog.records if line.name == "portal.badges"} == {
        f"key {key.method} does not open with KEY_ENCRYPTION_KEY: what it is to sign waits"
    }

    settings.KEY_ENCRYPTION_KEY = right
    with clock.moved_to(timedelta(minutes=ledger.TRIES + 1)):
        carry_out()
    assert set(batch.rows.values_list("state", flat=True)) == {"awarded"}


def test_a_row_that_cannot_be_written_is_refused_after_three_tries_and_stops_no_other():
    batch = due_rows(3)
    OutgoingMail.objects.create(key=f"award:{batch.rows.get(number=2).assertion_key}", event="x/y", language="en")

    for minute in range(ledger.TRIES):
        with clock.moved_to(timedelta(minutes=minute)):
            carry_out()

    assert dict(batch.rows.values_list("number", "state")) == {1: "awarded", 2: "refused", 3: "awarded"}


def test_a_database_that_goes_away_counts_against_no_row():
    batch = due_rows(2)
    batch.rows.update(attempts=ledger.TRIES)

    def go_away(execute, sql, *rest):
        if "INTO" in sql and Assertion._meta.db_table in sql:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, *rest)

    with connection.execute_wrapper(go_away), pytest.raises(OperationalError):
        ledger.award_chunk()
    assert set(batch.rows.values_list("state", flat=True)) == {"due"}
    with clock.moved_to(timedelta(minutes=1)):
        carry_out()

    assert set(batch.rows.values_list("state", flat=True)) == {"awarded"}


def test_the_same_address_twice_in_a_batch_gets_one_badge():
    badge = published_badge()
    award(
        badge,
        [Recipient("a@example.org", "A"), Recipient("a@example.org", "A")],
        by=None,
        source="playlist",
        once_key="k",
    )

    carry_out()

    assert sorted(AwardRow.objects.values_list("state", flat=True)) == ["awarded", "refused"]


def test_status_places_are_random_and_each_used_once():
    due_rows(40)
    carry_out()

    places = list(AwardRow.objects.values_list("status_index", flat=True))
    assert len(set(places)) == 40
    assert places != sorted(places)
    assert StatusList.objects.get().used == 40


def test_a_list_that_is_half_full_takes_no_more():
    issuer = ledger.issuer_of(OrganiserFactory())
    almost_full = StatusList.objects.create(issuer=issuer, used=StatusList().size // 2 - 3)

    assert ledger.allocate(issuer, 2)[0] == almost_full
    assert ledger.allocate(issuer, 2)[0] != almost_full


@pytest.mark.parametrize("standing", ["suspended", "revoked"])
def test_what_was_earned_waits_while_its_organiser_is_suspended(standing):
    batch = due_rows(1)
    organiser = record_standing(batch.badge_class.organiser, by=None, standing=standing)

    carry_out()
    assert (batch.rows.get().state, batch.rows.get().attempts) == ("due", 0)

    record_standing(organiser, by=None, standing="unverified")
    carry_out()
    assert batch.rows.get().state == "awarded"


def test_an_organiser_suspended_while_a_worker_signs_keeps_what_was_earned(monkeypatch):
    batch = due_rows(1)
    sign = ledger.sign_rows

    def sign_slowly(rows):
        record_standing(batch.badge_class.organiser, by=None, standing="suspended")
        return sign(rows)

    monkeypatch.setattr(ledger, "sign_rows", sign_slowly)
    ledger.award_chunk()

    assert batch.rows.get().state == "due"
    assert not Assertion.objects.exists()


def test_a_batch_by_hand_ends_with_the_account_of_its_awarder():
    badge = published_badge()
    batch = award(badge, [Recipient("a@example.org", "A")], by=issuer_of(badge.organiser))
    batch.awarded_by.delete()

    carry_out()

    assert batch.rows.get().refusal == "forbidden"


def test_an_issuer_without_a_key_that_may_sign_gets_a_new_one():
    due_rows(1)
    carry_out()
    IssuerKey.objects.update(valid_to=clock.now())

    due_rows(1, IssuerKey.objects.get().issuer.organiser)
    carry_out()

    assert list(Assertion.objects.values_list("row__signing_key__number", flat=True)) == [2, 1]


def test_months_end_on_the_last_day_of_a_shorter_month():
    start = clock.now().replace(year=2028, month=2, day=29)

    assert clock.months_later(start, 12).date().isoformat() == "2029-02-28"
    assert clock.months_later(start.replace(month=1, day=31), 1).date().isoformat() == "2028-02-29"


def test_fsck_has_nothing_to_say_and_names_a_changed_document():
    due_rows(2)
    carry_out()
    assert list(violations()) == []

    document = SignedDocument.objects.filter(format="ob3").first()
    SignedDocument.objects.filter(pk=document.pk).update(body=document.body.replace("Brake Check", "Brain Check"))

    assert [line.split(":")[0] for line in violations()] == ["I5 signature"]


def test_fsck_with_a_sample_verifies_so_many_badges_and_says_so(capsys):
    due_rows(5)
    carry_out()
    SignedDocument.objects.update(sha256="0" * 64)

    with pytest.raises(SystemExit):
        call_command("fsck", "--sample", "2")

    said, *broken = capsys.readouterr().out.splitlines()
    assert said == "Signatures are verified for 2 badges chosen at random, not for all."
    assert [line.split(":")[0] for line in broken] == ["I5 signature"] * 4  # two forms of each
    assert len([*violations()]) == 10


@pytest.mark.parametrize("number", ["0", "-1", "²", "many"])
def test_fsck_wants_a_sample_of_one_or_more(number):
    with pytest.raises(CommandError, match="is no number of badges"):
        call_command("fsck", "--sample", number)


def test_a_key_never_lies_open_in_the_database():
    due_rows(1)
    carry_out()
    key = StatusList.objects.get().issuer.keys.get()

    assert len(key.encrypted) == 12 + 32 + 16
    assert "encrypted" not in repr(key)


def test_fsck_names_a_key_that_does_not_open_and_goes_on(settings):
    due_rows(1)
    carry_out()
    list_of_all = StatusList.objects.get()
    StatusList.objects.update(body="broken")
    settings.KEY_ENCRYPTION_KEY = "a key of another installation, long enough to be taken for one"

    found = list(violations())

    assert found[0].startswith("I5 key: key did:web:")
    assert found[1].startswith("I6 status list: could not be checked: Unreadable")
    with clock.moved_to(timedelta(hours=25)):
        assert f"I6 signed in time: list {list_of_all.key}" in "\n".join(violations())


def test_fsck_names_a_badge_that_mixes_two_organisers():
    due_rows(1)
    carry_out()
    Assertion.objects.update(badge_class=published_badge())

    assert [line.split(":")[0] for line in violations()] == ["I10 one organiser"]
