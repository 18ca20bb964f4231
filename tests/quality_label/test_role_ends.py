"""Whoever loses the role in the network in the middle of a case does not see it any more, until it is given back."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.actions import set_network_roles
from portal.accounts.models import Person
from quality_label.actions import gather_questions, lock_review, save_level, save_rating
from quality_label.models import Application, Assignment
from quality_label.permissions import may_lead, may_see_case, may_see_desk
from tests.factories.label import case_in_consensus, review_under_way
from tests.quality_label.walking import level_facts

pytestmark = pytest.mark.django_db
RATING = {"level": 3, "does_not_apply": False, "reason": "Seen.", "evidence": ["f"], "ticked": []}


def without_roles(person, *roles) -> Person:
    set_network_roles(person, roles, by=None)
    return Person.objects.get(pk=person.pk)


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


@pytest.mark.parametrize("roles", [[], ["lead_assessor"]])
def test_a_former_assessor_neither_reads_nor_writes(client, roles):
    case, (place, _other), _lead = review_under_way()
    save_rating(place, "A1", RATING, by=place.person, seen=0)
    former = without_roles(place.person, *roles)
    client.force_login(former)

    assert not may_see_case(case, former)
    assert not may_see_desk(fresh(place), former)
    assert not Application.objects.cases_for(former).exists()
    assert client.get(f"/quality-label/desk/{place.key}/A1/").status_code == 404
    with pytest.raises(PermissionDenied):
        save_rating(fresh(place), "A2", RATING, by=former, seen=0)
    with pytest.raises(PermissionDenied):
        lock_review(fresh(place), by=former, has_no_conflict=True)


def test_the_role_given_back_opens_the_review_as_it_was():
    _case, (place, _other), _lead = review_under_way()
    save_rating(place, "A1", RATING, by=place.person, seen=0)
    without_roles(place.person)

    person = without_roles(place.person, "assessor")

    assert may_see_desk(fresh(place), person)
    assert Assignment.objects.get(pk=place.pk).levels() == {"A1": 3}


def test_a_former_lead_leads_no_more(client):
    case, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    former = without_roles(lead.person, "assessor")
    client.force_login(former)

    assert not may_lead(case, former)
    assert client.get(f"/quality-label/lead/{case.key}/").status_code == 404
    with pytest.raises(PermissionDenied):
        save_level(case, "A1", level_facts(), by=former, seen=0)
    with pytest.raises(PermissionDenied):
        gather_questions(case, by=former)
