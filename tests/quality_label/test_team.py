"""Finding the team: people are asked together, answer for themselves, and the review begins when all have settled."""

from datetime import UTC, datetime, timedelta

import pytest

from badges.actions.badge_classes import freeze
from portal import clock
from portal.accounts.models import NetworkRole, Person
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from quality_label.actions import accept_place, agree_to_tie, invite_team, void_place
from quality_label.models import Application, Assignment, Declaration, SampledBadge
from quality_label.permissions import may_see_case
from quality_label.schedule import keep_invitation_days
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.cases import NO, expert, led_case, said, snapshot_of, trio, typed, whole_team
from tests.factories.label import AssignmentFactory, DeclarationFactory, review_under_way
from tests.factories.organisers import MembershipFactory, OrganiserFactory
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def petra(client):
    person = PersonFactory(name="Petra N.", roles=["coordinator"])
    client.force_login(person)
    return person


def team_url(case):
    return f"/network/applications/{case.key}/team/"


def wanted(case, *people) -> dict:
    places = {f"place_{number}": person.pk for number, person in enumerate(people)}
    return {"seen": Application.objects.get(pk=case.pk).version, **places}


def asked(case, petra) -> list[Assignment]:
    return invite_team(case, trio(), by=petra)


def mails_of(person) -> list:
    return list(OutgoingMail.objects.filter(person=person).order_by("pk").values_list("event", flat=True))


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def test_two_assessors_and_a_lead_are_asked_for_three_working_days(client, petra):
    people = trio()
    with clock.moved_to(MONDAY + timedelta(days=3)):  # Thursday
        client.force_login(petra)
        case = led_case(petra)
        response = client.post(team_url(case), wanted(case, *people))

    places = case.assignments.all()
    assert response["Location"] == team_url(case)
    assert [(one.person, one.role, str(one.answer_by)) for one in places] == [
        (people[0], "assessor", "2027-03-09"),
        (people[1], "assessor", "2027-03-09"),
        (people[2], "lead", "2027-03-09"),
    ]
    assert mails_of(people[0]) == ["quality_label/place_offered"]


def same_twice(people):
    return [people[0], people[0], people[2]]


def no_lead(people):
    return [people[0], people[1], people[1]]


def colleagues(people):
    organiser = OrganiserFactory()
    for one in people[:2]:
        MembershipFactory(organiser=organiser, person=one, role="author")
    return people


def nobody_reads(people):
    return [expert(languages=["lt"]), expert(languages=["pl"]), people[2]]


def two_neighbours(people):
    return [expert(country="LT"), expert(country="LT"), people[2]]


@pytest.mark.parametrize(
    ("choose", "sentence"),
    [
        (same_twice, "can have one part only"),
        (no_lead, "Select a valid choice"),
        (colleagues, "belong to the same organisation"),
        (nobody_reads, "has to read the language"),
        (two_neighbours, "One person with a tie is the most"),
    ],
)
def test_people_who_do_not_fit_are_422_with_the_rule(client, petra, choose, sentence):
    case = led_case(petra)

    response = client.post(team_url(case), wanted(case, *choose(trio())))

    assert response.status_code == 422
    assert sentence in response.text
    assert not case.assignments.exists()


def test_a_filtered_person_is_422_with_the_rule_hit(client, petra):
    case = led_case(petra)
    people = trio()
    MembershipFactory(organiser=case.organiser, person=people[0], role="author")

    response = client.post(team_url(case), wanted(case, *people))

    assert response.status_code == 422
    assert "belongs to the applicant" in str(response.context["form"].errors["place_0"])


def test_one_reader_of_the_language_is_enough(petra):
    case = led_case(petra)

    places = invite_team(
        case, [expert(languages=["pl"]), expert(), expert("lead_assessor", languages=["pl"])], by=petra
    )

    assert len(places) == 3


def test_the_team_page_costs_the_same_for_1_and_3_rows(client, petra):
    case = led_case(petra)
    AssignmentFactory(application=case, person=expert())
    one = queries_of(client, team_url(case))
    for _number in range(2):
        AssignmentFactory(application=case, person=expert())
        expert()

    assert queries_of(client, team_url(case)) <= one


def test_the_invitation_shows_little_and_opens_nothing(client, petra):
    case = led_case(petra)
    snapshot_of(case)
    version = freeze(published_badge(case.organiser, name="Brake Check"))
    SampledBadge.objects.create(application=case, badge_version=version, number=1, is_chosen=True)
    place = asked(case, petra)[0]
    client.force_login(place.person)

    page = client.get(place.get_absolute_url())

    assert page.status_code == 200
    for shown in [case.organiser.name, "Ruta K.", "Ingrid L.", "Brake Check"]:
        assert shown in page.text
    for hidden in ["Young people of the harbour", "Every badge names", "Bo A.", "a workshop"]:
        assert hidden not in page.text
    assert not may_see_case(case, place.person)


