"""For each conflict: who falls under it sees no case, page, place, mail or proposal, and cannot be asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisers.actions import leave_organiser
from organisers.models import City, Organiser
from pathways.models import Judgement
from portal.accounts.models import Person
from portal.notifications.models import Notification, OutgoingMail
from quality_label.actions import invite_team, record_named
from quality_label.actions.eligibility import coordinators_to_tell
from quality_label.actions.team import TeamRefused, pool, remind_of_place
from quality_label.conflicts import SENTENCES
from quality_label.models import Answer, Application, Assignment, ExpertProfile
from quality_label.models.conflict import EXCLUDING
from quality_label.permissions import may_see_case, may_take_application
from tests.factories.accounts import PersonFactory
from tests.factories.cases import expert, led_case, trio, whole_team
from tests.factories.label import ApplicationFactory, AssignmentFactory, DeclarationFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.factories.pathways import waiting_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def member(case, person):
    MembershipFactory(organiser=OrganiserFactory(parent=case.organiser), person=person, role="author")


def former_member(case, person):
    MembershipFactory(organiser=case.organiser, person=person, role="issuer")
    leave_organiser(case.organiser, by=person)


def domain(case, person):
    Organiser.objects.filter(pk=case.organiser.pk).update(website="https://www.ratas.lt/en")
    person.emailaddress_set.create(email="ona@ratas.lt", verified=True)


def city(case, person):
    place = City.objects.create(slug="kaunas", name="Kaunas", country="LT")
    Organiser.objects.filter(pk=case.organiser.pk).update(city=place)
    ExpertProfile.objects.update_or_create(person=person, defaults={"city": place, "languages": ["en"]})


def named(case, person):
    name = f"  {person.name.upper()} "
    Answer.objects.create(application=case, place="conflicts", content={"people": [{"name": name, "how": "a course"}]})
    record_named(case)


def reciprocal(case, person):
    theirs = MembershipFactory(organiser=OrganiserFactory(), person=person, role="author").organiser
    judge = MembershipFactory(organiser=case.organiser, role="author").person
    AssignmentFactory(application=ApplicationFactory(organiser=theirs, in_review=True), person=judge, accepted=True)


def declared(case, person):
    DeclarationFactory(application=case, person=person, conflict="excluding")


RULES = {
    "member": member,
    "former_member": former_member,
    "domain": domain,
    "city": city,
    "named": named,
    "reciprocal": reciprocal,
    "declared": declared,
}


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_every_rule_is_tried_here():
    assert set(RULES) == set(EXCLUDING)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("role", ["coordinator", "network_admin"])
def test_a_coordinator_or_admin_under_a_rule_finds_nothing(client, rule, role):
    case = led_case()
    person = PersonFactory(roles=[role])
    client.force_login(person)
    pages = ["", "declare/", "team/", "eligible/", "return/", "not-eligible/", "hand-over/"]
    url = reverse("quality_label:case", args=[case.key])
    assert client.get(url).status_code == 200
    assert case.organiser.name in client.get("/network/applications/").text

    RULES[rule](case, person)

    assert {client.get(url + page).status_code for page in pages} == {404}
    assert client.get(reverse("quality_label:application", args=[case.key])).status_code in {302, 404}
    assert not [row for row in client.get("/network/applications/").context["rows"] if row["case"] == case]
    assert not may_see_case(case, fresh(person))
    assert not may_take_application(case, fresh(person))
    assert case not in Application.objects.cases_for(fresh(person))
    assert fresh(person) not in coordinators_to_tell(Application.objects.get(pk=case.pk))


@pytest.mark.parametrize("rule", RULES)
def test_an_assessor_who_falls_under_a_rule_loses_place_and_case_at_once(client, rule):
    case = led_case(in_review=True, assigning=False)
    place = whole_team(case)[0]
    person = fresh(place.person)
    client.force_login(person)
    assert client.get(place.get_absolute_url()).status_code == 200
    assert may_see_case(case, person)

    if rule == "declared":
        case.declarations.filter(person=person).update(conflict="excluding")
    else:
        RULES[rule](case, person)

    assert client.get(place.get_absolute_url()).status_code == 404
    assert client.post(f"{place.get_absolute_url()}decline/").status_code == 404
    assert not may_see_case(case, fresh(person))
    assert case not in Application.objects.cases_for(fresh(person))


@pytest.mark.parametrize("rule", RULES)
def test_an_expert_under_a_rule_is_filtered_with_the_rule_named_and_cannot_be_asked(rule):
    case = led_case()
    person = expert("assessor")
    _first, second, lead = trio()
    RULES[rule](case, person)

    found = next(one for one in pool(case) if one.person == person)
    with pytest.raises(TeamRefused) as refused:
        invite_team(case, [fresh(person), second, lead], by=case.coordinator)

    assert rule in found.rules
    assert str(SENTENCES[rule]) in str(refused.value)
    assert not Assignment.objects.exclude(application__organiser__in=Organiser.objects.joined_by(person)).filter(
        application=case
    )
    assert not Notification.objects.filter(person=person).exists()


@pytest.mark.parametrize("rule", RULES)
def test_who_was_asked_and_falls_under_a_rule_is_not_reminded(rule):
    case = led_case()
    place = AssignmentFactory(application=case, person=expert("assessor"))

    RULES[rule](case, place.person)
    remind_of_place(Assignment.objects.with_words().get(pk=place.pk))

    assert not OutgoingMail.objects.filter(person=place.person).exists()


@pytest.mark.parametrize(
    ("address", "facts", "is_hit"),
    [
        ("a@ratas.lt", {"website": "https://ratas.lt"}, True),
        ("a@ratas.lt", {"website": "http://www.ratas.lt:8000/x"}, True),
        ("a@ratas.lt", {"website": "https://youth.ratas.lt/"}, True),
        ("a@mif.ratas.lt", {"website": "https://www.ratas.lt/"}, True),
        ("a@ratas.lt", {"contact_email": "info@ratas.lt"}, True),
        ("a@ratas.lt", {"contact_email": "info@youth.ratas.lt"}, True),
        ("a@ratas.lt", {"contact_email": "info@notratas.lt", "website": "https://notratas.lt"}, False),
        ("a@ratas.lt", {"website": "https://example.org/ratas.lt"}, False),
        ("a@one.co.uk", {"contact_email": "info@two.co.uk", "website": "https://two.co.uk"}, False),
        ("a@gmail.com", {"contact_email": "ratas@gmail.com", "website": "https://sites.gmail.com"}, False),
    ],
)
def test_domains_are_compared_as_organisations_use_them(address, facts, is_hit):
    case = ApplicationFactory(submitted=True, organiser=OrganiserFactory(**facts))
    person = PersonFactory(email=address)

    assert case.is_barred_for(person) is is_hit


def test_a_colleague_of_an_owner_is_barred():
    owner = PersonFactory(email="owner@ratas.lt")
    case = ApplicationFactory(submitted=True, organiser=OrganiserFactory(owner=owner))

    assert case.is_barred_for(PersonFactory(email="colleague@ratas.lt"))


def test_members_of_a_named_organisation_are_barred():
    case = ApplicationFactory(submitted=True)
    person = MembershipFactory(organiser=OrganiserFactory(words="Kolegija"), role="author").person
    content = {"avoid": [{"name": "KOLEGIJA", "reason": "A dispute."}, {"name": " ", "reason": ""}]}
    Answer.objects.create(application=case, place="conflicts", content=content)

    record_named(case)
    record_named(case)

    assert list(case.named.values_list("key", flat=True)) == ["kolegija"]
    assert case.is_barred_for(person)
    assert not case.is_barred_for(PersonFactory())


def test_load_absence_and_silence_on_languages_filter_too():
    case = led_case()
    busy, away, silent = expert(), expert(), PersonFactory(roles=["assessor"], country="NO")
    for _number in range(4):
        AssignmentFactory(person=busy)
    profiles = ExpertProfile.objects.filter(person=away)
    profiles.update(away_from="2026-01-01", away_until="2099-01-01")

    rules = {one.person: one.rules for one in pool(case)}

    assert rules == {busy: ["load"], away: ["absent"], silent: ["language"]}


def test_cases_that_ended_do_not_count_as_load():
    case = led_case()
    busy = expert()
    for _number in range(4):
        AssignmentFactory(
            person=busy,
            application=ApplicationFactory(submitted=True, state="withdrawn", ended_at="2026-03-02T09:00Z"),
        )

    assert pool(case)[0].is_free


def test_ties_are_known_before_and_rank_lower():
    case = led_case()
    neighbour, trainer, free = expert(country="LT"), expert(), expert()
    attempt = waiting_attempt(person=case.organiser.memberships.first().person)
    Organiser.objects.update(is_network=False)
    Organiser.objects.filter(pk=attempt.organiser_id).update(is_network=True)
    Judgement.objects.create(attempt=attempt, by=trainer, outcome="accepted")

    found = [(one.person, one.ties) for one in pool(case)]

    assert found[0] == (free, [])
    assert sorted(found[1:], key=lambda one: one[0].pk) == [(neighbour, ["country"]), (trainer, ["training"])]


def test_proposals_cost_the_same_for_one_and_for_three():
    case = led_case()
    counts = []
    for _number in range(3):
        expert()
        with CaptureQueriesContext(connection) as asked:
            pool(case)
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_a_rule_that_no_longer_holds_opens_the_case_again():
    case = led_case()
    person = PersonFactory(roles=["coordinator"])
    domain(case, person)
    assert not may_see_case(case, fresh(person))

    person.emailaddress_set.filter(email="ona@ratas.lt").delete()

    assert may_see_case(case, fresh(person))


def test_nobody_else_is_touched_by_a_rule():
    case = led_case()
    person, other = PersonFactory(roles=["coordinator"]), PersonFactory(roles=["coordinator"])
    for apply in RULES.values():
        apply(case, person)

    assert not may_see_case(case, fresh(person))
    assert may_see_case(case, other)
