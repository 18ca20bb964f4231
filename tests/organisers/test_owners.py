"""An organiser keeps at least one owner."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from organisers.actions import set_roles
from organisers.models import Organiser
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory

pytestmark = pytest.mark.services


def owners_of(organiser):
    """Return the owners' keys."""
    return set(organiser.memberships.owners().values_list("person", flat=True))


@pytest.mark.django_db
def test_last_owner_cannot_leave():
    owner = PersonFactory()
    organiser = OrganiserFactory(owner=owner)

    with pytest.raises(StepRefused, match="at least one owner"):
        set_roles(organiser, owner, ["issuer"], by=owner)

    assert owners_of(organiser) == {owner.pk}


@pytest.mark.django_db
def test_owner_leaves_once_another_is_there():
    owner, second = PersonFactory.create_batch(2)
    organiser = OrganiserFactory(owner=owner)

    set_roles(organiser, second, ["owner", "author"], by=owner)
    set_roles(organiser, owner, [], by=second)

    assert owners_of(organiser) == {second.pk}
    assert not organiser.memberships.filter(person=owner).exists()


@pytest.mark.django_db
def test_owner_who_may_no_longer_sign_in_does_not_count():
    owner, gone = PersonFactory(), PersonFactory(is_active=False)
    organiser = OrganiserFactory(owner=owner)
    MembershipFactory(organiser=organiser, person=gone, role="owner")

    with pytest.raises(StepRefused, match="at least one owner"):
        set_roles(organiser, owner, [], by=owner)


@pytest.mark.django_db
def test_member_leaves_by_their_own_will(client):
    member = PersonFactory()
    organiser = OrganiserFactory(issuer=member)
    client.force_login(member)

    assert "Leave" in client.get(f"/workspace/{organiser.slug}/leave/").content.decode()
    client.post(f"/workspace/{organiser.slug}/leave/")

    assert not organiser.memberships.filter(person=member).exists()
    assert client.get(f"/workspace/{organiser.slug}/").status_code == 404


@pytest.mark.django_db
def test_last_owner_does_not_leave_and_an_owner_from_above_has_nothing_to_leave(client):
    head, owner = PersonFactory.create_batch(2)
    unit = OrganiserFactory(owner=owner, parent=OrganiserFactory(owner=head))

    for person in (head, owner):
        client.force_login(person)
        assert client.post(f"/workspace/{unit.slug}/leave/").status_code == 409

    assert owners_of(unit) == {owner.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["issuer", "author", "reviewer"])
def test_nobody_but_an_owner_gives_roles(role):
    member = PersonFactory()
    organiser = OrganiserFactory(**{role: member})

    with pytest.raises(PermissionDenied):
        set_roles(organiser, member, ["owner"], by=member)

    assert member.pk not in owners_of(organiser)


@pytest.mark.django_db
def test_owner_who_was_demoted_meanwhile_gives_no_more_roles():
    owner, second, third = PersonFactory.create_batch(3)
    organiser = OrganiserFactory(owner=owner)
    MembershipFactory(organiser=organiser, person=second, role="owner")
    assert organiser.is_held_by(second, "owner")  # read before the demotion

    set_roles(organiser, second, ["author"], by=owner)

    with pytest.raises(PermissionDenied):
        set_roles(organiser, third, ["issuer"], by=second)


@pytest.mark.django_db
def test_refusal_is_a_page_for_people(client):
    owner = PersonFactory()
    organiser = OrganiserFactory(owner=owner)
    client.force_login(owner)

    response = client.post(f"/workspace/{organiser.slug}/people/{owner.pk}/", {"roles": ["issuer"]})

    assert response.status_code == 409
    assert "at least one owner" in response.content.decode()


@pytest.mark.parametrize("count", [2, 3])
def test_owners_who_demote_each_other_at_once_leave_one(committing_db, count):
    people = PersonFactory.create_batch(count)
    organiser = OrganiserFactory(owner=people[0])
    for person in people[1:]:
        MembershipFactory(organiser=organiser, person=person, role="owner")
    for person in people:
        assert organiser.is_held_by(person, "owner")  # each read their roles before the race
    start, ends = Barrier(count), []

    def demote(by, other):
        start.wait()
        try:
            set_roles(Organiser.objects.get(pk=organiser.pk), other, ["author"], by=by)
            ends.append("done")
        except (StepRefused, PermissionDenied):
            ends.append("refused")
        finally:
            connection.close()

    threads = [
        Thread(target=demote, args=[one, other]) for one, other in zip(people, people[1:] + people[:1], strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ends) == count
    assert len(owners_of(organiser)) == count - ends.count("done") >= 1
