"""Organisers inside organisers: who owns them, how deep they stand, who moves them."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from badges.models import BadgeClass
from badges.permissions import may_see_badge
from organisers.actions import create_organiser, record_standing, set_roles
from organisers.models import Organiser
from portal.accounts.models import Person
from tests.factories.accounts import PersonFactory
from tests.factories.badges import draft_badge
from tests.factories.organisers import RATAS, MembershipFactory, OrganiserFactory, line_of, owner_of
from tests.portal.queries import queries_of

COURSE = RATAS | {"name": "Bicycle course", "kind": "course"}


@pytest.mark.django_db
def test_owner_makes_a_unit_that_is_not_verified_though_its_school_is(client):
    school = OrganiserFactory(verified=True)
    owner = owner_of(school)
    client.force_login(owner)

    response = client.post(f"/workspace/{school.slug}/units/new/", COURSE | {"contact_email": owner.email})

    unit = Organiser.objects.get(parent=school)
    assert response["Location"] == f"/workspace/{unit.slug}/"
    assert (unit.name, unit.standing, unit.is_verified) == ("Bicycle course", "unverified", False)
    assert list(unit.memberships.values_list("person", "role")) == [(owner.pk, "owner")]


@pytest.mark.django_db
def test_owner_of_the_top_owns_the_third_level_and_its_issuer_does_nothing_there():
    top, department, course = line_of(3)
    issuer = MembershipFactory(organiser=top, role="issuer").person
    owner = owner_of(top)

    assert [one.is_held_by(owner, "owner") for one in (top, department, course)] == [True, True, True]
    assert set(Organiser.objects.held_by(owner)) == {top, department, course}
    assert set(Organiser.objects.held_by(issuer)) == {top}
    assert set(Organiser.objects.held_by(owner, "issuer")) == set()
    assert not course.is_held_by(issuer, "owner", "issuer", "author", "reviewer")


@pytest.mark.django_db
def test_owner_of_a_course_owns_nothing_above_it():
    top, department, course = line_of(3)

    assert set(Organiser.objects.held_by(owner_of(course))) == {course}
    assert not department.is_held_by(owner_of(course), "owner")
    with pytest.raises(PermissionDenied):
        set_roles(top, owner_of(course), ["owner"], by=owner_of(course))


@pytest.mark.django_db
def test_inherited_ownership_ends_at_once_with_the_role_above():
    top, department = line_of(2)
    first, second = owner_of(top), MembershipFactory(organiser=top, role="owner").person
    set_roles(top, first, [], by=second)

    assert not department.is_held_by(Person.objects.get(pk=first.pk), "owner")
    assert department not in Organiser.objects.held_by(first)


@pytest.mark.django_db
def test_owner_above_sees_the_drafts_of_a_unit_and_other_members_above_do_not():
    top, department = line_of(2)
    issuer = MembershipFactory(organiser=top, role="issuer").person
    badge = draft_badge(department)

    for person, sees in ((owner_of(top), True), (issuer, False), (PersonFactory(), False)):
        assert BadgeClass.objects.visible_to(person).filter(pk=badge.pk).exists() == sees
        assert may_see_badge(badge, person) == sees


@pytest.mark.django_db
def test_suspended_organiser_makes_no_units():
    school = OrganiserFactory(standing="suspended")

    with pytest.raises(PermissionDenied):
        create_organiser(by=owner_of(school), parent=school, language="en", name="Course", description="…")


@pytest.mark.django_db
def test_unit_keeps_its_standing_when_its_school_is_suspended():
    school, unit = line_of(2)

    record_standing(school, by=None, standing="suspended")

    unit.refresh_from_db()
    assert unit.standing == "unverified"


@pytest.mark.django_db
def test_organisers_stand_three_deep_at_most(client):
    _top, _department, course = line_of(3)
    client.force_login(owner_of(course))

    response = client.post(f"/workspace/{course.slug}/units/new/", COURSE | {"contact_email": owner_of(course).email})

    assert response.status_code == 409
    assert not Organiser.objects.filter(parent=course).exists()


@pytest.mark.django_db
def test_public_pages_name_each_other_but_not_who_is_suspended(client):
    school, unit = line_of(2)
    hidden = OrganiserFactory(parent=school, words="Hidden course", standing="suspended")

    above, below = (client.get(f"/organisers/{one.slug}/").content.decode() for one in (school, unit))
    record_standing(school, by=None, standing="suspended")
    orphan = client.get(f"/organisers/{unit.slug}/").content.decode()

    assert unit.get_absolute_url() in above
    assert hidden.name not in above
    assert school.get_absolute_url() in below
    assert school.name not in orphan


@pytest.mark.django_db
def test_units_follow_what_they_are_part_of_in_the_list_of_ones_organisers(client):
    ona = PersonFactory()
    school = OrganiserFactory(owner=ona, slug="b-school")
    OrganiserFactory(parent=school, slug="a-course")
    OrganiserFactory(owner=ona, slug="c-club")
    client.force_login(ona)

    found = re.findall(r'href="/workspace/(\w-\w+)/"', client.get("/workspace/").content.decode())

    assert found == ["b-school", "a-course", "c-club"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/workspace/", "/workspace/{}/units/", "/organisers/{}/", "/workspace/{}/people/"])
def test_pages_ask_as_often_for_many_units_as_for_one(client, path):
    school, _department, _course = line_of(3)
    client.force_login(owner_of(school))
    few = queries_of(client, path.format(school.slug))

    for _number in range(3):
        OrganiserFactory(parent=OrganiserFactory(parent=school))

    assert queries_of(client, path.format(school.slug)) == few
