"""Whose a badge is: who collected it keeps it, and until then it is of whoever reads its address."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from badges.actions import collect_badge
from badges.actions.assertions import ask_for_correction, correct_badge, decline_correction, revoke_badge
from badges.actions.endorsements import deciders, offer_endorsement
from badges.claims import claim_link
from badges.models import Assertion, Endorsement
from badges.permissions import may_hold
from badges.subjects import ASSERTION, find
from organisers.models import Membership
from portal import clock
from portal.accounts.erasing import close_account
from portal.notifications.models import OutgoingMail
from portal.privacy import personal_data
from portal.schedule import drain
from quality_label.models import TrainingBadge
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of, published_assertion
from tests.factories.codes import claim_code, proven_use
from tests.factories.organisers import OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    """A person who collected one badge at an address, left another one waiting there, and gave the address up."""
    person = PersonFactory(email="jonas@example.org")
    published_assertion(name="Jonas")
    assertion(name="Waiting")
    give_up(person)
    return person


@pytest.fixture
def second(first):
    """The person who has proved the address since."""
    person = PersonFactory(email="later@example.org")
    EmailAddress.objects.create(user=person, email="jonas@example.org", verified=True)
    return person


def give_up(person, new="jonas@home.example"):
    EmailAddress.objects.filter(user=person).update(email=new)
    person.email = new
    person.save()


def names(badges):
    return {badge.name for badge in badges}


def test_what_was_collected_stays_with_who_collected_it_and_the_rest_waits_for_the_address(first):
    assert names(Assertion.objects.for_person(first)) == {"Jonas"}
    assert [may_hold(one, first) for one in Assertion.objects.order_by("pk")] == [True, False]


def test_who_proves_an_address_later_gets_what_nobody_collected_there(first, second):
    assert names(Assertion.objects.for_person(second)) == {"Waiting"}
    assert names(Assertion.objects.for_person(first)) == {"Jonas"}
    assert [may_hold(one, second) for one in Assertion.objects.order_by("pk")] == [False, True]


def test_the_later_reader_of_an_address_does_not_open_what_the_first_keeps_private(first, second):
    Assertion.objects.update(published_at=None)

    assert names(Assertion.objects.visible_to(second)) == {"Waiting"}
    assert names(Assertion.objects.visible_to(first)) == {"Jonas"}


def test_an_offered_endorsement_of_a_badge_is_shown_to_its_holder_alone(first, second):
    endorser = OrganiserFactory(verified=True)
    subject = find(ASSERTION, Assertion.objects.collected().get().key)

    offer = offer_endorsement(subject, endorser=endorser, text="True.", by=owner_of(endorser))

    assert list(Endorsement.objects.visible_to(first)) == [offer]
    assert list(Endorsement.objects.visible_to(second)) == []
    assert list(deciders(offer)) == [first]


def test_a_reader_under_age_does_not_hide_a_badge_that_an_adult_published(first, second):
    second.is_of_age = False
    second.save()

    assert names(Assertion.objects.out().published().showable()) == {"Jonas"}


def test_who_gave_an_address_up_is_told_at_their_main_one_when_the_badge_is_taken_back(first, second):
    badge = Assertion.objects.collected().get()
    mail.outbox.clear()

    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="It was a mistake.")
    drain()

    assert [message.to for message in mail.outbox] == [["jonas@home.example"]]
    assert names(Assertion.objects.for_person(first).taken_from(first)) == {"Jonas"}


def test_a_corrected_badge_of_an_address_that_was_given_up_stays_with_its_collector(first, second):
    badge = Assertion.objects.collected().get()
    mail.outbox.clear()

    correct_badge(badge, by=issuer_of(badge.badge_class.organiser), email=badge.email, name="Jonas P.")
    carry_out()
    drain()

    assert names(Assertion.objects.for_person(first).live()) == {"Jonas P."}
    assert names(Assertion.objects.for_person(second)) == {"Waiting"}
    assert [message.to for message in mail.outbox] == [["jonas@home.example"]]


def test_a_training_badge_counts_for_the_member_who_collected_it(first, second):
    badge = Assertion.objects.collected().get()
    TrainingBadge.objects.create(badge_class=badge.badge_class)
    organiser = OrganiserFactory()
    for person in (first, second):
        Membership.objects.create(organiser=organiser, person=person, role="author")
    held = TrainingBadge.objects.held_in(organiser, clock.today())

    assert list(held) == [badge]
    assert list(held.holders()) == [first]


def test_who_may_hold_a_badge_is_asked_in_one_query(first, django_assert_num_queries):
    badge = Assertion.objects.collected().get()

    with django_assert_num_queries(1):
        may_hold(badge, first)


def test_the_mailed_link_of_a_collected_badge_does_not_offer_it_to_the_later_reader(client, first, second):
    client.force_login(second)
    badge = Assertion.objects.collected().get()

    page = client.get(claim_link(badge)).content.decode()

    assert "Somebody collected this badge with another account." in page
    assert client.post(f"/backpack/{badge.key}/collect/").status_code == 404


def test_news_of_a_collected_badge_goes_to_nobody_else_while_its_holder_cannot_sign_in(first, second):
    close_account(first)
    held = Assertion.objects.get(name="Jonas")

    revoke_badge(held, by=issuer_of(held.badge_class.organiser), reason="A test was missing.")

    told = OutgoingMail.objects.get(event="badges/badge_revoked")
    assert (told.to, told.person) == ("jonas@home.example", None)


def test_a_download_tells_nothing_of_who_had_an_address_before():
    use = proven_use(claim_code(), email="jonas@example.org", name="Jonas Petraitis")
    carry_out()
    former = PersonFactory(email="jonas@example.org")
    correct = collect_badge(Assertion.objects.get(), by=former)
    ask_for_correction(correct, by=former, text="My name is misspelt.")
    decline_correction(
        correct.correction_requests.get(), by=issuer_of(correct.badge_class.organiser), answer="It is not."
    )
    give_up(former)
    later = PersonFactory(email="jonas@example.org")

    uses, mails = (personal_data()[name] for name in ("badges.CodeUse", "notifications.OutgoingMail"))

    assert list(uses.rows_of(former)) == [use]
    assert not uses.rows_of(later).exists()
    assert mails.rows_of(former).filter(event="badges/correction_declined").exists()
    assert not mails.rows_of(later).filter(event="badges/correction_declined").exists()
