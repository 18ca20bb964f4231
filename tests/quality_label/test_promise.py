"""Keeping the promise: reminders reach the right people once, more days are given once, a broken promise is owned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from portal import clock
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from quality_label.actions.promise import explain_delay, extend_days, own_up, remind
from quality_label.models import Application
from tests.factories.accounts import PersonFactory
from tests.factories.label import ApplicationFactory, AssignmentFactory
from tests.factories.organisers import MembershipFactory, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)
WHY = "Two assessors fell ill in the same week; the third begins on Monday."


def on_day(number):
    return clock.moved_to(MORNING + timedelta(days=number))


def handed_in(**facts):
    with on_day(0):
        return ApplicationFactory(**facts)


def told(event="quality_label/case_reminder"):
    return [(mail.person, mail.facts.get("codes")) for mail in OutgoingMail.objects.filter(event=event).order_by("pk")]


def test_the_coordinator_is_reminded_once_and_the_admins_when_it_is_late():
    application, admin = handed_in(in_check=True), PersonFactory(roles=["network_admin"])
    for day in (4, 5, 5, 6, 8, 8, 9):
        with on_day(day):
            remind(application)

    coordinator = application.coordinator
    assert told() == [(coordinator, ["check-due"]), (coordinator, ["check-late"]), (admin, ["check-late"])]


def test_nobody_gets_two_mails_about_a_case_on_one_day():
    application = handed_in(in_check=True)
    with on_day(5):
        remind(application)
    with on_day(5), clock.moved_to(MORNING + timedelta(days=5, hours=3)):
        Application.objects.update(state="assigning")
        Application.objects.update(day_0=(MORNING - timedelta(days=10)).date())
        remind(application)
    assert len(told()) == 1

    with on_day(6):
        remind(application)
    assert told()[1][1] == ["team-due", "team-late"]


def test_somebody_in_conflict_with_a_case_is_not_told():
    application = handed_in(in_check=True)
    MembershipFactory(organiser=application.organiser, person=application.coordinator, role="issuer")
    admin = PersonFactory(roles=["network_admin"])
    with on_day(5):
        remind(application)

    assert told() == [(admin, ["check-due"])]


def test_a_review_is_reminded_of_until_it_is_handed_in():
    application = handed_in(in_review=True)
    with on_day(0):
        place = AssignmentFactory(application=application, accepted=True, due_on=clock.today() + timedelta(days=28))
    for day in (13, 14, 21, 29):
        with on_day(day):
            remind(application)

    key = place.pk
    expected = [(place.person, f"review-half:{key}"), (place.person, f"review-7:{key}")]
    expected += [(application.coordinator, f"review-late:{key}")]
    assert [(person, codes[0]) for person, codes in told()] == expected


def test_an_admin_gives_more_days_once_before_day_85():
    application, admin = handed_in(in_review=True), PersonFactory(roles=["network_admin"])
    with on_day(85), pytest.raises(StepRefused, match="before day 85"):
        extend_days(application, days=20, reason=WHY, by=admin)
    with on_day(84):
        with pytest.raises(StepRefused, match="1 to 30"):
            extend_days(application, days=31, reason=WHY, by=admin)
        with pytest.raises(StepRefused, match="why"):
            extend_days(application, days=20, reason="Late.", by=admin)
        with pytest.raises(PermissionDenied):
            extend_days(application, days=20, reason=WHY, by=application.coordinator)
        extended = extend_days(application, days=20, reason=WHY, by=admin)
        with pytest.raises(StepRefused, match="once"):
            extend_days(application, days=5, reason=WHY, by=admin)

    assert (extended.state, extended.days().due_on) == ("in_review", (MORNING + timedelta(days=110)).date())
    assert told("quality_label/extended") == [(owner_of(application.organiser), None)]


def test_a_broken_promise_is_owned_once_and_answered_for():
    application, admin = handed_in(ready=True), PersonFactory(roles=["network_admin"])
    for day in (90, 91, 91, 95):
        with on_day(day):
            own_up(application)

    application.refresh_from_db()
    assert application.broken_on == (MORNING + timedelta(days=91)).date()
    assert application.state == "ready"
    assert len(told("quality_label/promise_broken")) == 1
    assert [person for person, _codes in told("quality_label/promise_to_answer_for")] == [admin]
    with on_day(92):
        with pytest.raises(PermissionDenied):
            explain_delay(application, words=WHY, new_date=clock.today() + timedelta(9), by=application.coordinator)
        with pytest.raises(StepRefused, match="ahead"):
            explain_delay(application, words=WHY, new_date=clock.today(), by=admin)
        explained = explain_delay(application, words=WHY, new_date=clock.today() + timedelta(days=9), by=admin)
    assert (explained.broken_words, explained.new_date) == (WHY, (MORNING + timedelta(days=101)).date())
    assert len(told("quality_label/delay_explained")) == 1
