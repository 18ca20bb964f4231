"""A draft of the framework is written one part at a time, in its own words and in others."""

import pytest

from quality_label.actions import edit_part, translate_version
from quality_label.comparison import changes_between
from quality_label.models import FrameworkVersion
from tests.quality_label.sending import sent, values_of

pytestmark = pytest.mark.django_db
LIST = "/network/frameworks/"


@pytest.mark.parametrize("part", ["title", "scale", "thresholds", "G1", "A", "A1", "E4"])
def test_a_part_that_is_saved_as_it_stands_stays_as_it_is(client, draft, part):
    path = f"{LIST}1.1/parts/{part}/"

    assert client.post(path, sent(client, path)).status_code == 302

    draft.refresh_from_db()
    assert draft.document_without_version == draft.based_on.document_without_version


def test_thresholds_and_scale_are_edited(client, draft):
    for part, changes in [
        ("thresholds", {"awarded_total": "72.5", "with_conditions": None}),
        ("scale", {"name_0": "Nothing"}),
        ("G4", {"may_be_explained": None, "fact": ""}),
    ]:
        path = f"{LIST}1.1/parts/{part}/"
        client.post(path, sent(client, path, **changes))

    rules = FrameworkVersion.objects.get(name="1.1").rules
    assert (float(rules.thresholds.awarded.total), rules.thresholds.awarded_conditions) == (72.5, None)
    assert rules.scale[0].name == "Nothing"
    assert (rules.gates[3].fact, rules.gates[3].may_be_explained) == (None, False)


def test_indicators_are_written_a_line_each(client, draft):
    path = f"{LIST}1.1/parts/A1/"

    wrong = client.post(path, sent(client, path, indicators="A1.1 One\nno code"))
    client.post(path, sent(client, path, indicators="A1.1 One\r\n\r\nA1.2 Two words"))

    assert "“no code” does not begin with a code" in str(wrong.context["form"].errors["indicators"])
    indicators = FrameworkVersion.objects.get(name="1.1").rules.criteria["A1"].indicators
    assert [(one.code, one.statement) for one in indicators] == [("A1.1", "One"), ("A1.2", "Two words")]


@pytest.mark.parametrize(
    ("part", "changes", "sentence"),
    [
        ("A1", {"code": "A2"}, "These codes are used more than once: A2."),
        ("E4", {"mandatory": "on"}, "A mandatory criterion always applies. Choose one of both for: E4."),
    ],
)
def test_faults_of_the_whole_are_sentences_and_nothing_typed_is_lost(client, draft, part, changes, sentence):
    path = f"{LIST}1.1/parts/{part}/"

    response = client.post(path, sent(client, path, statement="Typed with care.", **changes))

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [sentence]
    assert "Typed with care." in response.text
    draft.refresh_from_db()
    assert draft.version == 0


def test_an_area_without_weight_is_refused(client, draft):
    for code in ["A2", "A3", "A4"]:
        client.post(f"{LIST}1.1/parts/{code}/remove/", {"seen": FrameworkVersion.objects.get(name="1.1").version})
    path = f"{LIST}1.1/parts/A1/"

    response = client.post(path, sent(client, path, weight="0"))

    assert response.context["form"].non_field_errors() == [
        "Area A needs a criterion that has weight and always applies."
    ]
    last = client.post(f"{LIST}1.1/parts/A1/remove/")
    assert (last.status_code, "one criterion at least" in last.text) == (409, True)


def test_who_was_overtaken_reads_both_texts_and_may_send_again(client, admin, draft):
    path = f"{LIST}1.1/parts/A1/"
    mine = sent(client, path, statement="My own words.")
    edit_part(draft, "A1", {"statement": "Words of somebody else."}, by=admin)

    response = client.post(path, mine)

    assert response.status_code == 409
    assert "My own words." in response.text
    assert "Words of somebody else." in response.text
    assert FrameworkVersion.objects.get(name="1.1").rules.criteria["A1"].statement == "Words of somebody else."
    form = response.context["form"]
    assert [field.name for field, notes in form.pairs() if notes] == ["statement"]
    assert client.post(path, values_of(form)).status_code == 302
    assert FrameworkVersion.objects.get(name="1.1").rules.criteria["A1"].statement == "My own words."


