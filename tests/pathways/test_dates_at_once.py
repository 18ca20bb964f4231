"""Many people who press “Register” at the same moment."""

import pytest

from pathways.actions import cancel_registration, register
from pathways.models import Registration
from portal.notifications.models import OutgoingMail
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity
from tests.pathways.test_dates import date_of
from tests.portal.accidents import at_once, in_a_crowd

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("committing_db")]
CROWD, PLACES = 200, 20


def test_two_hundred_people_at_once_share_twenty_places_and_a_line():
    date = date_of(activity(title="Brake clinic"), capacity=PLACES)
    crowd = [PersonFactory() for _number in range(CROWD)]

    results = in_a_crowd([lambda one=one: register(date, by=one) for one in crowd])

    placed = Registration.objects.on(date).filter(state="registered").order_by("asked_at", "pk")
    line = list(Registration.objects.on(date).with_place_in_line())
    assert all(isinstance(result, Registration) for result in results)
    assert placed.count() == PLACES
    assert [one.place for one in line] == list(range(1, CROWD - PLACES + 1))
    assert placed.last().asked_at <= line[0].asked_at

    cancel_registration(placed.first(), by=placed.first().person)

    line[0].refresh_from_db()
    assert line[0].is_registered
    assert list(OutgoingMail.objects.values_list("event", "person")) == [("pathways/place_free", line[0].person_id)]


def test_ten_who_press_twice_have_one_place_each():
    date = date_of(activity(), capacity=3)
    crowd = [PersonFactory() for _number in range(5)]

    at_once(*[lambda one=one: register(date, by=one) for one in crowd * 2])

    assert Registration.objects.on(date).count() == 5
    assert Registration.objects.on(date).coming().count() == 3


def test_those_who_leave_and_come_at_once_never_take_more_places_than_there_are():
    date = date_of(activity(), capacity=3)
    there = [register(date, by=PersonFactory()) for _number in range(5)]
    leaving = [lambda one=one: cancel_registration(one, by=one.person) for one in there[:2]]
    coming = [lambda one=one: register(date, by=one) for one in [PersonFactory() for _number in range(4)]]

    at_once(*leaving, *coming)

    assert Registration.objects.on(date).coming().count() == 3
    assert Registration.objects.on(date).live().count() == 7
