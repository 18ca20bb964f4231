"""Where the network writes what the label asks."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.invariants import violations
from quality_label.actions import begin_version, edit_part, export_version, translate_version
from quality_label.models import FrameworkVersion
from tests.factories.accounts import PersonFactory
from tests.factories.label import FrameworkVersionFactory
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = "/network/frameworks/"


@pytest.fixture
def admin(client):
    """Sign a network admin in."""
    person = PersonFactory(roles=["network_admin"])
    client.force_login(person)
    return person


@pytest.fixture
def draft(admin):
    """A draft that says what the version in force says."""
    return begin_version("1.1", source=FrameworkVersionFactory(in_force=True, name="1.0"), by=admin)


def sent(client, path, **changes):
    """Return what the form of a page sends, with changes."""
    values = values_of(client.get(path).context["form"]) | changes
    return {name: value for name, value in values.items() if value is not None}


def values_of(form):
    """Return what a browser sends of a form; a box that is not ticked sends nothing."""
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


PAGES = [
    "", "new/copy/", "new/import/", "1.1/", "1.1/in-force/", "1.1/discard/", "1.1/parts/A1/", "1.1/parts/A/new/",
    "1.1/parts/A1/remove/", "1.1/texts/lt/", "1.1/texts/lt/A1/",
]  # fmt: skip


@pytest.mark.parametrize(
    ("roles", "readable", "others"),
    [
        ([], {}, {"": 403, "new/copy/": 403, "new/import/": 403}),
        (["coordinator"], {"", "1.1/"}, {}),
        (["network_admin"], set(PAGES), {}),
    ],
)
def test_each_page_opens_to_those_it_is_for(client, admin, draft, roles, readable, others):
    edit_part(draft, "A1", {"weight": 5}, by=admin)
    client.force_login(PersonFactory(roles=roles))
    hidden = 403 if roles else 404

    found = {page: client.get(LIST + page).status_code for page in PAGES}

    assert found == {page: 200 if page in readable else others.get(page, hidden) for page in PAGES}


def test_the_list_costs_the_same_with_1_and_with_3_rows(client, admin):
    first = FrameworkVersionFactory(in_force=True)
    with_one = queries_of(client, LIST)
    for name in ["a", "b"]:
        begin_version(name, source=first, by=admin)

    assert queries_of(client, LIST) == with_one
    assert client.get(LIST).text.count('<th scope="row">') == 3


def test_a_version_is_begun_from_another_and_shows_what_changed(client, draft):
    path = f"{LIST}1.1/parts/A1/"

    response = client.post(path, sent(client, path, weight="5", mandatory="on", title="Purpose"))

    assert response["Location"] == "/network/frameworks/1.1/"
    page = client.get(response["Location"])
    assert [(one.place, one.before, one.after) for one in page.context["changes"]] == [
        ("A1.weight", "4", "5"),
        ("A1.mandatory", "no", "yes"),
        ("A1.title", "Purpose and audience", "Purpose"),
    ]
    assert '<th scope="row">A1: weight</th>' in page.text


@pytest.mark.parametrize(("name", "fault"), [("1.0", "of that name"), ("A b", "small letters"), ("", "required")])
def test_a_name_that_cannot_be_is_refused(client, draft, name, fault):
    response = client.post(f"{LIST}new/copy/", {"name": name, "source": "1.0"})

    assert response.status_code == 422
    assert fault in str(response.context["form"].errors["name"])


def test_a_copy_is_begun_on_the_page(client, draft):
    response = client.post(f"{LIST}new/copy/", {"name": "1.2", "source": "1.0"})

    assert response["Location"] == "/network/frameworks/1.2/"
    assert FrameworkVersion.objects.get(name="1.2").based_on.name == "1.0"


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


def test_a_framework_is_imported_as_text_or_file(client, admin):
    text = export_version(FrameworkVersionFactory(in_force=True, name="1.0"))

    pasted = client.post(f"{LIST}new/import/", {"pasted": text.replace('"1.0"', '"2.0"')})
    file = SimpleUploadedFile("2.1.json", b"\xef\xbb\xbf" + text.replace('"1.0"', '"2.1"').encode())
    uploaded = client.post(f"{LIST}new/import/", {"file": file})

    assert [pasted["Location"], uploaded["Location"]] == [f"{LIST}2.0/", f"{LIST}2.1/"]


def test_faults_of_an_import_are_listed_and_the_text_is_kept(client, admin):
    document = FrameworkVersionFactory.build().document
    faulty = json.dumps(document | {"areas": document["areas"] + document["areas"][:1]})

    pasted = client.post(f"{LIST}new/import/", {"pasted": faulty})
    uploaded = client.post(f"{LIST}new/import/", {"file": SimpleUploadedFile("a.json", faulty.encode())})

    for response in [pasted, uploaded]:
        assert response.status_code == 422
        assert response.context["form"].non_field_errors() == [
            "These codes are used more than once: A, A1, A2, A3, A4."
        ]
        assert response.context["form"]["pasted"].value() == faulty


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"pasted": " "}, "Choose a file or paste JSON."),
        ({"pasted": "{"}, "This is no JSON"),
        ({"file": SimpleUploadedFile("a.json", b"\xff\xfe\x00")}, "no text in UTF-8"),
    ],
)
def test_what_is_no_json_is_refused(client, admin, typed, fault):
    response = client.post(f"{LIST}new/import/", typed)

    assert (response.status_code, fault in response.text) == (422, True)


def test_a_draft_is_put_in_force_after_one_question(client, admin, draft):
    path = f"{LIST}1.1/in-force/"
    assert "It is the same as the version in force." in client.get(path).text
    draft = edit_part(draft, "A1", {"weight": 5}, by=admin)

    page = client.get(path)
    stale = client.post(path, {"seen": draft.version - 1})
    client.post(path, {"seen": draft.version})

    assert "Version 1.0 retires" in page.text
    assert stale.status_code == 409
    assert FrameworkVersion.objects.in_force().name == "1.1"
    assert client.get(f"{LIST}1.1/parts/A1/").status_code == 409


def test_a_draft_is_discarded_after_one_question(client, draft):
    client.get(f"{LIST}1.1/discard/")
    assert FrameworkVersion.objects.filter(name="1.1").exists()

    client.post(f"{LIST}1.1/discard/")

    assert not FrameworkVersion.objects.filter(name="1.1").exists()


def test_coordinators_read_and_do_not_write(client, draft):
    client.force_login(PersonFactory(roles=["coordinator"]))

    page = client.get(f"{LIST}1.1/").text

    assert "/parts/" not in page
    assert client.post(f"{LIST}1.1/discard/").status_code == 403
    assert f'href="{LIST}"' in client.get("/backpack/").text


def test_a_framework_that_cannot_be_judged_by_is_named():
    FrameworkVersionFactory(name="fine")
    FrameworkVersionFactory(name="broken", document={"version": "broken"})
    FrameworkVersionFactory(name="other", document=FrameworkVersionFactory.build().document)

    found = [line for line in violations() if line.startswith("L1")]

    assert [line.split(" c")[0] for line in found] == [
        "L1 framework: framework broken",
        "L1 framework: framework other",
    ]
