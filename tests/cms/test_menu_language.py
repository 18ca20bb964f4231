"""The editor speaks the language of each account; nothing in it is left in that of its first visitor."""

import pytest
from django.conf import settings
from django.test import Client
from wagtail.admin.menu import admin_menu, reports_menu

from tests.factories.accounts import PersonFactory
from tests.factories.pages import written

pytestmark = pytest.mark.django_db
OURS = {"My organisers", "Pages to look after", "Translations"}


@pytest.fixture(autouse=True)
def forget_menus():
    """Let the menus be built anew, as in a portal that was just started."""
    for menu in (admin_menu, reports_menu):
        menu.__dict__.pop("registered_menu_items", None)


def labels(client) -> set:
    page = client.get("/cms/").text
    return {label for label in OURS if label in page}


def editor(language) -> Client:
    client = Client()
    client.force_login(PersonFactory(roles=["editor"], language=language))
    return client


def test_the_menu_is_not_left_in_the_language_of_its_first_visitor():
    lithuanian, english = editor("lt"), editor("en")

    assert labels(lithuanian) == set()
    assert labels(english) == OURS
    assert labels(lithuanian) == set()


@pytest.mark.parametrize("path", ["/cms/", "/cms/reports/pages-to-look-after/", "/cms/localize/submit/page/{}/"])
def test_the_editor_keeps_to_the_account_whatever_page_was_read_last(path):
    client, path = editor("en"), path.format(written().pk)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "lt"

    assert '<html lang="en"' in client.get(path).text
    assert '<html lang="lt"' in client.get("/learning/").text
