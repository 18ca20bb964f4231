"""The committee with its terms, and what experts say of themselves."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from portal import clock
from quality_label.models import CommitteeTerm, ExpertProfile, committee_faults
from tests.factories.accounts import PersonFactory
from tests.factories.cases import expert
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
PAGE, EXPERTS, OWN = "/network/committee/", "/network/experts/", "/settings/expert/"


@pytest.fixture
def admin(client):
    person = PersonFactory(roles=["network_admin"])
    client.force_login(person)
    return person


def term(**facts):
    dates = {"starts_on": date(2027, 1, 1), "ends_on": date(2029, 1, 1)}
    return CommitteeTerm.objects.create(**{"person": PersonFactory()} | dates | facts)


def typed(person, **facts):
    return {"person": person.email, "starts_on": "2027-01-01", "ends_on": "2029-01-01"} | facts


@pytest.mark.parametrize(
    ("members", "coordinating", "faults"),
    [(2, 1, ["fewer"]), (3, 0, ["Nobody"]), (3, 1, []), (5, 2, []), (6, 1, ["more"]), (0, 0, ["fewer", "Nobody"])],
)
def test_three_to_five_with_one_from_a_coordinating_organisation(members, coordinating, faults):
    for number in range(members):
        term(is_from_coordinating_organisation=number < coordinating)

    with clock.moved_to(MONDAY):
        found = committee_faults()

    assert len(found) == len(faults)
    assert all(word in sentence for word, sentence in zip(faults, found, strict=True))


def test_only_the_terms_of_today_count():
    running = term(ends_on=date(2027, 3, 2))
    term(ends_on=date(2027, 3, 1))
    term(starts_on=date(2027, 3, 2))

    with clock.moved_to(MONDAY):
        assert list(CommitteeTerm.objects.current()) == [running]


def test_a_term_ends_after_it_begins_in_sql():
    with pytest.raises(IntegrityError):
        term(ends_on=date(2027, 1, 1))


def test_an_admin_writes_a_term_down_and_ends_it(client, admin):
    person = PersonFactory()
    with clock.moved_to(MONDAY):
        client.force_login(admin)
        wrong = client.post(f"{PAGE}new/", typed(person, ends_on="2026-12-31"))
        done = client.post(f"{PAGE}new/", typed(person, is_from_coordinating_organisation="on"))
        unknown = client.post(f"{PAGE}new/", typed(person) | {"person": "nobody@example.org"})
        far = client.post(f"{PAGE}new/", typed(person, ends_on="9999-12-31"))
        again = client.post(f"{PAGE}new/", typed(person, starts_on="2028-01-01", ends_on="2030-01-01"))
        one = CommitteeTerm.objects.get()
        page = client.get(PAGE)
        asked = client.get(f"{PAGE}{one.pk}/end/")
        assert CommitteeTerm.objects.get().ends_on == date(2029, 1, 1)
        client.post(f"{PAGE}{one.pk}/end/")

    assert [answer.status_code for answer in [wrong, done, unknown, far, again]] == [422, 302, 422, 422, 422]
    assert "Nobody here has proved this address." in unknown.text
    assert "fewer than three members" in page.text
    assert f'href="{PAGE}{one.pk}/end/"' in page.text
    assert f"End the term of {person} today?" in asked.text
    assert (one.person, one.is_from_coordinating_organisation, one.written_by) == (person, True, admin)
    assert CommitteeTerm.objects.get().ends_on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("roles", "seen", "written"), [([], 403, 403), (["coordinator"], 200, 403), (["network_admin"], 200, 302)]
)
def test_who_sees_the_committee_and_who_writes_it(client, roles, seen, written):
    client.force_login(PersonFactory(roles=roles))

    assert client.get(PAGE).status_code == seen
    assert client.post(f"{PAGE}new/", typed(PersonFactory())).status_code == written


@pytest.mark.parametrize("page", [PAGE, EXPERTS])
def test_the_lists_cost_the_same_with_1_and_3_rows(client, admin, page):
    term(person=expert())
    one = queries_of(client, page)
    term(person=expert())
    term(person=expert())

    assert queries_of(client, page) == one


def test_an_expert_says_what_they_read_and_when_they_are_away(client):
    kadri = expert("lead_assessor")
    client.force_login(kadri)
    facts = {"languages": ["en", "lt"], "fields": "Youth work", "most_cases": 2}

    half = client.post(OWN, facts | {"away_from": "2027-03-01"})
    backwards = client.post(OWN, facts | {"away_from": "2027-03-01", "away_until": "2027-02-01"})
    too_many = client.post(OWN, facts | {"most_cases": 9})
    done = client.post(OWN, facts | {"away_from": "2027-03-01", "away_until": "2027-03-14"})

    assert [one.status_code for one in [half, backwards, too_many, done]] == [422, 422, 422, 302]
    assert "Youth work" in half.text
    profile = ExpertProfile.objects.get(person=kadri)
    assert (profile.languages, profile.most_cases, profile.away_until) == (["en", "lt"], 2, date(2027, 3, 14))
    assert (
        profile.is_away(date(2027, 3, 14), date(2027, 3, 20)),
        profile.is_away(date(2027, 3, 15), date(2027, 3, 20)),
    ) == (True, False)


def test_profiles_are_for_experts_and_admins(client, admin):
    kadri = expert()
    assert client.post(f"{EXPERTS}{kadri.pk}/", {"languages": ["it"], "most_cases": 3}).status_code == 302
    assert ExpertProfile.objects.get().languages == ["it"]

    client.force_login(kadri)
    assert client.get(f"{EXPERTS}{kadri.pk}/").status_code == 403
    client.force_login(PersonFactory())
    assert client.get(OWN).status_code == 403
