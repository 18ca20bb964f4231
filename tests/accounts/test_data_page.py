"""The page of one's data: who opens it, and how it follows the making of the download."""

import pytest
from django.urls import reverse

from portal.accounts.exporting import ask_for_data
from portal.accounts.models import DataExport
from portal.accounts.schedule import make_data_files
from portal.privacy import personal_data
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.collections import collected
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
DATA = "/settings/data/"


def signed_in_anew(client, person):
    """Sign in with the password, so that nothing asks for it again."""
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})


def test_only_the_person_opens_their_download(client):
    person, stranger = PersonFactory(), PersonFactory()
    ask_for_data(person)
    while make_data_files():
        pass
    path = reverse("accounts:data-file", args=[DataExport.objects.get().key])

    assert client.get(path).status_code == 302
    signed_in_anew(client, stranger)
    assert client.get(path).status_code == 404
    client.logout()
    signed_in_anew(client, person)
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        *(200, "application/zip"),
        "no-store, private",
    )


def test_page_follows_the_download_from_the_wish_to_the_file(client, django_capture_on_commit_callbacks):
    person = PersonFactory()
    signed_in_anew(client, person)
    page = client.get(DATA).text
    for said in ["Download all my data", "to let a person sign in", "until the person erases", "It is deleted."]:
        assert said in page

    client.post(f"{DATA}make/")
    waiting = client.get(DATA).text
    assert ("data-refresh" in waiting, f"{DATA}make/" in waiting) == (True, False)
    assert client.post(f"{DATA}make/").status_code == 409

    while make_data_files():
        pass
    ready = client.get(DATA).text
    assert (reverse("accounts:data-file", args=[DataExport.objects.get().key]) in ready, "data-refresh" in ready) == (
        *(True, False),
    )


def test_a_session_that_proved_nothing_lately_is_asked_for_the_password(client):
    client.force_login(PersonFactory())

    assert client.get(DATA).status_code == 200
    answer = client.post(f"{DATA}make/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert DataExport.objects.count() == 0
    assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == DATA
    assert DataExport.objects.count() == 1


def test_page_files_each_kind_of_data_under_its_area(client):
    client.force_login(PersonFactory())

    page = client.get(DATA)
    areas = {str(title): [str(entry.label) for entry in entries] for title, entries in page.context["areas"]}

    assert [*areas] == ["Your account", "Badges", "Learning", "Organisers", "Quality Label", "Reports"]
    assert ("Your addresses" in areas["Your account"], "Your collections" in areas["Badges"]) == (True, True)
    assert sum(map(len, areas.values())) == len(personal_data())


def test_page_asks_as_little_of_the_database_for_many_badges_as_for_one(client):
    few, many = PersonFactory(), PersonFactory()
    collected(few, 1)
    collected(many, 3)
    counts = []
    for person in (few, many):
        client.force_login(person)
        counts.append(queries_of(client, DATA))

    assert counts[0] == counts[1]
