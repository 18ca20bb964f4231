"""Moving organisers: only by who owns both places, never in a circle, never too deep."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from organisers.actions import move_organiser, update_organiser
from organisers.models import Organiser
from portal.accounts.models import Person
from portal.invariants import violations
from portal.notifications.models import Notification
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, line_of, owner_of
from tests.portal.accidents import at_once

pytestmark = pytest.mark.services


@pytest.mark.django_db
@pytest.mark.parametrize(("moved", "into"), [(0, 0), (0, 1), (0, 2), (1, 2)])
def test_nothing_moves_into_itself_or_its_own_units(moved, into):
    ona = PersonFactory()
    line = line_of(3, owner=ona)

    with pytest.raises(StepRefused, match="itself"):
        move_organiser(line[moved], by=ona, parent=line[into])


@pytest.mark.django_db
def test_tall_organiser_does_not_move_where_it_would_stand_too_deep():
    ona = PersonFactory()
    tall, other = line_of(3, owner=ona)[0], line_of(1, owner=ona)[0]

    with pytest.raises(StepRefused, match="three deep"):
        move_organiser(tall, by=ona, parent=other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("owned", "moves"),
    [
        ({"unit", "old", "new"}, True),
        ({"old", "new"}, True),  # the unit is inherited from the old one
        ({"unit", "new"}, False),
        ({"unit", "old"}, False),
        ({"unit"}, False),
        ({"new"}, False),
    ],
)
def test_unit_moves_only_by_who_owns_both_places(owned, moves):
    ona = PersonFactory()
    old, new = OrganiserFactory(), OrganiserFactory()
    unit = OrganiserFactory(parent=old)
    for name, organiser in {"unit": unit, "old": old, "new": new}.items():
        if name in owned:
            MembershipFactory(organiser=organiser, person=ona, role="owner")

    if moves:
        move_organiser(unit, by=ona, parent=new)
    else:
        with pytest.raises(PermissionDenied):
            move_organiser(unit, by=ona, parent=new)

    unit.refresh_from_db()
    assert unit.parent == (new if moves else old)


@pytest.mark.django_db
def test_unit_leaves_by_who_owns_what_it_is_part_of_and_its_owners_are_told():
    school, unit = line_of(2)
    with pytest.raises(PermissionDenied):
        move_organiser(unit, by=owner_of(unit), parent=None)

    head = owner_of(school)
    move_organiser(unit, by=head, parent=None)

    unit.refresh_from_db()
    assert unit.parent is None
    assert not unit.is_held_by(Person.objects.get(pk=head.pk), "owner")
    assert list(Notification.objects.values_list("person", "event")) == [(owner_of(unit).pk, "organisers/moved")]


@pytest.mark.django_db
def test_form_offers_only_organisers_of_ones_own(client):
    ona = PersonFactory()
    alone, mine, strange = OrganiserFactory(owner=ona), OrganiserFactory(owner=ona), OrganiserFactory()
    client.force_login(ona)

    page = client.get(f"/workspace/{alone.slug}/units/move/").content.decode()
    response = client.post(f"/workspace/{alone.slug}/units/move/", {"parent": strange.pk})

    assert f'value="{mine.pk}"' in page
    assert f'value="{strange.pk}"' not in page
    assert "Select a valid choice" in response.content.decode()


@pytest.mark.django_db
def test_profile_that_is_saved_after_a_move_leaves_the_unit_where_it_is():
    school, unit = line_of(2)
    opened = Organiser.objects.get(pk=unit.pk)
    move_organiser(unit, by=owner_of(school), parent=None)

    update_organiser(opened, by=owner_of(unit), language="en", name="New", description="New")

    assert Organiser.objects.get(pk=unit.pk).parent is None


@pytest.mark.django_db
def test_database_refuses_an_organiser_inside_itself():
    organiser = OrganiserFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Organiser.objects.filter(pk=organiser.pk).update(parent=organiser)


@pytest.mark.django_db
def test_circle_and_organiser_without_owner_are_found_by_fsck():
    one, other = OrganiserFactory(), OrganiserFactory()
    assert list(violations()) == []

    Organiser.objects.filter(pk=one.pk).update(parent=other)
    Organiser.objects.filter(pk=other.pk).update(parent=one)
    for organiser in (one, other):
        organiser.memberships.all().delete()

    assert {sentence.split(":")[0] for sentence in violations()} == {"O1 owner", "O2 tree"}


def test_two_who_move_organisers_into_each_other_at_once_make_no_circle(committing_db):
    ona = PersonFactory()
    one, other = OrganiserFactory(owner=ona), OrganiserFactory(owner=ona)

    results = at_once(
        lambda: move_organiser(one, by=ona, parent=other), lambda: move_organiser(other, by=ona, parent=one)
    )

    assert sorted(isinstance(result, StepRefused) for result in results) == [False, True]
    assert list(violations()) == []
