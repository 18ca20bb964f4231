"""Owners above a unit end the roles that outlive a role in the school."""

import pytest

from organisers.actions import ask_to_join, create_organiser, leave_organiser, move_organiser, people_to_tell, set_roles
from organisers.invariants import every_organiser_has_an_owner
from organisers.models import Organiser
from portal.accounts.models import Person
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory, owner_of, roles_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return OrganiserFactory(words="School")


@pytest.fixture
def second(school):
    """Return a second owner of the school, who made a unit in it."""
    person = MembershipFactory(organiser=school, role="owner").person
    create_organiser(
        by=person,
        parent=school,
        language="en",
        name="Bicycle course",
        description="We mend bicycles.",
        website="https://ratas.example.org",
        contact_email=person.email,
        country="LT",
    )
    return Person.objects.get(pk=person.pk)


def unit_of(school):
    return Organiser.objects.get(parent=school)


def test_the_owner_above_removes_the_last_owner_of_a_unit(school, second):
    boss, unit = owner_of(school), unit_of(school)
    set_roles(school, second, [], by=boss)
    assert roles_of(unit, second) == {"owner"}

    set_roles(unit, second, [], by=boss)

    assert roles_of(unit, second) == set()
    assert unit.is_held_by(owner_of(school), "owner")
    assert list(every_organiser_has_an_owner()) == []


def test_the_last_owner_of_a_unit_still_does_not_leave_by_themselves(school, second):
    set_roles(school, second, [], by=owner_of(school))

    with pytest.raises(StepRefused, match="at least one owner"):
        leave_organiser(unit_of(school), by=second)


def test_a_unit_without_an_owner_of_its_own_does_not_stand_by_itself_and_its_news_go_up(school, second):
    boss, unit = owner_of(school), unit_of(school)
    set_roles(school, second, [], by=boss, units=[unit])

    with pytest.raises(StepRefused, match="Nobody owns this unit itself"):
        move_organiser(unit, by=boss, parent=None)
    ask_to_join(unit, by=PersonFactory(), message="I teach here.")

    assert boss.notifications.count() == 1


def test_an_organiser_without_any_owner_is_named():
    organiser = OrganiserFactory()
    OrganiserFactory(parent=organiser)
    organiser.memberships.all().delete()

    assert list(every_organiser_has_an_owner()) == [f"organiser {organiser.slug} has no owner"]


@pytest.mark.parametrize("is_ended", [True, False])
def test_removing_somebody_names_their_units_and_ends_those_roles_too_if_wished(client, school, second, is_ended):
    unit = unit_of(school)
    client.force_login(owner_of(school))
    address = f"/workspace/{school.slug}/people/{second.pk}/"

    form = client.get(address).content.decode()
    sent = {"units": [unit.pk] if is_ended else [], "csrfmiddlewaretoken": "as browsers do"}
    done = client.post(address, sent, follow=True).content.decode()

    assert "Bicycle course" in form
    assert ("still holds roles in: Bicycle course." in done) is not is_ended
    assert (roles_of(school, second), roles_of(unit, second)) == (set(), set() if is_ended else {"owner"})


def test_units_of_others_are_not_touched(client, school, second):
    foreign = OrganiserFactory(owner=second)
    client.force_login(owner_of(school))

    answer = client.post(f"/workspace/{school.slug}/people/{second.pk}/", {"units": [foreign.pk]})
    set_roles(school, second, ["author"], by=owner_of(school), units=[foreign])

    assert answer.status_code == 200
    assert roles_of(foreign, second) == {"owner"}


def told(organiser, *roles, besides=None):
    return set(people_to_tell(organiser, *roles, besides=besides).values_list("pk", flat=True))


def test_owners_above_are_told_where_nobody_nearer_may_act():
    school = OrganiserFactory()
    course = OrganiserFactory(parent=OrganiserFactory(parent=school))
    owner_above = owner_of(school)
    MembershipFactory(organiser=school, role="issuer")
    course.memberships.all().delete()
    course.parent.memberships.all().delete()
    assert told(course, "issuer") == {owner_above.pk}

    issuer = MembershipFactory(organiser=course, role="issuer").person
    MembershipFactory(organiser=course, role="author")

    assert told(course, "issuer") == {issuer.pk}
    assert told(course, "issuer", besides=issuer) == {owner_above.pk}
    assert told(course) == {owner_above.pk}