def test_a_criterion_is_added_and_removed(client, draft):
    path = f"{LIST}1.1/parts/F/new/"
    levels = {f"anchor_{level}": f"Level {level}" for level in range(5)}
    typed = {"code": "F5", "title": "Rest", "statement": "People rest.", "evidence": "A calendar.", "weight": "2"}

    client.post(path, sent(client, path) | typed | levels)
    with_it = FrameworkVersion.objects.get(name="1.1")
    client.post(f"{LIST}1.1/parts/F4/remove/", {"seen": with_it.version})

    without = FrameworkVersion.objects.get(name="1.1").rules
    assert list(with_it.rules.criteria)[-2:] == ["F4", "F5"]
    assert (list(without.criteria)[-2:], without.criteria["F5"].anchors[4]) == (["F3", "F5"], "Level 4")


def test_words_are_written_in_another_language_beside_the_original(client, draft):
    path = f"{LIST}1.1/texts/lt/A1/"

    page = client.get(path)
    assert [language["code"] for language in client.get(f"{LIST}1.1/").context["languages"]] == ["en", "lt", "pl", "ro"]
    client.post(path, sent(client, path, **{"A1.title": "Tikslas", "A1.anchors.0": "Nieko."}))

    assert "Purpose and audience" in page.text
    draft = FrameworkVersion.objects.get(name="1.1")
    assert draft.document["texts"] == {"lt": {"A1.title": "Tikslas", "A1.anchors.0": "Nieko."}}
    assert client.get(f"{LIST}1.1/texts/lt/").text.count("2 of 8") == 1


@pytest.mark.parametrize("path", ["1.1/texts/en/", "1.1/texts/xx/", "1.1/texts/lt/Z9/", "1.1/texts/lt/thresholds/"])
def test_there_are_no_texts_of_nothing(client, draft, path):
    assert client.get(LIST + path).status_code == 404


def test_translations_follow_a_code_and_go_with_what_is_removed(client, admin, draft):
    draft = translate_version(draft, "lt", {"A1.title": "Tikslas", "A2.title": "Rezultatai"}, by=admin)
    draft = edit_part(draft, "A1", {"code": "A9"}, by=admin)

    client.post(f"{LIST}1.1/parts/A2/remove/", {"seen": draft.version})

    draft.refresh_from_db()
    assert draft.document["texts"] == {"lt": {"A9.title": "Tikslas"}}


def test_what_the_portal_computes_about_a_criterion_is_ticked(client, draft):
    path = f"{LIST}1.1/parts/D3/"

    client.post(path, sent(client, path, facts=["hint:no-skills", "collected"]))

    draft = FrameworkVersion.objects.get(name="1.1")
    assert draft.rules.criteria["D3"].facts == ("collected", "hint:no-skills")
    assert [(one.place, one.before, one.after) for one in changes_between(draft.based_on.rules, draft.rules)] == [
        ("D3.facts", "", "collected, hint:no-skills")
    ]
    page = client.get(f"{LIST}1.1/").text
    assert "D3: what the portal computes" in page
    assert "awards that were collected; badges that claim an ability and name no skill" in page
    assert client.post(path, sent(client, path, facts=["wealth"])).status_code == 422


def test_who_was_overtaken_reads_in_words_what_the_portal_computes(client, admin, draft):
    path = f"{LIST}1.1/parts/A1/"
    mine = sent(client, path, facts=["level"])
    edit_part(draft, "A1", {"facts": ["collected"]}, by=admin)

    assert "awards that were collected</p>" in client.post(path, mine).text
