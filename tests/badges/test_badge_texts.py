"""A badge in several languages: written beside the original, deleted but for the original."""

import pytest
from django.test import Client

from badges.actions import delete_badge_text
from badges.models import BadgeClass
from portal.workflow import StepRefused
from tests.factories.badges import draft_badge, issuer_of, published_badge

pytestmark = pytest.mark.django_db
LITHUANIAN = {
    "name": "Stabdžių patikra",
    "description": "Reguliuoja stabdžius.",
    "criteria": "Sureguliuokite du.",
    "picture_text": "Šešiakampis",
}


@pytest.fixture
def badge(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))
    return badge


def test_the_words_in_another_language_are_saved_and_shown_to_its_readers(client, badge):
    client.post(f"{badge.workspace_url}texts/lt/", LITHUANIAN)

    assert "Stabdžių patikra" in Client(headers={"accept-language": "lt"}).get(badge.get_absolute_url()).text
    badge = BadgeClass.objects.get(pk=badge.pk)
    assert {text.language: text.is_original for text in badge.texts.all()} == {"en": True, "lt": False}


def test_all_that_the_original_says_must_be_said(client, badge):
    answer = client.post(f"{badge.workspace_url}texts/lt/", LITHUANIAN | {"criteria": ""})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["criteria"]
    assert "Stabdžių patikra" in answer.content.decode()
    assert badge.texts.count() == 1


def test_the_original_stands_beside_and_what_is_missing_is_named(client, badge):
    page = client.get(f"{badge.workspace_url}texts/lt/")

    assert [first for _field, first in page.context["form"].pairs()] == [
        "Brake Check",
        "Adjusts and tests brakes.",
        "Adjust two brakes against the bench standard.",
        "Hexagon with a wheel",
    ]
    assert [one["code"] for one in page.context["written"]] == ["en", "lt"]
    assert "pl" in [one["code"] for one in page.context["unwritten"]]
    assert "has no words in this language yet" in page.content.decode()


@pytest.mark.parametrize("language", ["en", "xx"])
def test_the_original_and_unknown_languages_have_no_such_page(client, badge, language):
    assert client.get(f"{badge.workspace_url}texts/{language}/").status_code == 404
    assert client.post(f"{badge.workspace_url}texts/{language}/delete/").status_code == 404


def test_a_language_is_deleted_after_asking(client, badge):
    client.post(f"{badge.workspace_url}texts/lt/", LITHUANIAN)

    assert client.get(f"{badge.workspace_url}texts/lt/delete/").status_code == 200
    assert badge.texts.count() == 2
    client.post(f"{badge.workspace_url}texts/lt/delete/")
    assert [text.language for text in badge.texts.all()] == ["en"]


def test_the_original_is_never_deleted():
    badge = draft_badge()

    with pytest.raises(StepRefused):
        delete_badge_text(badge, by=issuer_of(badge.organiser), language="en")

    assert badge.texts.count() == 1
