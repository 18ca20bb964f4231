"""Two accounts of one person become one: their ties and their parts in cases count together."""

from datetime import timedelta

import pytest

from organisers.actions import leave_organiser
from organisers.models import City
from portal import clock
from portal.accounts.actions import set_network_roles
from portal.accounts.merging import hindrances, merge_accounts
from portal.accounts.models import Person
from quality_label.models import Assignment, CommitteeTerm, ExpertProfile, NamedPerson, PanelSeat
from quality_label.models.conflict import key_of
from tests.factories.accounts import PersonFactory
from tests.factories.cases import expert, led_case
from tests.factories.label import AssignmentFactory, DeclarationFactory
from tests.factories.organisers import MembershipFactory

pytestmark = pytest.mark.django_db
SAME_CASE = "part in the same case"


@pytest.fixture
def judge():
    return expert("assessor")


@pytest.fixture
def other():
    return PersonFactory(name="Ona Kitaip", country="NO")


def merged(kept, other):
    merge_accounts(kept, other, by=kept)
    return Person.objects.get(pk=kept.pk)


def belongs(case, other):
    MembershipFactory(organiser=case.organiser, person=other, role="author")


def belonged(case, other):
    belongs(case, other)
    leave_organiser(case.organiser, by=other)


def was_named(case, other):
    NamedPerson.objects.create(application=case, key=key_of(other.name))


def said_so(case, other):
    DeclarationFactory(application=case, person=other, conflict="excluding")


@pytest.mark.parametrize("tie", [belongs, belonged, was_named, said_so])
def test_a_tie_of_the_other_account_bars_the_judge(judge, other, tie):
    case = led_case()
    tie(case, other)
    assert not case.is_barred_for(judge)

    assert case.is_barred_for(merged(judge, other))


def test_two_accounts_in_one_team_stay_two(judge, other):
    case = led_case()
    set_network_roles(other, [], by=None)
    for person in (judge, other):
        AssignmentFactory(application=case, person=person, accepted=True)

    assert any(SAME_CASE in str(reason) for reason in hindrances(judge, other))


@pytest.mark.parametrize("model", [Assignment, PanelSeat])
def test_who_judges_and_who_said_something_of_the_same_open_case_stay_two(judge, other, model):
    case = led_case()
    DeclarationFactory(application=case, person=other, conflict="excluding")
    if model is Assignment:
        AssignmentFactory(application=case, person=judge, accepted=True)
    else:
        PanelSeat.objects.create(application=case, person=judge)

    assert any(SAME_CASE in str(reason) for reason in hindrances(judge, other))


def test_what_both_did_in_a_case_that_ended_stays_with_each(judge, other):
    case = led_case()
    seats = [PanelSeat.objects.create(application=case, person=person) for person in (judge, other)]
    type(case).objects.filter(pk=case.pk).update(state="withdrawn", ended_at=clock.now())

    merged(judge, other)

    assert [PanelSeat.objects.get(pk=seat.pk).person for seat in seats] == [judge, Person.objects.get(pk=other.pk)]


def test_a_member_of_the_committee_is_not_swallowed(judge, other):
    ends_on = clock.today() + timedelta(days=300)
    CommitteeTerm.objects.create(person=other, ends_on=ends_on)

    assert "acts for the network" in str(hindrances(judge, other)[0])
    assert hindrances(other, PersonFactory()) == []


def test_a_profile_is_kept_once_with_the_city_that_was_named(judge, other):
    city = City.objects.create(slug="kaunas", name="Kaunas", country="LT")
    ExpertProfile.objects.create(person=other, languages=["lt"], city=city)
    ExpertProfile.objects.update_or_create(person=judge, defaults={"languages": ["en"], "city": None})

    merged(judge, other)

    profile = ExpertProfile.objects.get(person=judge)
    assert (profile.languages, profile.city) == (["en"], city)
    assert not ExpertProfile.objects.filter(person=other).exists()
