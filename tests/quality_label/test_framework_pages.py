"""Where the network writes what the label asks."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.invariants import violations
from quality_label.actions import begin_version, edit_part, export_version
from quality_label.models import FrameworkVersion
from tests.factories.accounts import PersonFactory
from tests.factories.label import FrameworkVersionFactory
from tests.portal.queries import queries_of
from tests.quality_label.sending import sent

pytestmark = pytest.mark.django_db
LIST = "/network/frameworks/"


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


@pytest.mark.parametrize(("name", "fault"), [("1.0", "of that name"), ("A b", "small letters"), ("", "Fill this in.")])
def test_a_name_that_cannot_be_is_refused(client, draft, name, fault):
    response = client.post(f"{LIST}new/copy/", {"name": name, "source": "1.0"})

    assert response.status_code == 422
    assert fault in str(response.context["form"].errors["name"])


def test_a_copy_is_begun_on_the_page(client, draft):
    response = client.post(f"{LIST}new/copy/", {"name": "1.2", "source": "1.0"})

    assert response["Location"] == "/network/frameworks/1.2/"
    assert FrameworkVersion.objects.get(name="1.2").based_on.name == "1.0"


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
