"""Language, look and time zone."""

import pytest
from django.utils import timezone

from portal.accounts.forms import SettingsForm
from portal.accounts.models import Person
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


def language_of(response):
    """Return the language of a page."""
    return response["Content-Language"]


def test_language_is_switched_on_the_same_page_and_stays(client):
    response = client.get("/language/lt/", {"next": "/accounts/login/?next=/inbox/"})

    assert response["Location"] == "/accounts/login/?next=/inbox/"
    assert language_of(client.get("/accounts/signup/")) == "lt"


def test_language_of_an_address_wins_and_is_remembered(client):
    client.get("/lt/")

    assert language_of(client.get("/accounts/login/")) == "lt"
    assert language_of(client.get("/en/")) == "en"


def test_switch_leads_to_the_page_under_the_other_prefix(client):
    assert client.get("/language/lt/", {"next": "/en/"})["Location"] == "/lt/"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///x",
        "foo", "[", "//[", "?x", "#a", "\tfoo", "account_logout",
    ],
)  # fmt: skip
def test_switch_leads_to_no_foreign_place(client, target):
    assert client.get("/language/lt/", {"next": target})["Location"] in {"/", "/lt/"}


def test_language_nobody_speaks_is_not_found(client):
    assert client.get("/language/xx/").status_code == 404


def test_person_gets_their_language_where_nothing_says_another(client):
    client.force_login(PersonFactory(language="lt"))

    assert language_of(client.get("/settings/")) == "lt"
    client.get("/language/en/", {"next": "/settings/"})
    assert language_of(client.get("/settings/")) == "en"


def test_saved_language_is_used_at_once(client):
    person = PersonFactory()
    client.force_login(person)
    sent = {"name": "Ona", "country": "LT", "language": "lt", "theme": "auto", "time_zone": "Europe/Vilnius"}

    assert language_of(client.post("/settings/", sent, follow=True)) == "lt"


def test_settings_that_are_wrong_do_not_leak_into_the_page(client):
    person = PersonFactory(name="Ona")
    client.force_login(person)

    response = client.post("/settings/", {"name": "", "theme": "dark"})

    assert "name" in response.context["form"].errors
    assert 'data-theme="dark"' not in response.content.decode()


@pytest.mark.parametrize(("chosen", "attribute"), [("dark", True), ("auto", False)])
def test_look_follows_the_person(client, chosen, attribute):
    client.force_login(PersonFactory(theme=chosen))

    assert ('data-theme="dark"' in client.get("/settings/").content.decode()) is attribute


def test_look_of_a_stranger_lies_in_a_cookie(client):
    client.post("/theme/", {"theme": "dark", "next": "/accounts/login/"})

    assert 'data-theme="dark"' in client.get("/accounts/login/").content.decode()


def test_times_are_shown_in_the_persons_zone(client, settings):
    settings.ROOT_URLCONF = "tests.accounts.zone_urls"
    client.force_login(PersonFactory(time_zone="Atlantic/Azores"))

    assert client.get("/zone/").content.decode() == "Atlantic/Azores"
    assert timezone.get_current_timezone_name() == "Europe/Vilnius"


def test_settings_saved_from_an_older_look_keep_a_deactivation_and_a_new_password():
    person = PersonFactory()
    form = SettingsForm(
        {"name": "Ona", "country": "LT", "language": "en", "theme": "dark", "time_zone": "Europe/Riga"},
        instance=Person.objects.get(pk=person.pk),
    )
    Person.objects.filter(pk=person.pk).update(is_active=False, password="changed")

    form.is_valid()
    form.save()

    person.refresh_from_db()
    assert (person.name, person.theme, person.is_active, person.password) == ("Ona", "dark", False, "changed")


@pytest.mark.parametrize("target", ["foo", "[", "?x", "//evil.example/", "account_logout", ""])
def test_choosing_a_look_leads_to_no_foreign_place(client, target):
    assert client.post("/theme/", {"next": target, "theme": "dark"})["Location"] == "/"
