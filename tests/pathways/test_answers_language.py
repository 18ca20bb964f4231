"""What is sent from a page in a language is answered in it, whatever language the account has."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from pathways.models import PlaylistPage
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import activity, playlist, quiz_activity, reviewed_activity, translated

pytestmark = pytest.mark.django_db
ENGLISH, LITHUANIAN = '<html lang="en"', '<html lang="lt"'


@pytest.fixture(autouse=True)
def lithuanian(client):
    """Sign in somebody whose account is in Lithuanian, in a browser that asks for English."""
    client.force_login(PersonFactory(language="lt"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


def test_a_refused_answer_to_a_quiz_stays_in_the_language_of_its_page(client):
    page = quiz_activity()

    answer = client.post(f"/learn/activities/{page.pk}/quiz/", {})

    assert answer.status_code == 422
    assert ENGLISH in answer.text


def test_a_refused_file_stays_in_the_language_of_its_page(client):
    page = reviewed_activity()
    file = SimpleUploadedFile("work.exe", b"MZ")

    answer = client.post(f"/learn/activities/{page.pk}/evidence/", {"file": file})

    assert answer.status_code == 422
    assert ENGLISH in answer.text


def test_a_refused_question_stays_in_the_language_of_its_page(client):
    page = translated(playlist(activity()), "pl")

    answer = client.post(f"/learn/pages/{page.pk}/ask/", {"question": ""})

    assert answer.status_code == 422
    assert '<html lang="pl"' in answer.text


@pytest.mark.parametrize("language", ["en", "lt"])
def test_what_was_done_is_said_in_the_language_of_its_page(client, language):
    page = playlist(activity())
    if language == "lt":
        page = PlaylistPage.objects.get(pk=translated(page).pk)

    answer = client.post(f"/learn/playlists/{page.pk}/join/", follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert len(said) == 1
    assert ("Begin where you like" in said[0]) is (language == "en")


def test_what_has_no_language_of_its_own_goes_on_in_the_one_read_last(client):
    page = activity()
    assert LITHUANIAN in client.get("/learning/").text

    client.get(page.url)

    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert ENGLISH in client.get("/learning/").text


def test_strangers_get_no_cookie_for_what_their_browser_says_already(client):
    client.logout()

    assert settings.LANGUAGE_COOKIE_NAME not in client.get("/en/").cookies
