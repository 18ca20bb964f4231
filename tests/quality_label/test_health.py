"""What warns the holder of a label long before it could be lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from quality_label.health import signals_of
from quality_label.models import CheckIn, Label
from tests.factories.accounts import PersonFactory
from tests.factories.label import condition, decided, label, voted_case
from tests.factories.organisers import owner_of
from tests.quality_label.applying import able_organiser

pytestmark = pytest.mark.django_db


def on(day):
    return clock.moved_to(clock.now() + (day - clock.today()))


def found(held):
    return {str(one.name): str(one.health) for one in signals_of(Label.objects.with_words().get(pk=held.pk))}


@pytest.fixture
def held():
    """The label of an organiser with every gate open."""
    return label(organiser=able_organiser())


def test_a_healthy_label_says_so(held):
    signals = found(held)

    assert signals["Somebody is trained"] == "good"
    assert signals["The organiser is verified"] == "good"
    assert signals["Enough awards for a renewal"] == "good"
    assert signals["Renewal"] == "good"
    assert signals["Badges show their criteria"] == "good"


def test_a_training_badge_that_grows_old_is_told_three_months_before(held):
    badge_is_of = clock.today() - timedelta(days=100)
    for months, health in [(20, "good"), (22, "look"), (25, "act")]:
        with on(clock.months_later(badge_is_of, months)):
            assert found(held)["Somebody is trained"] == health


def test_too_few_awards_are_looked_at_early_and_acted_on_when_the_renewal_opens(held):
    with on(clock.months_later(held.valid_until, -12)):
        assert found(held)["Enough awards for a renewal"] == "look"
    with on(held.renewal_from):
        assert found(held)["Enough awards for a renewal"] == "act"


def test_check_in_and_renewal_become_urgent_two_weeks_before(held):
    CheckIn.objects.create(label=held, year=1, due_on=clock.today() + timedelta(days=30))
    assert found(held)["Yearly check-in"] == "look"
    with clock.moved_to(timedelta(days=16)):
        assert found(held)["Yearly check-in"] == "act"
    with on(held.renewal_from):
        assert found(held)["Renewal"] == "look"
    with on(held.send_renewal_by):
        assert found(held)["Renewal"] == "act"


def test_open_conditions_stand_in_it(client):
    case = voted_case(*["awarded_conditions"] * 3, levels={"F3": 2})
    held = decided(case, "awarded_conditions", conditions=[condition("F3", 60)]).application.label

    assert found(held)["Condition on F3"] == "look"


def test_holder_and_network_read_it_the_most_urgent_first(client, held):
    CheckIn.objects.create(label=held, year=1, due_on=clock.today())
    client.force_login(owner_of(held.organiser))
    page = client.get(reverse("quality_label:own-label", args=[held.organiser.slug]))
    assert str(page.context["signals"][0].name) == "Yearly check-in"
    assert "How healthy it is" in page.text

    client.force_login(PersonFactory(roles=["coordinator"]))
    assert "Yearly check-in" in client.get(reverse("quality_label:label", args=[held.key])).text
