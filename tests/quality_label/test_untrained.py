"""The last trained person of a labelled organiser: told on the day, suspended after 90 (K9, L4)."""

from datetime import timedelta

import pytest

from badges.models import Assertion
from portal import clock
from portal.notifications.models import Notification
from portal.workflow import StepRefused, take
from quality_label.actions.label_suspension import suspend_label
from quality_label.models import Label, TrainingBadge
from quality_label.schedule import keep_duties
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, published_badge
from tests.factories.label import label
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def held_label():
    """A label whose holder has one trained member, and the badge of that."""
    given = label()
    network = given.credential.badge_version.badge_class.organiser
    badge = published_badge(network)
    TrainingBadge.objects.create(badge_class=badge)
    member = MembershipFactory(organiser=given.organiser, role="issuer").person
    held = assertion(badge, email=member.email)
    Assertion.objects.filter(pk=held.pk).update(expires_at=clock.now() + timedelta(days=10))
    return given, badge, member


def on_day(days):
    return clock.moved_to(clock.now() + timedelta(days=days))


def look(days):
    with on_day(days):
        keep_duties()
        keep_duties()
        return Label.objects.get()


def told(event):
    return list(Notification.objects.filter(event=f"quality_label/{event}").values_list("person", flat=True))


def test_owners_and_coordinator_are_told_once_when_nobody_is_trained_any_more(held_label):
    given, _badge, _member = held_label
    before, after = look(9).untrained_since, look(12)
    look(13)

    assert before is None
    assert after.untrained_since == clock.today() + timedelta(days=12)
    assert sorted(told("nobody_trained")) == sorted({owner_of(given.organiser).pk, given.application.coordinator_id})
    assert after.is_standing


def test_after_90_days_the_clock_suspends_and_lifts_at_once_when_cured(held_label):
    given, badge, _member = held_label
    look(12)

    on_the_last_day, after = look(102), look(103)
    assert (on_the_last_day.is_standing, after.suspension.cause) == (True, "untrained")
    assert "90 days" in after.suspension.words
    assert after.suspension.cure_by == clock.day_of(after.suspension.suspended_at) + timedelta(days=60)
    assert after.credential.suspended_at
    assert told("label_suspended") == [owner_of(given.organiser).pk]
    with on_day(104):
        assertion(badge, email=MembershipFactory(organiser=given.organiser, role="author").person.email)
    cured = look(105)
    assert (cured.is_suspended, cured.suspension, cured.untrained_since) == (False, None, None)
    assert cured.credential.suspended_at is None
    assert told("label_lifted") == [owner_of(given.organiser).pk]


def test_whoever_is_trained_in_time_is_not_suspended(held_label):
    given, badge, _member = held_label
    look(12)
    with on_day(80):
        assertion(badge, email=owner_of(given.organiser).email)

    assert look(85).untrained_since is None
    assert look(103).is_standing


def test_a_suspension_by_the_network_is_not_lifted_by_training(held_label):
    given, badge, _member = held_label
    look(12)
    suspend_label(given, cause="complaint", words="A complaint.", by=PersonFactory(roles=["network_admin"]))
    with on_day(104):
        assertion(badge, email=owner_of(given.organiser).email)

    found = look(105)
    assert (found.is_suspended, found.untrained_since) == (True, None)
    with pytest.raises(StepRefused):
        take(found.lift_cured, by=None)


def test_before_the_network_chose_a_training_nobody_is_missed():
    label()
    OrganiserFactory(verified=True)

    assert look(400).untrained_since is None
