"""Roles that ended are remembered for three years, and no longer."""

from datetime import UTC, datetime

import pytest

from organisers.actions import leave_organiser, set_roles
from organisers.models import Organiser, PastMembership
from organisers.schedule import forget_past_members
from portal import clock
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, line_of, owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_each_role_that_ends_is_kept_with_its_days():
    ona = PersonFactory()
    organiser = OrganiserFactory(issuer=ona, author=ona)

    with clock.moved_to(MONDAY):
        set_roles(organiser, ona, ["author"], by=owner_of(organiser))
        one = PastMembership.objects.get()
        leave_organiser(organiser, by=ona)

    assert (one.person, one.organiser, one.role, one.until) == (ona, organiser, "issuer", MONDAY)
    assert sorted(PastMembership.objects.values_list("role", flat=True)) == ["author", "issuer"]


def test_who_left_is_known_around_the_tree_for_three_years():
    top, middle, _below = line_of(3)
    ona = MembershipFactory(organiser=middle, role="author").person
    with clock.moved_to(MONDAY):
        leave_organiser(middle, by=ona)

    found = {}
    for months in [35, 37]:
        with clock.moved_to(clock.months_later(MONDAY, months)):
            found[months] = Organiser.objects.left_by(ona).count()
            forget_past_members()

    assert top.parent is None
    assert found == {35: 3, 37: 0}
    assert not PastMembership.objects.exists()
