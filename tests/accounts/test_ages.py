"""Being old enough: by country, asked at sign-up, kept when the country changes, said in the settings."""

import pytest

from portal.accounts.actions import create_person
from portal.accounts.ages import consent_age
from portal.accounts.models import Guardian, Person
from portal.accounts.schedule import attend_to_guardians
from portal.audit.models import AuditEvent
from portal.schedule import drain
from tests.accounts.children import AGREES, GUARDIAN, child_who_waits, guardian_path, letters_to
from tests.accounts.test_sign_up import ANSWERS
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db

NORA = {"name": "Nora Novak", "email": "nora@example.org", "country": "SI", "language": "en"}


@pytest.mark.parametrize(("country", "age"), [("BE", 13), ("LT", 14), ("SI", 15), ("DE", 16), ("US", 16), ("", 16)])
def test_each_country_has_its_age(country, age):
    assert consent_age(country) == age


def test_operator_sets_another_age(settings):
    settings.CONSENT_AGES = {"LT": 16}

    assert (consent_age("LT"), consent_age("BE")) == (16, 13)


def test_answer_to_the_age_of_another_country_is_none(client):
    answer = client.post("/accounts/signup/", ANSWERS | {"country": "DE", "age_asked": "14"})

    assert answer.context["form"].errors == {"age": ["In your country the age is 16. Please answer once more."]}
    assert Person.objects.count() == 0


@pytest.mark.parametrize("asked", ["", "14"])
def test_answer_counts_with_the_age_of_the_country_and_without_script(client, asked):
    client.post("/accounts/signup/", ANSWERS | {"age_asked": asked})

    assert Person.objects.get().is_of_age


def settings_of(person, **changes):
    facts = {"name": person.name, "country": person.country.code, "language": "en", "theme": "auto"}
    return facts | {"time_zone": person.time_zone} | changes


def test_moving_to_a_stricter_country_asks_once_more(client):
    person = PersonFactory(country="LT")
    client.force_login(person)

    asked = client.post("/settings/", settings_of(person, country="DE"))
    refused = client.post("/settings/", settings_of(person, country="DE", age="no"))
    assert list(asked.context["form"].errors) == list(refused.context["form"].errors) == ["age"]
    assert "Are you at least 16 years old?" in asked.text
    person.refresh_from_db()
    assert person.country.code == "LT"

    client.post("/settings/", settings_of(person, country="DE", age="yes"))
    person.refresh_from_db()
    assert person.country.code == "DE"


def test_moving_makes_nobody_old_enough(client):
    child = PersonFactory(country="DE", is_of_age=False)
    client.force_login(child)

    client.post("/settings/", settings_of(child, country="BE", is_of_age="on", age="yes"))

    child.refresh_from_db()
    assert (child.country.code, child.is_of_age) == ("BE", False)


def test_child_who_became_old_enough_says_so_and_the_guardian_is_told_and_forgotten(client):
    child, browser = child_who_waits()
    client.post(guardian_path(), AGREES)
    drain()
    withdraw = guardian_path()
    assert "I am 14 now" in browser.get("/settings/").text

    browser.post("/settings/of-age/")
    drain()

    child.refresh_from_db()
    assert child.is_of_age
    assert letters_to(GUARDIAN)[-1] == "Ona is old enough now"
    assert Guardian.objects.count() == 0
    assert AuditEvent.objects.filter(verb="accounts.come_of_age", actor_id=child.pk).count() == 1
    assert client.post(withdraw).status_code == 410
    assert "I am 14 now" not in browser.get("/settings/").text
    assert browser.post("/settings/of-age/").status_code == 403


def test_admin_who_registers_somebody_young_names_the_guardian(client):
    client.force_login(PersonFactory(roles=["network_admin"]))

    missing = client.post("/network/people/new/", NORA)
    own = client.post("/network/people/new/", NORA | {"guardian": "nora+x@example.org"})
    assert list(missing.context["form"].errors) == list(own.context["form"].errors) == ["guardian"]

    client.post("/network/people/new/", NORA | {"guardian": GUARDIAN})
    nora = Person.objects.get(email="nora@example.org")
    assert nora.awaits_guardian
    assert Guardian.objects.get(child=nora).email == GUARDIAN


def test_admin_says_that_the_agreement_is_on_paper(client):
    admin = PersonFactory(roles=["network_admin"])
    client.force_login(admin)

    client.post("/network/people/new/", NORA | {"is_on_paper": "on"})

    nora = Person.objects.get(email="nora@example.org")
    assert not nora.awaits_guardian
    guardian = Guardian.objects.get(child=nora)
    assert (guardian.is_on_paper, guardian.recorded_by, guardian.state) == (True, admin, "agreed")
    assert "under age, agreed on paper" in client.get("/network/people/").text


def test_admin_sees_young_people_of_whom_no_agreement_is_kept_and_can_edit_them(client):
    client.force_login(PersonFactory(roles=["network_admin"]))
    child = PersonFactory(is_of_age=False)
    assert "under age, no agreement kept" in client.get("/network/people/").text

    facts = {"name": "Another", "country": "LT", "language": "en", "is_active": "on"}
    client.post(f"/network/people/{child.pk}/", facts)

    child.refresh_from_db()
    assert (child.name, child.awaits_guardian) == ("Another", False)


def test_admin_makes_somebody_young_or_old(client):
    client.force_login(PersonFactory(roles=["network_admin"]))
    person = PersonFactory(email="ona@example.org")
    facts = {"name": "Ona", "country": "LT", "language": "en", "is_active": "on"}
    path = f"/network/people/{person.pk}/"

    assert list(client.post(path, facts).context["form"].errors) == ["guardian"]
    client.post(path, facts | {"guardian": GUARDIAN})
    drain()
    person.refresh_from_db()
    assert (person.is_of_age, person.awaits_guardian) == (False, True)
    assert letters_to(GUARDIAN) == ["Ona asks for your agreement"]

    client.post(path, facts | {"is_of_age": "on"})
    person.refresh_from_db()
    assert (person.is_of_age, person.awaits_guardian, Guardian.objects.count()) == (True, False, 0)


def test_guardian_of_somebody_who_was_registered_is_asked_after_the_welcome():
    nora = create_person(
        by=None, email="nora@example.org", name="Nora", country="SI", is_of_age=False, guardian=GUARDIAN
    )
    drain()
    assert letters_to(GUARDIAN) == []

    nora.emailaddress_set.update(verified=True)
    attend_to_guardians()
    drain()

    assert letters_to(GUARDIAN) == ["Nora asks for your agreement"]
