"""An author works in the section of their organiser, and nowhere else."""

import pytest
from django.conf import settings
from wagtail.images.models import Image
from wagtail.models import Collection, Page

from organisers.models import Membership
from pathways.actions import ensure_section, sync_authors
from pathways.models import ActivityPage, SectionPage
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, translated, with_role
from tests.pathways.editor import activity_words

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def author(client):
    person = with_role(OrganiserFactory(verified=True, slug="ours"), "author")
    client.force_login(person)
    return person


def ours():
    return SectionPage.objects.get(slug="ours", locale__language_code="en")


def title_after(client, page, **changes):
    """Send the editor's form for an activity and return the title of its newest draft."""
    client.post(f"/cms/pages/{page.pk}/edit/", activity_words(slug=page.slug) | changes)
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object().title


def test_an_author_edits_their_own_page_in_every_language(client, author):
    page = activity(ours().organiser)
    lithuanian = translated(page)

    assert title_after(client, page) == "Changed"
    assert client.get(f"/cms/pages/{lithuanian.pk}/edit/").status_code == 200
    assert client.get(f"/cms/pages/{ours().get_translation(lithuanian.locale).pk}/").status_code == 200


def test_an_author_makes_a_page_and_its_organiser_is_that_of_the_section(client, author):
    assert client.get(f"/cms/pages/add/pathways/activitypage/{ours().pk}/").status_code == 200

    answer = client.post(
        f"/cms/pages/add/pathways/activitypage/{ours().pk}/",
        activity_words(title="Night ride", slug="night-ride", summary=""),
    )

    page = ActivityPage.objects.get(slug="night-ride")
    assert answer.status_code == 302
    assert (page.organiser, page.live) == (ours().organiser, False)


def dates_of(*rows) -> dict:
    """Return what the editor sends of new dates."""
    return {"dates-TOTAL_FORMS": str(len(rows))} | {
        f"dates-{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in ({"ORDER": str(number + 1), "id": ""} | row).items()
    }


EVENING = {"begins_at": "2027-03-01 18:00", "ends_at": "2027-03-01 20:00"}


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([EVENING], 302),
        ([], 200),
        ([EVENING | {"DELETE": "1"}], 200),
        ([{"begins_at": "soon", "DELETE": "1"}], 200),
        ([{"begins_at": "soon"}], 200),
        ([{"begins_at": "soon", "DELETE": "1"}, EVENING], 302),
    ],
)
def test_an_activity_judged_by_presence_wants_a_date(client, author, rows, status):
    words = activity_words(slug="lamps", judge="presence", peers="1", dates_needed="1", **dates_of(*rows))

    answer = client.post(
        f"/cms/pages/add/pathways/activitypage/{ours().pk}/", words | {"action-publish": "action-publish"}
    )

    assert answer.status_code == status
    assert ActivityPage.objects.filter(slug="lamps", dates__room="").count() == (status == 302)
    wanted = "Add at least one date at which learners can be there."
    assert (wanted in answer.content.decode()) == (status == 200 and rows != [{"begins_at": "soon"}])


@pytest.mark.parametrize("kind", ["activitypage", "playlistpage"])
def test_the_form_of_a_new_page_has_room_for_a_schedule_and_for_comments(client, author, kind):
    form = client.get(f"/cms/pages/add/pathways/{kind}/{ours().pk}/").content.decode()

    assert form.count('name="go_live_at"') == 1
    assert form.count('id="comments-output"') == 1


@pytest.mark.parametrize("preview", ["activitypage", "playlistpage"])
def test_a_preview_shows_the_page_as_it_will_be(client, author, preview):
    page = activity(ours().organiser) if preview == "activitypage" else playlist(activity(ours().organiser))

    shown = client.get(f"/cms/pages/{page.pk}/view_draft/")

    assert shown.status_code == 200
    assert "A preview." in shown.content.decode()


def test_pages_of_others_are_closed(client, author):
    theirs = activity()
    for verb in ["edit", "delete", "unpublish", "move", "copy", "history", "usage"]:
        answer = client.get(f"/cms/pages/{theirs.pk}/{verb}/")
        assert (answer.status_code, answer["Location"]) == (302, "/cms/"), verb

    assert title_after(client, theirs) == "Brake check"
    client.post(f"/cms/pages/{theirs.pk}/delete/")
    client.post(f"/cms/pages/{theirs.pk}/unpublish/")
    theirs.refresh_from_db()
    assert theirs.live


def test_nobody_adds_to_the_section_of_others(client, author):
    section = ensure_section(OrganiserFactory(verified=True))

    answer = client.get(f"/cms/pages/add/pathways/activitypage/{section.pk}/")

    assert (answer.status_code, answer["Location"]) == (302, "/cms/")


def test_the_section_itself_is_not_edited_moved_or_deleted(client, author):
    before = Page.objects.count()
    for verb in ["edit", "delete", "unpublish"]:
        assert client.get(f"/cms/pages/{ours().pk}/{verb}/").status_code == 302, verb
    client.post(f"/cms/pages/{ours().pk}/delete/")

    assert Page.objects.count() == before


def test_the_right_ends_with_the_role_at_once_and_the_menu_within_seconds(client, author):
    page = activity(ours().organiser)
    Membership.objects.filter(person=author).delete()

    assert title_after(client, page) == "Brake check"
    assert author.groups.count() == 1
    sync_authors()
    assert author.groups.count() == 0
    assert client.get("/cms/").status_code == 302


def test_a_reviewer_or_issuer_is_no_author(client):
    for role in ("reviewer", "issuer"):
        client.force_login(with_role(OrganiserFactory(verified=True), role))
        assert client.get("/cms/").status_code == 302


def test_the_menu_has_what_authors_can_use(client, author):
    text = client.get("/cms/").content.decode()

    for closed in ("/cms/reports/", "/cms/users/", "/cms/settings", "/cms/groups/"):
        assert closed not in text


def test_pictures_are_kept_in_a_collection_of_ones_own(client, author):
    theirs = ensure_section(other := OrganiserFactory(verified=True)) and Collection.objects.get(name=other.slug)
    image = Image.objects.create(title="Theirs", file="a.png", width=1, height=1, collection=theirs)

    assert client.get(f"/cms/images/{image.pk}/").status_code == 302
    assert "Theirs" not in client.get("/cms/images/chooser/").content.decode()


def test_sections_are_made_once():
    organiser = OrganiserFactory(verified=True)

    assert ensure_section(organiser) == ensure_section(organiser)
    sections = SectionPage.objects.filter(organiser=organiser)
    assert sections.count() == len(settings.LANGUAGES)
    assert len({section.translation_key for section in sections}) == 1
