"""“I have done this”: not before the date at which one is there has begun."""

from datetime import timedelta

import pytest

from pathways.actions import cancel_registration, confirm_activity, register
from pathways.models import ActivityDate, Attempt
from portal import clock
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity
from tests.pathways.test_dates import MORNING

pytestmark = pytest.mark.django_db
FIRST, SECOND = MORNING + timedelta(days=7), MORNING + timedelta(days=14)


@pytest.fixture
def page():
    """Return an activity with two dates, a week and two weeks from now."""
    page = activity(mode="on-site")
    page.dates = [
        ActivityDate(begins_at=moment, ends_at=moment + timedelta(hours=2), capacity=8) for moment in (FIRST, SECOND)
    ]
    page.save_revision().publish()
    with clock.moved_to(MORNING):
        yield page


def test_nobody_confirms_an_event_before_it_has_begun(client, page):
    client.force_login(PersonFactory())

    answer = client.post(f"/learn/activities/{page.pk}/confirm/")
    shown = client.get(page.url).text

    assert answer.status_code == 409
    for text in (answer.text, shown):
        assert "You can confirm this once it has begun: 8 March 2027, 11:00." in text
    assert "I have done this" not in shown
    assert not Attempt.objects.exists()


def test_once_a_date_has_begun_it_is_confirmed(client, page):
    learner = PersonFactory()
    client.force_login(learner)

    with clock.moved_to(FIRST):
        shown = client.get(page.url).text
        attempt = confirm_activity(page, by=learner)

    assert "I have done this" in shown
    assert attempt.is_passed


def test_who_has_a_place_waits_for_their_own_date(page):
    learner = PersonFactory()
    registration = register(page.dates.get(begins_at=SECOND), by=learner)

    with clock.moved_to(FIRST):
        with pytest.raises(StepRefused, match="15 March 2027"):
            confirm_activity(page, by=learner)
        cancel_registration(registration, by=learner)
        assert confirm_activity(page, by=learner).is_passed


def test_what_has_no_dates_is_confirmed_at_any_time():
    assert confirm_activity(activity(), by=PersonFactory()).is_passed
