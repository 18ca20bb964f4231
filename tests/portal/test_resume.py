"""Nothing typed is lost when a session ends or a form's secret is stale."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal import clock
from tests.factories.accounts import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

ANSWERS = {"name": "Ona the Second", "country": "EE", "language": "en", "theme": "dark", "time_zone": "Europe/Warsaw"}
JSON = {"Accept": "application/json"}


def hidden_fields(page):
    """Return what the page's form would send, as a browser does."""
    form = re.search(r'<form method="post" action="/settings/">.*?</form>', page, re.DOTALL)[0]
    return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}


def test_form_sent_after_the_session_ended_is_kept_shown_and_sent(client):
    person = PersonFactory(email="ona@example.org")

    refused = client.post("/settings/", ANSWERS)
    signed_in = client.post(refused["Location"], {"login": "ona@example.org", "password": PASSWORD})
    page = client.get(signed_in["Location"]).content.decode()
    sent = hidden_fields(page)
    done = client.post("/settings/", sent)

    assert refused["Location"] == "/accounts/login/?next=/resume/"
    assert signed_in["Location"] == "/resume/"
    assert {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"} == ANSWERS
    assert done["Location"] == "/settings/"
    person.refresh_from_db()
    assert (person.name, person.country.code, person.theme) == ("Ona the Second", "EE", "dark")


def test_what_was_sent_is_forgotten(client):
    PersonFactory(email="ona@example.org")
    client.post("/settings/", ANSWERS)
    client.post("/accounts/login/", {"login": "ona@example.org", "password": PASSWORD})
    client.post("/settings/", ANSWERS)

    assert client.get("/resume/")["Location"] == "/"


def test_what_was_typed_can_be_thrown_away(client):
    PersonFactory(email="ona@example.org")
    client.post("/settings/", ANSWERS)
    client.post("/accounts/login/", {"login": "ona@example.org", "password": PASSWORD})

    client.post("/resume/discard/")

    assert client.get("/resume/")["Location"] == "/"


def test_names_of_files_are_kept_but_never_secrets(client):
    PersonFactory(email="ona@example.org")
    picture = SimpleUploadedFile("cat.png", b"x", "image/png")
    client.post("/workspace/new/", {"name": "Cats", "api_token": "t", "new_password": "p", "picture": picture})
    client.post("/accounts/login/", {"login": "ona@example.org", "password": PASSWORD})

    kept = client.get("/resume/").context["kept"]

    assert kept["values"] == [["name", "Cats"]]
    assert kept["files"] == ["cat.png"]


@pytest.fixture
def fresh_limits():
    """Count the acts of visitors from nothing, here and in the tests after it."""
    cache.clear()
    yield
    cache.clear()


def test_strangers_cannot_fill_the_database_and_read_what_they_typed(fresh_limits):
    answers = [Client().post("/settings/", ANSWERS) for _number in range(61)]

    assert {answer.status_code for answer in answers[:60]} == {302}
    assert Session.objects.count() == 60
    assert (answers[60].status_code, "Ona the Second" in answers[60].content.decode()) == (403, True)


@pytest.mark.parametrize("where", ["name", "address"])
def test_a_long_text_is_given_back_at_once_and_not_kept(client, where):
    words = "long " * 5000
    address, sent = ("/settings/", {"name": words}) if where == "name" else (f"/settings/?next={words}", ANSWERS)

    answer = client.post(address, sent)

    assert (answer.status_code, sent["name"] in answer.content.decode()) == (403, True)
    assert not Session.objects.exists()


def test_what_was_typed_is_kept_for_a_day_and_the_session_then_lasts_as_any_other(client):
    person = PersonFactory()
    client.post("/settings/", ANSWERS)
    kept_for = Session.objects.get().expire_date - clock.now()
    client.force_login(person)  # as a passkey does: the session of the visitor goes on

    page = client.get("/resume/").content.decode()

    assert "Ona the Second" in page
    assert timedelta(hours=23) < kept_for <= timedelta(days=1)
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_typed_text_is_shown_as_text(client):
    PersonFactory(email="ona@example.org")
    client.post("/settings/", {"name": "<script>alert(1)</script>"})
    client.post("/accounts/login/", {"login": "ona@example.org", "password": PASSWORD})

    assert b"<script>alert" not in client.get("/resume/").content


def test_form_with_a_stale_secret_comes_back_with_what_was_typed():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(PersonFactory())

    response = strict.post("/settings/", ANSWERS | {"new_password": "not shown"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Ona the Second" in page
    assert "Europe/Warsaw" in page
    assert "not shown" not in page


def test_a_page_that_saves_itself_is_told_that_the_session_ended_and_nothing_is_kept(client):
    answer = client.post("/settings/", ANSWERS, headers=JSON)

    assert answer.status_code == 401
    assert not Session.objects.exists()


def test_a_page_that_saves_itself_goes_on_with_the_token_of_who_signed_in_again():
    strict, person = Client(enforce_csrf_checks=True), PersonFactory()
    signed_out = strict.post("/settings/", ANSWERS, headers=JSON)
    strict.force_login(person)

    told = strict.post("/settings/", ANSWERS, headers=JSON)
    saved = strict.post("/settings/", ANSWERS | {"csrfmiddlewaretoken": told.json()["token"]}, headers=JSON)

    assert (signed_out.status_code, told.status_code) == (401, 403)
    assert saved.status_code == 302
    assert "go back to the one in which you were writing" in strict.get("/resume/back/").content.decode()


def test_what_comes_back_goes_by_the_names_that_people_read(client):
    strict = Client(enforce_csrf_checks=True)
    sent = ANSWERS | {"seen": "4", "go": "next", "unheard_of": "Words of nobody's field"}
    typed = re.compile(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>")

    refused = strict.post("/settings/", sent).content.decode()
    client.post("/settings/", sent)
    client.force_login(PersonFactory())
    kept = client.get("/resume/").content.decode()

    assert dict(typed.findall(refused)) == {
        "Name": "Ona the Second",
        "Country": "Estonia",
        "Language": "English",
        "Look": "Dark",
        "Time zone": "Europe/Warsaw",
        "Text": "Words of nobody&#x27;s field",
    }
    assert typed.findall(kept) == typed.findall(refused)
    assert "You were signed out before it arrived." in refused
    assert "Sign in in a new tab" in refused


@pytest.mark.parametrize("path", ["/resume/discard/", "/inbox/read/"])
def test_acts_are_refused_to_a_look(client, path):
    client.force_login(PersonFactory())

    assert client.get(path).status_code == 405
