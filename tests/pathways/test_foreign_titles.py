"""Nobody reads in the editor what belongs to another organiser by guessing its number."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction, Page

from pathways.actions import ensure_section
from pathways.models import ActivityPage
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist
from tests.pathways.editor import activity_words, section
from tests.portal.hostile import png

pytestmark = pytest.mark.django_db


def addresses_of(page, organiser):
    own = section(organiser).pk
    return [
        f"/cms/pages/{page.pk}/",
        f"/cms/pages/{page.pk}/results/",
        f"/cms/choose-page/{page.pk}/",
        f"/cms/choose-page/chosen-multiple/?id={page.pk}&id={own}",
        f"/cms/pages/{page.pk}/move/{own}/confirm/",
        f"/cms/pages/{own}/move/{page.pk}/confirm/",
    ]


def test_a_draft_of_others_is_not_there(client, organiser):
    theirs = activity(live=False, title="Secret plan")

    for address in addresses_of(theirs, organiser):
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 404)
        assert "Secret plan" not in answer.content.decode()


def test_what_is_ones_own_or_leads_there_is_shown(client, organiser):
    own = activity(organiser, live=False, title="Plan of ours")

    for address in addresses_of(own, organiser)[:4]:
        answer = client.get(address)
        assert (address, answer.status_code, "Plan of ours" in answer.content.decode()) == (address, 200, True)
    assert client.get(f"/cms/pages/{section(organiser).pk}/").status_code == 200
    assert client.get(f"/cms/pages/{own.pk}/move/{section(organiser).pk}/confirm/").status_code == 200


def test_a_published_page_of_others_is_chosen_but_not_explored(client, organiser):
    theirs = activity(title="Success")

    answers = [client.get(address).status_code for address in addresses_of(theirs, organiser)]

    assert answers == [404, 404, 200, 200, 404, 404]


def renamed_in_draft(organiser=None):
    """Return a published activity whose newest draft has another title."""
    page = activity(organiser, title="Success")
    page.title = "Secret rename"
    page.save_revision()
    return ActivityPage.objects.get(pk=page.pk)


def titles_of(client, page, ours):
    """Return what each place of the editor that names a chosen page says of it: draft, published or nothing."""
    steps = playlist(page, organiser=ours, title="Ours")
    answers = {
        "browse": client.get(f"/cms/choose-page/{section(page.organiser).pk}/?page_type=pathways.activitypage"),
        "search": client.get("/cms/choose-page/search/?page_type=pathways.activitypage&q=Succ"),
        "chosen": client.get(f"/cms/choose-page/chosen-multiple/?id={page.pk}"),
        "typed": client.post("/cms/choose-external-link/", link_to(page.full_url)),
        "typed nearly": client.post("/cms/choose-external-link/", link_to(page.full_url + "?a=b")),
        "widget": client.get(f"/cms/pages/{steps.pk}/edit/"),
    }
    said = {place: answer.content.decode() for place, answer in answers.items()}
    return {
        place: "draft" if "Secret rename" in text else "published" if "Success" in text else "nothing"
        for place, text in said.items()
    }


def link_to(address):
    return {"external-link-chooser-url": address, "external-link-chooser-link_text": ""}


@pytest.mark.usefixtures("indexed")
def test_a_published_page_of_others_goes_by_its_published_title(client, organiser):
    assert titles_of(client, renamed_in_draft(), organiser) == {
        "browse": "published",
        "search": "published",
        "chosen": "published",
        "typed": "published",
        "typed nearly": "nothing",
        "widget": "published",
    }


@pytest.mark.usefixtures("indexed")
def test_ones_own_page_goes_by_its_newest_title(client, organiser):
    said = titles_of(client, renamed_in_draft(organiser), organiser)

    assert {place: title for place, title in said.items() if title != "draft"} == {"typed nearly": "nothing"}


def test_those_who_look_after_all_pages_see_them(client, organiser):
    theirs = activity(live=False, title="Secret plan")
    client.force_login(PersonFactory(is_superuser=True))

    assert [client.get(address).status_code for address in addresses_of(theirs, organiser)[:4]] == [200] * 4


def test_numbers_that_are_none_are_not_found(client, organiser):
    assert client.get("/cms/choose-page/chosen-multiple/?id=x").status_code == 404


@pytest.mark.parametrize(
    "address", ["/cms/pages/2/", "/cms/choose-page/2/", "/cms/choose-external-link/", "/cms/pages/2/move/3/confirm/"]
)
def test_the_narrowed_addresses_are_closed_to_strangers_and_to_those_who_write_nothing(client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"

    client.force_login(PersonFactory())

    assert client.get(address).status_code == 302


def kept(organiser, title):
    """Return a document and a picture in the collection of an organiser, by the names of their interfaces."""
    ensure_section(organiser)
    collection = Collection.objects.get(name=organiser.slug)
    document = Document.objects.create(title=title, file=ContentFile(b"words", "words.txt"), collection=collection)
    picture = Image.objects.create(title=title, file="a.png", width=1, height=1, collection=collection)
    return {"documents": document, "images": picture}


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_the_interface_lists_the_files_of_ones_own_collections(client, organiser, kind):
    ours = kept(organiser, "Ours")[kind]
    theirs = kept(OrganiserFactory(verified=True), "Theirs")[kind]

    listed = client.get(f"/cms/api/main/{kind}/?fields=title").json()["items"]

    assert [item["title"] for item in listed] == ["Ours"]
    assert client.get(f"/cms/api/main/{kind}/{ours.pk}/").status_code == 200
    assert client.get(f"/cms/api/main/{kind}/{theirs.pk}/").status_code == 404


def test_a_file_is_open_to_whoever_has_its_address_unless_its_collection_is_private(client):
    document = kept(OrganiserFactory(verified=True), "Sheet")["documents"]
    assert b"".join(client.get(document.url).streaming_content) == b"words"

    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")

    assert client.get(document.url).status_code == 302


def test_a_move_by_guessed_numbers_moves_nothing(client, organiser):
    theirs = activity(live=False)
    before = Page.objects.get(pk=theirs.pk).path

    answer = client.post(f"/cms/pages/{theirs.pk}/move/{section(organiser).pk}/confirm/")

    assert (answer.status_code, Page.objects.get(pk=theirs.pk).path) == (404, before)


@pytest.mark.parametrize("kind", ["file", "video", "picture"])
def test_a_file_of_others_is_not_put_on_a_page_by_its_number(client, organiser, kind):
    ensure_section(OrganiserFactory(verified=True, slug="theirs"))
    page = activity(organiser, slug="ours-too")

    def send(collection):
        facts = {"title": "Plan of somebody", "collection": Collection.objects.get(name=collection)}
        if kind == "picture":
            chosen = Image.objects.create(file=ContentFile(png(), name="a.png"), width=40, height=30, **facts)
        else:
            chosen = Document.objects.create(file=ContentFile(b"x", name="a.mp4"), **facts)
        values = {
            "file": {"file": chosen.pk, "about": ""},
            "video": {"title": "A", "file": chosen.pk, "captions": "", "transcript": "B"},
            "picture": {"image-image": chosen.pk, "image-alt_text": "A", "caption": ""},
        }[kind]
        part = {"deleted": "", "order": "0", "type": kind, "id": ""}
        part |= {f"value-{name}": str(value) for name, value in values.items()}
        words = {f"body-0-{name}": value for name, value in part.items()}
        changes = {"body-count": "1", "action-publish": "1", "slug": "ours-too"}
        answer = client.post(f"/cms/pages/{page.pk}/edit/", activity_words(**changes, **words))
        return answer.status_code, len(ActivityPage.objects.get(pk=page.pk).body)

    assert send("theirs") == (200, 0)
    assert send("ours") == (302, 1)


def test_a_file_that_stands_on_the_page_stays_there(client, organiser):
    ensure_section(OrganiserFactory(verified=True, slug="theirs"))
    document = Document.objects.create(
        title="Shared", file=ContentFile(b"x", name="a.pdf"), collection=Collection.objects.get(name="theirs")
    )
    page = activity(organiser, slug="ours-too", body=[("file", {"file": document, "about": ""})])
    part = {"deleted": "", "order": "0", "type": "file", "id": page.body[0].id, "value-file": str(document.pk)}
    words = {f"body-0-{name}": value for name, value in {**part, "value-about": "Take it along"}.items()}

    answer = client.post(
        f"/cms/pages/{page.pk}/edit/", activity_words(**{"body-count": "1", "slug": "ours-too"}, **words)
    )

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "action",
    [
        *[f"wagtailcore/page/{verb}" for verb in ("publish", "unpublish", "delete", "move")],
        *[f"wagtailimages/image/{verb}" for verb in ("delete", "add_tags", "add_to_collection")],
        *[f"wagtaildocs/document/{verb}" for verb in ("delete", "add_tags", "add_to_collection")],
    ],
)
def test_acting_on_many_names_nothing_of_others(client, organiser, action):
    theirs = OrganiserFactory(verified=True, slug="theirs")
    page = activity(theirs, title="Secret plan", live=False)
    place = {"title": "Secret plan", "collection": Collection.objects.get(name="theirs")}
    image = Image.objects.create(file=ContentFile(png(), name="a.png"), width=40, height=30, **place)
    document = Document.objects.create(file=ContentFile(b"x", name="a.pdf"), **place)
    number = {"page": page, "image": image, "document": document}[action.split("/")[1]].pk

    for asked in (f"id={number}", f"id=all&childOf={page.get_parent().pk}"):
        answer = client.get(f"/cms/bulk/{action}/?{asked}&next=/cms/")
        assert answer.status_code in (200, 404)
        assert "Secret plan" not in answer.text
    assert ActivityPage.objects.filter(pk=page.pk, live=False).exists()