def test_an_invitation_is_its_persons_alone(client, petra):
    place = asked(led_case(petra), petra)[0]
    assert client.get(place.get_absolute_url()).status_code == 403  # the coordinator

    client.force_login(expert())
    assert client.get(place.get_absolute_url()).status_code == 404


def test_an_unanswered_question_is_422_and_keeps_the_rest(client, petra):
    place = asked(led_case(petra), petra)[0]
    client.force_login(place.person)

    response = client.post(f"{place.get_absolute_url()}accept/", typed("other") | {"body": "", "is_confidential": ""})

    assert response.status_code == 422
    assert set(response.context["accept"].errors) == {"body", "is_confidential"}
    assert response.context["accept"]["other_words"].value() == "Two years ago."
    assert fresh(place).is_invited


def test_the_review_begins_when_all_three_have_accepted(client, petra):
    with clock.moved_to(MONDAY):
        case = led_case(petra)
        places = asked(case, petra)
        for place in places[:2]:
            accept_place(place, NO, by=place.person)
        assert fresh(case).seeks_team
        client.force_login(places[2].person)
        client.post(f"{places[2].get_absolute_url()}accept/", typed())

    case = fresh(case)
    assert (case.state, str(case.review_began_on)) == ("in_review", "2027-03-01")
    assert [str(one.due_on) for one in case.assignments.all()] == ["2027-03-29", "2027-03-29", "None"]
    assert [mails_of(place.person)[-1] for place in places] == ["quality_label/review_opened"] * 3
    owner = case.organiser.memberships.get().person
    assert mails_of(owner) == ["quality_label/application_in_review"]
    with clock.moved_to(MONDAY):
        assert all(may_see_case(case, fresh(place.person)) for place in places)


@pytest.mark.parametrize("question", ["pay", "body", "advice", "family", "dispute", "city"])
def test_an_excluding_answer_declines_and_closes_the_case(client, petra, question):
    case = led_case(petra)
    place = asked(case, petra)[0]
    client.force_login(place.person)

    response = client.post(f"{place.get_absolute_url()}accept/", typed(question))

    assert "that says nothing about you" in response.text
    assert (fresh(place).state, fresh(place).reason) == ("declined", "conflict")
    assert Declaration.objects.get(person=place.person).conflict == "excluding"
    assert client.get(place.get_absolute_url()).status_code == 404
    assert mails_of(petra) == ["quality_label/place_declined"]
    assert not OutgoingMail.objects.filter(person=place.person, state="queued").exists()


@pytest.mark.parametrize("question", ["project", "other"])
def test_a_tie_waits_for_the_written_agreement(client, petra, question):
    case = led_case(petra)
    first, *others = asked(case, petra)
    for place in others:
        accept_place(place, NO, by=place.person)
    first = accept_place(first, said(question), by=first.person)
    assert (fresh(case).seeks_team, mails_of(petra)) == (True, ["quality_label/place_tie"])

    url = f"/network/applications/places/{first.key}/agree/"
    client.force_login(petra)
    assert "Two years ago." in client.get(url).text
    assert client.post(url, {"words": " "}).status_code == 422
    client.post(url, {"words": "Not on the money side."})

    declaration = Declaration.objects.get(person=first.person)
    assert (declaration.agreed_by, declaration.agreed_words) == (petra, "Not on the money side.")
    assert fresh(case).state == "in_review"


def test_the_same_country_is_a_tie_without_a_word_said(petra):
    case = led_case(petra)
    place = AssignmentFactory(application=case, person=expert(country="LT"))

    place = accept_place(place, NO, by=place.person)

    assert place.awaits_agreement
    assert place.declaration.words == "is from the same country"


def test_one_tie_is_agreed_to_in_a_team_and_no_second(petra):
    case = led_case(petra)
    first, second, _lead = asked(case, petra)
    for place in [first, second]:
        accept_place(place, said("other"), by=place.person)
    agree_to_tie(first, words="Known from events.", by=petra)

    with pytest.raises(StepRefused, match="that is the most"):
        agree_to_tie(second, words="This one too.", by=petra)

    void_place(fresh(first), words="We found somebody closer.", by=petra)
    agree_to_tie(fresh(second), words="This one then.", by=petra)


def test_declining_with_a_conflict_names_its_kind_alone(client, petra):
    case = led_case(petra)
    first, second, _lead = asked(case, petra)
    client.force_login(first.person)
    page = f"{first.get_absolute_url()}decline/"

    no_kind = client.post(page, {"no-reason": "conflict"})
    client.post(page, {"no-reason": "conflict", "no-kind": "family"})
    client.force_login(second.person)
    client.post(f"{second.get_absolute_url()}decline/", {"no-reason": "time"})

    assert (no_kind.status_code, fresh(first).state, fresh(second).reason) == (422, "declined", "time")
    answers = Declaration.objects.get(person=first.person).answers
    assert [code for code, answer in answers.items() if answer["yes"]] == ["family"]
    assert not Declaration.objects.filter(person=second.person).exists()


