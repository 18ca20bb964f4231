"""Search engines learn of the same page in the other languages."""

import re

import pytest
from django.conf import settings

from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, translated

pytestmark = pytest.mark.django_db


def alternates(client, path):
    head = client.get(path).content.decode().partition("</head>")[0]
    return dict(
        re.findall(rf'<link rel="alternate" hreflang="([\w-]+)" href="{re.escape(settings.BASE_URL)}([^"]+)">', head)
    )


@pytest.mark.parametrize("path", ["", "playlists/", "activities/", "organisers/"])
def test_home_and_lists_stand_in_each_language(client, path):
    said = {code: f"/{code}/{path}" for code, _name in settings.LANGUAGES} | {"x-default": f"/en/{path}"}

    assert alternates(client, f"/en/{path}?page=1") == said
    assert alternates(client, f"/lt/{path}") == said


def test_a_translated_page_names_its_translation_and_back(client):
    one = activity(OrganiserFactory(verified=True))
    route = playlist(one)

    for page in (one, route):
        other = translated(page)
        said = {"en": page.get_url(), "lt": other.get_url(), "x-default": page.get_url()}
        assert alternates(client, page.get_url()) == said
        assert alternates(client, other.get_url()) == said


def test_a_page_in_one_language_names_none(client):
    one = activity(OrganiserFactory(verified=True))
    other = translated(one)
    other.unpublish()

    assert alternates(client, one.get_url()) == {}
