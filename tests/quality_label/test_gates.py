"""What the portal finds out before quality is judged, and where the line is drawn to the day."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from badges.actions import Recipient, award, decline_badge, revoke_badge
from portal import clock
from quality_label.gates import GATES, contact, experience, sample, trained, verified
from quality_label.models import TrainingBadge
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, held_award, issuer_of, published_badge
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of
from tests.quality_label.awarding import TODAY, at, corrected, emails, give

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def training():
    """The badge of the network that counts as the training."""
    badge = published_badge(OrganiserFactory(verified=True, is_network=True))
    TrainingBadge.objects.create(badge_class=badge)
    return badge


@pytest.mark.parametrize(
    ("standing", "until", "is_met", "said"),
    [
        ("verified", date(2026, 11, 23), True, "Verified until 23 November 2026."),
        ("verified", date(2026, 11, 22), False, "The verification ended on 22 November 2026."),
        ("lapsed", date(2026, 11, 1), False, "The verification ended on 1 November 2026."),
        ("suspended", date(2027, 1, 1), False, "Standing: suspended."),
        ("unverified", None, False, "Standing: not verified."),
    ],
)
def test_an_organiser_is_verified_on_the_day(standing, until, is_met, said):
    organiser = OrganiserFactory(standing=standing, verified_until=until)

    found = verified(organiser, TODAY)

    assert (found.is_met, found.said, found.url) == (is_met, said, f"/workspace/{organiser.slug}/verification/")


@pytest.mark.parametrize(("day", "is_met"), [(22, True), (21, False)])
def test_a_training_counts_for_24_months_to_the_day(organiser, training, day, is_met):
    give(training, owner_of(organiser).email, on=date(2024, 11, day))

    found = trained(organiser, TODAY)

    assert found.is_met is is_met
    assert found.said == f"The last training badge of a member is of {day} November 2024, 24 months ago."
    assert found.url == (organiser.people_url if is_met else training.get_absolute_url())


def test_the_badge_of_a_member_counts_by_any_address_that_they_proved(organiser, training):
    EmailAddress.objects.create(user=owner_of(organiser), email="other@example.org", verified=True)
    give(training, "other@example.org")

    assert trained(organiser, TODAY).is_met


def test_the_day_before_the_training_nobody_was_trained(organiser, training):
    give(training, owner_of(organiser).email)

    assert trained(organiser, TODAY).is_met
    assert not trained(organiser, TODAY - timedelta(days=1)).is_met


def test_a_training_that_nobody_of_the_organiser_holds_does_not_count(organiser, training):
    unit = OrganiserFactory(parent=organiser)
    unproved = MembershipFactory(organiser=organiser, person=PersonFactory(proved=False), role="author").person
    held, declined, revoked = (MembershipFactory(organiser=organiser, role="author").person for _one in range(3))
    held_award(training, email=held.email)
    give(training, owner_of(unit).email, unproved.email, "stranger@example.org")
    decline_badge(give(training, declined.email).get(), by=declined)
    revoke_badge(give(training, revoked.email).get(), by=issuer_of(training.organiser), reason="A mistake.")
    give(published_badge(), owner_of(organiser).email)

    found = trained(organiser, TODAY)

    assert (found.is_met, found.said) == (False, "No member holds a valid training badge.")


@pytest.mark.parametrize(("day", "is_met"), [(22, True), (21, False)])
def test_a_training_badge_counts_on_its_last_day_and_not_after(organiser, training, day, is_met):
    recipient = Recipient(owner_of(organiser).email, "Ona", valid_until=date(2026, 11, day))
    with clock.moved_to(at(date(2026, 11, 1))):
        award(training, [recipient], by=None, source="playlist", once_key="ona")
        carry_out()

    assert trained(organiser, TODAY).is_met is is_met


def test_without_a_training_badge_of_the_network_nobody_is_trained(organiser):
    assert trained(organiser, TODAY).said == "The network has not chosen a training badge yet."


@pytest.mark.parametrize(("day", "is_met", "ago"), [(22, True, "6 months ago"), (23, False, "5 months ago")])
def test_experience_is_six_months_to_the_day(organiser, day, is_met, ago):
    badge = published_badge(organiser)
    give(badge, "early@example.org", on=date(2026, 5, day))
    give(badge, "late@example.org", on=date(2026, 10, 1))

    found = experience(organiser, TODAY)

    rest = "." if is_met else "; 6 months are asked for. Possible from 23 November 2026."
    assert (found.is_met, found.said) == (is_met, f"First award on {day} May 2026, {ago}{rest}")
    assert found.url == f"/workspace/{organiser.slug}/issued/"


def test_the_day_of_an_award_is_that_of_the_network(organiser):
    give(published_badge(organiser), "night@example.org", on=date(2026, 5, 22), hour=22)  # past midnight in Vilnius

    assert experience(organiser, TODAY).said.startswith("First award on 23 May 2026, 5 months ago; ")


def test_experience_is_counted_in_units_and_not_above(organiser):
    unit = OrganiserFactory(verified=True, parent=organiser)
    give(published_badge(OrganiserFactory(verified=True, parent=unit)), "deep@example.org", on=date(2026, 1, 2))
    give(published_badge(organiser), "top@example.org", on=date(2025, 1, 2))

    assert experience(unit, TODAY).said == "First award on 2 January 2026, 10 months ago."
    assert experience(organiser, TODAY).said == "First award on 2 January 2025, 22 months ago."


def test_awards_that_never_were_genuine_are_no_experience(organiser):
    badge, unit = published_badge(organiser), OrganiserFactory(parent=organiser, verified=True)
    issuer, early = issuer_of(organiser), date(2026, 1, 2)
    above = owner_of(organiser)
    EmailAddress.objects.create(user=issuer, email="issuer@private.example", verified=True)
    give(badge, issuer.email, "issuer@private.example", above.email, owner_of(unit).email, on=early)
    give(published_badge(unit), above.email, on=early)
    revoke_badge(give(badge, "wrong@example.org", on=early).get(), by=issuer, reason="A mistake.")
    corrected(give(badge, "twice@example.org", on=early).get(), then_revoked=True)
    held_award(badge, email="held@example.org")

    assert [experience(one, TODAY).said for one in (organiser, unit)] == ["No badge was awarded yet."] * 2


def test_a_corrected_award_counts_from_the_day_on_which_it_was_first_made(organiser):
    corrected(give(published_badge(organiser), "ona@example.org", on=date(2026, 1, 2)).get())

    assert experience(organiser, TODAY).said == "First award on 2 January 2026, 10 months ago."
    assert ", 1 of 20 awards in twelve months, 1 of 15 recipients." in sample(organiser, TODAY).said


@pytest.mark.parametrize(
    ("is_proved", "notice", "is_met"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_contact_that_is_read_and_a_privacy_notice_are_wanted(is_proved, notice, is_met):
    organiser = OrganiserFactory(privacy_url="https://example.org/privacy" if notice else "")
    if is_proved:
        organiser.contact_email = owner_of(organiser).email

    found = contact(organiser, TODAY)

    assert (found.is_met, found.url) == (is_met, f"/workspace/{organiser.slug}/profile/")
    assert found.said.startswith("A member proved" if is_proved else "No member proved")
    assert ("a privacy notice is linked" in found.said) == notice


def test_gates_ask_as_often_for_many_badges_and_awards_as_for_few(organiser, training):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            for gate in GATES.values():
                gate(organiser, TODAY)
        return len(asked)

    give(training, owner_of(organiser).email)
    give(published_badge(organiser), *emails(3))
    few = queries()
    for number in range(12):
        give(published_badge(OrganiserFactory(parent=organiser, verified=True)), *emails(3, start=number))

    assert queries() == few
