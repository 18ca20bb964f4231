"""The network admin's People page."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from portal import clock
from portal.accounts.actions import update_person
from portal.accounts.models import NetworkRole, Person
from portal.schedule import drain
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db

NORA = {"name": "Nora Novak", "email": "Nora@Example.org", "country": "SI", "is_of_age": "on", "language": "en"}


@pytest.fixture
def admin(client):
    """Sign a network admin in."""
    person = PersonFactory(email="admin@example.org", roles=["network_admin"])
    client.force_login(person)
    return person


def facts_of(person, **changes):
    """Return what the form of a person sends."""
    sent = {"name": person.name, "country": person.country.code, "language": person.language, "is_active": "on"}
    sent["is_of_age"] = "on"
    return {name: value for name, value in (sent | changes).items() if value is not None}


def test_registered_person_chooses_a_password_by_the_mailed_link_and_is_in(client, admin):
    client.post("/network/people/new/", NORA | {"roles": ["assessor"]})
    drain()
    link = re.search(r"http://localhost:\d+(/welcome/\S+)", mail.outbox[0].body)[1]
    browser = Client()

    browser.get(link)
    assert EmailAddress.objects.get(email="nora@example.org").verified is False
    browser.post(link, {"password": PASSWORD, "terms": "on"})

    nora = Person.objects.get(email="nora@example.org")
    assert nora.verified_addresses() == ["nora@example.org"]
    assert nora.has_network_role("assessor")
    assert browser.get("/settings/").status_code == 200
    assert Client().get(link).status_code == 410


def test_weak_password_is_refused_at_the_welcome(client, admin):
    client.post("/network/people/new/", NORA)
    drain()
    link = re.search(r"http://localhost:\d+(/welcome/\S+)", mail.outbox[0].body)[1]

    response = Client().post(link, {"password": "password", "terms": "on"})

    assert list(response.context["form"].errors) == ["password"]
    assert not Person.objects.get(email="nora@example.org").has_usable_password()


def test_forged_welcome_link_opens_nothing(client):
    assert client.get("/welcome/1:forged:link/").status_code == 410


@pytest.mark.parametrize("taken", ["nora@example.org", "NORA@example.org", "second@example.org"])
def test_address_of_somebody_else_is_refused(client, admin, taken):
    EmailAddress.objects.create(user=PersonFactory(email="nora@example.org"), email="second@example.org")

    response = client.post("/network/people/new/", NORA | {"email": taken})

    assert list(response.context["form"].errors) == ["email"]


def test_people_are_found_by_part_of_name_or_of_any_address(client, admin):
    ona = PersonFactory(name="Ona Petrauskaitė", email="ona@example.org")
    EmailAddress.objects.create(user=ona, email="petra@work.example", verified=True)
    PersonFactory(name="Jonas")

    for words in ("trausk", "ona@ex", "petra@work"):
        assert list(client.get("/network/people/", {"q": words}).context["page"]) == [ona]


def test_roles_are_given_until_a_day_and_taken(client, admin):
    person = PersonFactory(roles=["assessor"])
    end = clock.today().replace(year=clock.today().year + 1)

    client.post(f"/network/people/{person.pk}/", facts_of(person, roles=["coordinator"], ends_on=end.isoformat()))

    assert list(person.network_roles.current().values_list("role", "ends_on", "given_by")) == [
        ("coordinator", end, admin.pk)
    ]


def test_role_can_be_given_again_after_it_was_taken(client, admin):
    person = PersonFactory(roles=["assessor"])

    for roles in ([], ["assessor"], [], ["assessor"]):
        client.post(f"/network/people/{person.pk}/", facts_of(person, roles=roles))

    assert list(person.network_roles.current().values_list("role", flat=True)) == ["assessor"]
    assert person.network_roles.count() == 3


def test_end_in_the_past_is_refused(client, admin):
    person = PersonFactory()

    response = client.post(
        f"/network/people/{person.pk}/", facts_of(person, roles=["assessor"], ends_on=clock.today().isoformat())
    )

    assert list(response.context["form"].errors) == ["ends_on"]


def test_address_of_a_person_is_not_changed_by_others(client, admin):
    person = PersonFactory(email="ona@example.org")

    client.post(f"/network/people/{person.pk}/", facts_of(person, email="evil@example.org"))

    person.refresh_from_db()
    assert person.email == "ona@example.org"


def test_admin_cannot_lock_themselves_out(client, admin):
    response = client.post(f"/network/people/{admin.pk}/", facts_of(admin, is_active=None))

    assert set(response.context["form"].errors) == {"is_active", "roles"}
    assert admin.has_network_role("network_admin")


def test_role_that_ended_opens_nothing(client):
    person = PersonFactory(roles=["network_admin"])
    NetworkRole.objects.update(ends_on=clock.today())
    client.force_login(person)

    assert client.get("/network/people/").status_code == 403


def test_list_asks_as_often_for_thirty_people_as_for_one(client, admin):
    few = queries_of(client, "/network/people/")

    PersonFactory.create_batch(29, roles=["assessor"])

    assert queries_of(client, "/network/people/") == few


def test_admins_change_keeps_a_password_that_was_just_chosen(admin):
    person = PersonFactory()
    looked_at = Person.objects.get(pk=person.pk)
    Person.objects.filter(pk=person.pk).update(password="changed")

    looked_at.name = "Nora"
    update_person(looked_at, by=admin, roles=[])

    person.refresh_from_db()
    assert (person.name, person.password) == ("Nora", "changed")


def test_session_of_a_deactivated_person_stays_dead_when_they_may_sign_in_again(client, admin):
    person, theirs = PersonFactory(), Client()
    theirs.post("/accounts/login/", {"login": person.email, "password": PASSWORD, "terms": "on"})
    assert theirs.get("/settings/").status_code == 200
    for is_active in (False, True):
        person.is_active = is_active
        update_person(person, by=admin, roles=[])

    assert theirs.get("/settings/").status_code == 302


def test_nul_in_the_words_looked_for_is_dropped(client):
    client.force_login(PersonFactory(name="Rūta Admin", roles=["network_admin"]))

    found = client.get("/network/people/", {"q": "Rū\0ta"}).context["page"]

    assert [person.name for person in found] == ["Rūta Admin"]
