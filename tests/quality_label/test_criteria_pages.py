"""What everybody reads about the label: the way to it, and the criteria of each public version."""

import json
import re

import pytest
from django.utils import translation

from organisers.models import Organiser
from quality_label.actions import translate_version
from quality_label.criteria import Framework
from quality_label.frameworks import framework_file, framework_text
from quality_label.wording import outcomes_of, place_in_words
from tests.factories.accounts import PersonFactory
from tests.factories.label import FrameworkVersionFactory

pytestmark = pytest.mark.django_db


def test_the_way_to_the_label_is_public_and_counts_what_is_asked(client):
    FrameworkVersionFactory(in_force=True)

    response = client.get("/quality-label/")

    assert [stop["number"] for stop in response.context["stops"]] == [0, 1, 2, 3]
    assert "decides within 90 days" in response.text
    assert "stop the clock for 56 days at most" in response.text
    assert [figure["number"] for figure in response.context["figures"]] == [8, 6, 25, 8]
    for onward in ["/quality-label/criteria/", "/quality-label/holders/", "/workspace/"]:
        assert f'href="{onward}"' in response.text


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/quality-label/", "The way to the label"), ("/quality-label/criteria/", "No criteria are in force yet")],
)
def test_without_a_version_in_force_the_pages_say_so(client, path, sentence):
    FrameworkVersionFactory()

    response = client.get(path)

    assert (response.status_code, sentence in response.text) == (200, True)
    assert "figures" not in response.context


def test_the_criteria_in_force_are_shown_whole(client):
    version = FrameworkVersionFactory(in_force=True)

    response = client.get("/quality-label/criteria/")

    page = response.text.replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">")
    missing = [words for words in version.rules.words.values() if words not in page]
    assert missing == []
    assert "In force since 1 January 2026." in page
    assert [share for _area, share in response.context["areas"]] == [20, 26, 16, 12, 12, 14]
    assert page.count("mandatory: level 3 or better") == 8
    assert page.count("Ask the network to verify your organiser before you apply.") == 1


def test_untranslated_criteria_say_once_why_they_are_in_another_language(client):
    version = FrameworkVersionFactory(in_force=True)
    why = "What is not translated is shown in the language of the original."

    assert why not in client.get("/quality-label/criteria/").text
    client.cookies["language"] = "lt"
    with translation.override("lt"):
        said = translation.gettext(why)
    answer = client.get("/quality-label/criteria/", headers={"accept-language": "lt"})

    assert answer.context["is_whole"] is False
    assert answer.text.count(said) == 1
    assert version.rules.model_copy(update={"texts": {"lt": dict(version.rules.words)}}).is_whole_in("lt")


def test_a_criterion_says_what_the_portal_computes_about_it(client):
    version = FrameworkVersionFactory(in_force=True)

    page = client.get("/quality-label/criteria/").text

    assert "<strong>The portal computes:</strong> badges that do not say what the holder does.</p>" in page
    computed = [criterion for criterion in version.rules.criteria.values() if criterion.facts]
    assert page.count("The portal computes:") == len(computed) == 17


def test_thresholds_are_said_as_the_rules_have_them():
    said = [(str(one["title"]), one["conditions"]) for one in outcomes_of(framework_file("waymark-1.0"))]

    assert said == [
        (
            "The label is awarded",
            [
                "At least 70 % of all points.",
                "At least 55 % of the points of each area.",
                "Every mandatory criterion (A3, B1, B2, B3, C1, C4, F1, F3) reaches level 3.",
                "No criterion lies below level 1.",
            ],
        ),
        (
            "The label is awarded with conditions",
            [
                "At least 60 % of all points.",
                "At least 45 % of the points of each area.",
                "At most 2 mandatory criteria (of A3, B1, B2, B3, C1, C4, F1, F3) lie below level 3.",
                "No mandatory criterion lies below level 2.",
                "At most 1 criterion lies below level 1.",
            ],
        ),
    ]


def test_thresholds_of_levels_and_indicators_are_said_without_what_they_imply():
    (awarded,) = outcomes_of(framework_file("formal-and-indicators"))

    assert awarded["conditions"] == [
        "At least 70 % of the indicators of area 3.1 are met.",
        "Every criterion reaches level 3.",
    ]