def test_the_free_place_is_offered_again_and_no_other(client, petra):
    case = led_case(petra)
    first, second, lead = asked(case, petra)
    void_place(first, words="Ill for long.", by=petra)
    newcomer = expert()

    page = client.get(team_url(case))
    assert [name for name in page.context["form"].fields if name != "seen"] == ["place_0"]
    client.post(team_url(case), wanted(case, newcomer))

    assert {one.person for one in case.assignments.open()} == {second.person, lead.person, newcomer}
    assert mails_of(first.person)[-1] == "quality_label/place_voided"


def test_once_the_review_began_a_cause_is_wanted(client, petra):
    case = led_case(petra, in_review=True, assigning=False)
    place = whole_team(case)[0]

    response = client.post(f"/network/applications/places/{place.key}/void/", {"words": "Late."})

    assert (response.status_code, fresh(place).state) == (422, "accepted")


def test_silence_is_reminded_once_and_then_taken_back(petra):
    with clock.moved_to(MONDAY):
        case = led_case(petra)
        place = asked(case, petra)[0]
    counts = []
    for days in [1, 2, 2, 3, 4, 5]:
        with clock.moved_to(MONDAY + timedelta(days=days)):
            keep_invitation_days()
        counts.append((mails_of(place.person).count("quality_label/place_offered"), fresh(place).state))

    assert counts == [
        (1, "invited"), (2, "invited"), (2, "invited"), (2, "invited"), (2, "declined"), (2, "declined")
    ]  # fmt: skip
    assert mails_of(petra) == ["quality_label/place_declined"] * 3


def test_after_the_last_day_an_answer_is_409(client, petra):
    with clock.moved_to(MONDAY):
        place = asked(led_case(petra), petra)[0]
    client.force_login(place.person)

    with clock.moved_to(MONDAY + timedelta(days=4)):
        client.force_login(place.person)
        assert client.post(f"{place.get_absolute_url()}accept/", typed()).status_code == 409


def test_a_team_with_somebody_barred_since_does_not_begin(petra):
    case = led_case(petra)
    first, *others = asked(case, petra)
    accept_place(first, NO, by=first.person)
    MembershipFactory(organiser=case.organiser, person=first.person, role="author")

    for place in others:
        accept_place(place, NO, by=place.person)

    assert fresh(case).seeks_team


def test_the_one_address_of_a_case_leads_each_to_their_place(client, petra):
    case = led_case(petra, in_review=True, assigning=False)
    place = whole_team(case)[0]
    address = case.get_absolute_url()

    assert client.get(address)["Location"] == f"/network/applications/{case.key}/"
    client.force_login(place.person)
    assert client.get(address)["Location"] == place.get_absolute_url()


def test_who_was_asked_is_not_proposed_again_and_a_conflict_since_is_named(client, petra):
    case = led_case(petra)
    place, newcomer = AssignmentFactory(application=case, person=expert()), expert()
    MembershipFactory(organiser=case.organiser, person=place.person, role="author")

    context = client.get(team_url(case)).context

    assert [row["one"].person for row in context["proposed"]] == [newcomer]
    assert [row["barred"] for row in context["places"]] == ["belongs to the applicant, or to what is around it"]


def test_a_conflict_since_is_named_at_once_to_the_coordinator_and_to_the_lead(client):
    case, (assessor, _other), lead = review_under_way()
    DeclarationFactory(application=case, person=case.coordinator)
    pages = {case.coordinator: f"/network/applications/{case.key}/", lead.person: f"/quality-label/lead/{case.key}/"}

    def said():
        for person, path in pages.items():
            client.force_login(person)
            yield client.get(path).text

    for page in said():
        assert "conflict of interest by now" not in page
        assert "belongs to the applicant" not in page
    MembershipFactory(organiser=case.organiser, person=assessor.person, role="issuer")
    of_coordinator, of_lead = said()

    assert of_coordinator.count("belongs to the applicant, or to what is around it") == 1
    assert of_lead.count("has a conflict of interest by now: the case is closed to them") == 1
    assert "belongs to the applicant" not in of_lead


def test_who_lost_the_role_takes_no_place():
    place = AssignmentFactory(application=led_case(), person=expert("assessor"))
    NetworkRole.objects.filter(person=place.person).update(ends_on=clock.today())

    with pytest.raises(StepRefused, match="not in this role"):
        accept_place(place, NO, by=Person.objects.get(pk=place.person_id))
