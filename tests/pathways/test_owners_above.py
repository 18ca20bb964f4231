"""Who owns a school may write and judge in its departments; its other people may not."""

import pytest
from django.contrib.auth.models import Group

from organisers.models import Organiser
from pathways.models import EvidenceItem
from pathways.permissions import may_see_evidence
from portal.notifications.models import Notification
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.factories.pathways import reviewed_activity, waiting_attempt, with_role

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def school():
    school = OrganiserFactory(verified=True)
    OrganiserFactory(parent=school, verified=True, slug="department")
    return school


@pytest.mark.parametrize(("role", "counts"), [("owner", True), ("author", False), ("issuer", False)])
def test_owner_above_is_among_the_authors_of_a_unit(school, role, counts):
    department = Organiser.objects.get(slug="department")
    with_role(department, "author")

    person = with_role(school, role)

    assert Group.objects.get(name=f"Authors {department.key}").user_set.filter(pk=person.pk).exists() == counts


@pytest.mark.parametrize(("role", "counts"), [("owner", True), ("reviewer", False)])
def test_owner_above_sees_the_evidence_of_a_unit(school, role, counts):
    item = waiting_attempt(reviewed_activity(Organiser.objects.get(slug="department"))).evidence.get()

    person = with_role(school, role)

    assert EvidenceItem.objects.visible_to(person).filter(pk=item.pk).exists() == counts
    assert may_see_evidence(item, person) == counts


def test_owner_above_is_told_of_what_only_the_learner_could_judge(school):
    department = Organiser.objects.get(slug="department")
    department.memberships.all().delete()
    learner = with_role(department, "reviewer")

    waiting_attempt(reviewed_activity(department), person=learner)

    assert Notification.objects.get(event="pathways/handed_in").person == owner_of(school)