def test_another_number_in_the_rules_is_another_sentence():
    document = framework_file("waymark-1.0").model_dump(mode="json")
    document["thresholds"] = {"awarded": {"total": 62.5, "low": 3}}

    (awarded,) = outcomes_of(Framework.model_validate(document))

    assert awarded["conditions"][0] == "At least 62.5 % of all points."
    assert awarded["conditions"][-1] == "At most 3 criteria lie below level 1."


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("title", "title"),
        ("A1.weight", "A1: weight"),
        ("3.1A.anchors.2", "3.1A: level 2"),
        ("scale.3.anchor", "Level 3: description"),
        ("thresholds.awarded.total", "The label is awarded: Share of all points, in percent"),
        ("lt.A1.title", "A1: title (lt)"),
    ],
)
def test_places_are_named_for_people(place, words):
    assert place_in_words(place) == words


def test_words_are_in_the_readers_language_and_marked_where_they_are_not(client):
    version = FrameworkVersionFactory()
    translate_version(version, "lt", {"A1.title": "Tikslas ir auditorija"}, by=PersonFactory(roles=["network_admin"]))
    type(version).objects.update(state="in_force", in_force_on="2026-01-01")

    lithuanian = client.get("/quality-label/criteria/", headers={"accept-language": "lt"}).text
    english = client.get("/quality-label/criteria/", headers={"accept-language": "en"}).text

    assert "</span> Tikslas ir auditorija</h3>" in lithuanian
    assert '<span lang="en">Learning outcomes</span>' in lithuanian
    assert 'lang="en">Learning outcomes' not in english
    assert "Tikslas" not in english


def test_what_was_in_force_stays_readable_and_names_its_time(client):
    FrameworkVersionFactory(in_force=True, name="2.0")
    FrameworkVersionFactory(name="1.0", state="retired", in_force_on="2024-03-01", retired_on="2025-12-31")

    response = client.get("/quality-label/criteria/1.0/")

    assert "from 1 March 2024 to 31 December 2025" in response.text
    assert "Applications that began under this version are still judged by it" in response.text
    assert [other.name for other in response.context["others"]] == ["2.0"]
    assert 'href="/quality-label/criteria/1.0/"' in client.get("/quality-label/criteria/").text


@pytest.mark.parametrize("ending", ["/", ".json"])
@pytest.mark.parametrize(
    ("roles", "status"), [(None, 404), ([], 404), (["assessor"], 404), (["coordinator"], 200), (["network_admin"], 200)]
)
def test_drafts_are_shown_to_those_who_work_on_them(client, ending, roles, status):
    FrameworkVersionFactory(name="1.1")
    if roles is not None:
        client.force_login(PersonFactory(roles=roles))

    assert client.get(f"/quality-label/criteria/1.1{ending}").status_code == status


@pytest.mark.parametrize("name", ["waymark-1.0", "formal-and-indicators"])
def test_criteria_that_come_with_the_portal_name_no_state_as_software_does(name):
    assert not re.search("|".join(Organiser.Standing.names), framework_text(name))


def test_the_export_is_the_document(client):
    version = FrameworkVersionFactory(in_force=True, name="1.0")

    response = client.get("/quality-label/criteria/1.0.json")

    assert json.loads(response.content) == version.document
    assert response["Content-Type"] == "application/json"


def test_what_a_framework_says_is_text_not_markup(client):
    document = framework_file("waymark-1.0").model_dump(mode="json") | {"version": "x", "title": "<b>Bold</b>"}
    FrameworkVersionFactory(in_force=True, name="x", document=document)

    for language in ["en", "lt"]:
        page = client.get("/quality-label/criteria/", headers={"accept-language": language}).text
        assert "&lt;b&gt;Bold&lt;/b&gt;" in page
        assert "<b>Bold" not in page


def test_the_label_is_linked_from_the_home_page_and_every_footer(client):
    assert client.get("/en/").text.count('href="/quality-label/"') == 2
    assert client.get("/en/organisers/").text.count('href="/quality-label/"') == 1
