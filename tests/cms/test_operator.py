"""The imprint and the accessibility statement: facts of the operator, with what editors wrote."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.utils import translation

from cms.demo.editorial import written as demo_pages
from cms.models import Operator
from portal.settings import LANGUAGES
from tests.factories.accounts import PersonFactory
from tests.factories.pages import written

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Ratas Network",
    "address": "Dock 3, Vilnius",
    "email": "hello@ratas.example.org",
    "register": "Register of associations, 304",
    "responsible": "Ona O.",
}


@pytest.fixture(autouse=True)
def forget():
    cache.clear()


def fill(**facts) -> None:
    operator = Operator.load()
    for name, value in facts.items():
        setattr(operator, name, value)
    operator.save()


def test_an_empty_imprint_says_so_and_names_another_way(client):
    assert "has not filled in this page yet" in client.get("/en/imprint/").text


def test_the_imprint_says_who_runs_the_portal_with_what_editors_wrote(client):
    fill(**FACTS)
    written(title="Imprint", slug="imprint", body=[("text", "<p>Texts belong to their authors.</p>")])

    text = client.get("/en/imprint/").text

    assert all(value in text for value in FACTS.values())
    assert 'href="mailto:hello@ratas.example.org"' in text
    assert "Texts belong to their authors." in text
    assert "has not filled in" not in text
    assert "VAT number" not in text


@pytest.mark.parametrize("code", [code for code, _name in LANGUAGES])
def test_every_footer_leads_to_both_once(client, code):
    written(title="Imprint", slug="imprint", show_in_menus=True)

    text = client.get(f"/{code}/badges/").text

    assert text.count(f'href="/{code}/imprint/"') == 1
    assert text.count(f'href="/{code}/accessibility/"') == 1


def test_the_statement_says_days_tests_limits_and_whom_to_turn_to(client):
    empty = client.get("/en/accessibility/").text
    fill(
        tested_on=date(2026, 11, 23),
        tested_how="By keyboard.",
        known_limits="The map is hard to use by voice.\n\nOld PDFs.",
        appeal="The Equal Access Office, Vilnius",
    )

    text = client.get("/en/accessibility/").text

    assert "has not said yet when" in empty
    assert "has not named it here yet" in empty
    assert "within 10 working days" in text
    for words in ["23 November 2026", "By keyboard.", "<li>Old PDFs.</li>", "The Equal Access Office, Vilnius"]:
        assert words in text


def test_texts_of_the_operator_are_marked_with_their_language_for_readers_of_others(client):
    fill(tested_how="By keyboard.", known_limits="Old PDFs.", appeal="The Equal Access Office")
    parts = ['<dd lang="en">By keyboard.', '<ul lang="en"><li>Old PDFs.', '<div lang="en"><p>The Equal Access Office']

    foreign, own = (client.get(f"/{code}/accessibility/").text for code in ("lt", "en"))

    assert [part in foreign for part in parts] == [True, True, True]
    assert [part.replace(' lang="en"', "") in own for part in parts] == [True, True, True]


def test_a_page_of_the_operator_has_one_name(client):
    for slug, title in [("imprint", "Legal notice"), ("accessibility", "For everybody")]:
        written(title=title, slug=slug)

        text = client.get(f"/en/{slug}/").text

        assert f"<h1>{title}</h1>" in text
        assert f"<title>{title} · Waymark</title>" in text


@pytest.mark.parametrize("code", [code for code, _name in LANGUAGES])
def test_the_demo_names_the_imprint_as_the_footer_does(code):
    page = demo_pages(code).get("imprint")
    with translation.override(code):
        assert page is None or page["title"] == translation.gettext("Imprint")


def test_what_does_not_work_is_told_by_the_form_for_reports(client):
    text = client.get("/en/accessibility/").text

    assert 'href="/report/?page=%2Fen%2Faccessibility%2F&amp;reason=barrier"' in text
    assert client.get("/report/?page=%2Fen%2Faccessibility%2F&reason=barrier").status_code == 200


def test_editors_fill_it_in_and_nobody_else(client):
    editor, learner = PersonFactory(), PersonFactory()
    group = Group.objects.get(name="Editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    editor.groups.add(group)
    client.force_login(editor)
    place = f"/cms/settings/cms/operator/{Operator.load().pk}/"
    assert client.get("/cms/settings/cms/operator/", follow=True).status_code == 200

    refused = client.post(place, FACTS | {"email": "nobody", "language": "en"})
    client.post(place, FACTS | {"language": "lt"})

    assert "nobody" in refused.content.decode()
    assert (Operator.load().name, Operator.load().language) == ("Ratas Network", "lt")
    client.force_login(learner)
    assert client.post(place, FACTS | {"name": "Mine"}).status_code in {302, 403}
    assert Operator.objects.get().name == "Ratas Network"
