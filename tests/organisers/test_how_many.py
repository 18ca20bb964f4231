"""One person makes five organisers a day."""

from datetime import timedelta

import pytest

from organisers.actions import create_organiser
from organisers.models import Membership, Organiser
from portal import clock
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def make(by, **facts):
    words = {"language": "en", "name": "Bicycle course", "description": "We mend bicycles.", "country": "LT"}
    return create_organiser(by=by, website="https://x.example.org", contact_email="x@example.org", **words, **facts)


def test_the_sixth_organiser_of_a_day_waits_whoever_owns_the_others_by_now():
    person = PersonFactory()
    first = make(person)
    for _number in range(4):
        make(person, parent=first)
    Membership.objects.filter(person=person).exclude(organiser=first).delete()

    for parent in (None, first):
        with pytest.raises(StepRefused, match="five organisers today"):
            make(person, parent=parent)

    assert Organiser.objects.filter(parent=first).count() == 4
    make(PersonFactory())
    with clock.moved_to(timedelta(days=1, minutes=1)):
        make(person)


def test_units_of_a_verified_organiser_and_what_is_handed_over_are_not_counted():
    school, admin = OrganiserFactory(verified=True), PersonFactory(roles=["network_admin"])

    for _number in range(6):
        make(owner_of(school), parent=school)
        make(admin, owner=PersonFactory())

    assert Organiser.objects.filter(parent=school).count() == 6
