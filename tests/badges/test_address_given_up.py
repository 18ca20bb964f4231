"""An address that its first reader gave up: their badges stay theirs, and the next reader can get the same."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from badges.actions import Recipient, award, collect_badge, release_batch
from badges.actions.assertions import correct_badge
from badges.forms.awards import RecipientForm
from badges.models import Assertion, AwardRow
from portal.accounts.actions import remove_address
from portal.invariants import violations
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_assertion

pytestmark = pytest.mark.django_db
SHARED = "info@school.example"


@pytest.fixture
def first():
    """A person who collected a badge at an address beside their main one."""
    person = PersonFactory(email="ona@example.org")
    EmailAddress.objects.create(user=person, email=SHARED, verified=True)
    collect_badge(assertion(email=SHARED, name="Ona"), by=person)
    return person


@pytest.fixture
def badge(first):
    """The badge that the first reader holds."""
    return Assertion.objects.get(person=first).badge_class


def give_up(person):
    remove_address(EmailAddress.objects.get(user=person, email=SHARED), by=person)


def award_to(badge, *emails):
    """Award a badge to addresses; return how each row ended."""
    batch = award(badge, [Recipient(email, "Rasa") for email in emails], by=issuer_of(badge.organiser))
    carry_out()
    release_batch(batch, by=batch.awarded_by)
    return list(batch.rows.values_list("state", flat=True))


def may_get(badge, email=SHARED):
    form = RecipientForm({"first_name": "Rasa", "last_name": "R.", "email": email}, badge_class=badge)
    return form.is_valid()


def test_while_the_first_reader_has_the_address_nobody_else_gets_the_badge_there(badge):
    assert not may_get(badge)
    assert award_to(badge, SHARED) == ["refused"]


def test_the_next_reader_gets_the_badge_and_the_first_keeps_theirs(first, badge):
    give_up(first)
    second = PersonFactory(email=SHARED)

    assert may_get(badge)
    assert award_to(badge, SHARED) == ["awarded"]
    collect_badge(Assertion.objects.for_person(second).get(), by=second)

    assert [one.name for one in Assertion.objects.for_person(first)] == ["Ona"]
    assert [one.name for one in Assertion.objects.for_person(second)] == ["Rasa"]
    assert list(violations()) == []


def test_a_list_that_names_the_address_takes_its_row(first, badge):
    batch = award(badge, [Recipient("other@example.org", "Jonas")], by=issuer_of(badge.organiser))
    row = AwardRow.objects.create(batch=batch, number=2, email=SHARED, name="Rasa", state=AwardRow.State.READY)
    assert list(batch.rows.held_already(badge)) == [row]

    give_up(first)

    assert list(batch.rows.held_already(badge)) == []


def test_the_next_reader_gets_it_once(first, badge):
    give_up(first)

    assert award_to(badge, SHARED, SHARED) == ["awarded", "refused"]
    assert award_to(badge, SHARED) == ["refused"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Assertion.objects.filter(email=SHARED).update(address_given_up=False)


def test_what_nobody_collected_still_stands_in_the_way(first, badge):
    other = assertion(badge, email="wait@example.org")

    assert award_to(other.badge_class, "wait@example.org") == ["refused"]


def test_the_badge_of_the_first_reader_is_corrected_beside_that_of_the_next(first, badge):
    give_up(first)
    award_to(badge, SHARED)
    mine = Assertion.objects.get(person=first)

    correct_badge(mine, by=issuer_of(badge.organiser), email=SHARED, name="Ona P.")
    carry_out()

    assert Assertion.objects.for_person(first).live().get().name == "Ona P."
    assert Assertion.objects.filter(email=SHARED, collected_at=None).live().get().name == "Rasa"
    assert list(violations()) == []


def test_the_first_reader_who_has_the_address_again_gets_no_second_one(first, badge):
    give_up(first)
    award_to(badge, SHARED)
    second = PersonFactory(email=SHARED)
    collect_badge(Assertion.objects.for_person(second).get(), by=second)
    EmailAddress.objects.filter(user=second).update(email="rasa@example.org")
    EmailAddress.objects.create(user=first, email=SHARED, verified=True)

    assert award_to(badge, SHARED) == ["refused"]
    assert Assertion.objects.count() == 2


def test_a_badge_of_an_address_with_its_reader_is_not_moved_onto_one_held_there(first, badge):
    other = published_assertion(badge, email="rasa@example.org")
    correct_badge(other, by=issuer_of(badge.organiser), email="free@example.org")
    EmailAddress.objects.filter(email=SHARED).update(email="free@example.org")
    Assertion.objects.filter(person=first).update(email="free@example.org")

    carry_out()

    assert AwardRow.objects.get(supersedes=other).refusal == "held already"
