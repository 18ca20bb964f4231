"""The list of what an organiser's authors wrote: each page once, and new ones in the language that they read."""

import re

import pytest
from django.conf import settings
from wagtail.models import Locale

from organisers.models import Organiser
from pathways.models import SectionPage
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, translated, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client) -> Organiser:
    organiser = OrganiserFactory(verified=True)
    client.force_login(with_role(organiser, "author"))
    return organiser


def listed(client, organiser, language="en") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(f"/workspace/{organiser.slug}/playlists/").text


def section_in(organiser, language) -> SectionPage:
    return SectionPage.objects.get(organiser=organiser, locale=Locale.objects.get(language_code=language))


def test_a_page_is_listed_once_with_its_languages(client, own):
    page = activity(own, title="Brakes")
    other = translated(page)
    other.title = other.draft_title = "Stabdžiai"
    other.live = False
    other.save()

    text = listed(client, own)

    assert len(re.findall(r'<th scope="row">', text)) == 1
    assert f'<a href="/cms/pages/{page.pk}/edit/">Brakes</a>' in text
    assert f'href="/cms/pages/{other.pk}/edit/"><span aria-hidden="true">LT</span>' in text
    assert text.count("(draft)") == 1
    assert f'<a href="/cms/pages/{other.pk}/edit/">Stabdžiai</a>' in listed(client, own, "lt")


def test_a_page_without_the_language_is_listed_as_it_was_written_first(client, own):
    page = translated(playlist(activity(own), title="Bike-Ready"), "pl").get_translations().get()

    assert f'<a href="/cms/pages/{page.pk}/edit/">Bike-Ready</a>' in listed(client, own, "lt")


@pytest.mark.parametrize("language", ["en", "lt", "pl"])
def test_new_pages_begin_in_the_section_of_the_language_read(client, own, language):
    text = listed(client, own, language)

    for kind in ("playlistpage", "activitypage"):
        assert f'href="/cms/pages/add/pathways/{kind}/{section_in(own, language).pk}/"' in text
