"""An author of one playlist or activity works on that, and on nothing else of its organiser."""

import pytest
from wagtail.models import Page

from pathways.actions import ask_question, sync_page_authors
from pathways.models import PageRole, PlaylistPage, Question
from tests.factories.accounts import PersonFactory
from tests.factories.badges import published_badge
from tests.factories.organisers import OrganiserFactory, owner_of
from tests.factories.pathways import activity, playlist, translated, with_page_role, with_role
from tests.pathways.editor import draft, section, send_playlist, steps_in_draft

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def ours():
    return OrganiserFactory(verified=True, slug="ours")


@pytest.fixture
def page(ours):
    return playlist(activity(ours), activity(title="Of others"), organiser=ours)


@pytest.fixture
def author(client, page):
    client.force_login(person := with_page_role(page, "author"))
    return person


def edits(client, page) -> bool:
    return client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200


def test_an_author_of_a_playlist_edits_it_and_the_activities_of_its_organiser_in_it(client, page, author, ours):
    own, foreign = [step.activity for step in page.live_steps()]

    assert (edits(client, page), edits(client, own), edits(client, foreign)) == (True, True, False)
    assert not edits(client, activity(ours, title="Elsewhere"))
    assert not edits(client, playlist(own, title="Next to it"))


def test_an_author_of_an_activity_edits_that_alone(client, page, ours):
    own = page.live_steps()[0].activity
    client.force_login(with_page_role(own, "author"))

    assert (edits(client, own), edits(client, page)) == (True, False)


def test_what_is_written_is_published_under_the_rules_of_the_organiser(client, page, author, ours):
    publish = {"action-publish": "1"}

    send_playlist(client, page, [activity(title="Of a third")], title="Changed", **publish)
    assert PlaylistPage.objects.get(pk=page.pk).title == "Changed"

    type(ours).objects.update(standing="unverified")
    send_playlist(client, page, [activity(title="Of a fourth")], title="Once more", **publish)
    assert (PlaylistPage.objects.get(pk=page.pk).title, draft(page).title) == ("Changed", "Once more")


def test_pages_are_neither_made_nor_copied_moved_or_deleted(client, page, author, ours):
    before = Page.objects.count()
    own = page.live_steps()[0].activity

    assert client.get(f"/cms/pages/add/pathways/activitypage/{section(ours).pk}/").status_code == 302
    for verb in ("delete", "move"):
        assert client.get(f"/cms/pages/{own.pk}/{verb}/").status_code == 302
    form = {"new_title": "C", "new_slug": "c", "new_parent_page": section(ours).pk}
    client.post(f"/cms/pages/{own.pk}/copy/", form)
    client.post(f"/cms/pages/{page.pk}/delete/")

    assert Page.objects.count() == before


def test_nobody_widens_their_role_by_putting_an_activity_into_the_playlist(client, page, author, ours):
    own = page.live_steps()[0].activity
    other, foreign = activity(ours, title="Elsewhere"), activity(title="Of a third")

    answer = send_playlist(client, page, [own, other])
    assert "You write for this playlist alone" in answer.content.decode()
    assert other.pk not in steps_in_draft(page)

    assert send_playlist(client, page, [own, foreign]).status_code == 302
    assert foreign.pk in steps_in_draft(page)


def test_another_badge_of_the_organiser_is_not_theirs_to_give(client, ours):
    badge, other = published_badge(ours, name="Of this"), published_badge(ours, name="Another")
    one = activity(ours)
    page = playlist(one, badge_class=badge)
    client.force_login(with_page_role(page, "author"))

    text = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert ("Of this" in text, "Another" in text) == (True, False)
    assert send_playlist(client, page, [one], badge_class=str(other.pk)).status_code == 200
    assert send_playlist(client, page, [one], badge_class=str(badge.pk)).status_code == 302
    assert draft(page).badge_class == badge


@pytest.mark.usefixtures("indexed")
def test_drafts_of_the_organiser_stay_closed_in_the_chooser(client, page, author, ours):
    activity(ours, title="Secret plan", live=False)
    activity(ours, title="Secret success")

    found = client.get(
        "/cms/choose-page/search/", {"q": "Secret", "page_type": "pathways.activitypage"}
    ).content.decode()

    assert ("Secret plan" in found, "Secret success" in found) == (False, True)


def test_the_role_holds_in_a_new_language_and_for_an_archived_playlist(client, page, author):
    lithuanian = translated(page)
    sync_page_authors()
    assert edits(client, lithuanian)

    PlaylistPage.objects.update(is_archived=True)
    assert edits(client, page)


def test_it_ends_at_once(client, page, author):
    own = page.live_steps()[0].activity
    PageRole.objects.all().delete()

    assert not edits(client, own)
    sync_page_authors()
    assert client.get("/cms/").status_code == 302


def test_what_leaves_the_playlist_is_no_longer_theirs(client, page, author):
    own = page.live_steps()[0].activity
    page.steps.set([step for step in page.steps.all() if step.activity_id != own.pk])
    page.save()
    assert not edits(client, own)

    sync_page_authors()
    assert not own.group_permissions.exists()


def test_an_offer_alone_lets_nobody_in(client, page):
    person = PersonFactory()
    PageRole.objects.create(organiser=page.organiser, page_key=page.translation_key, role="author", email=person.email)
    sync_page_authors()
    client.force_login(person)

    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 302


def test_figures_and_questions_of_the_page_and_nothing_else_in_the_workspace(client, page, author, ours):
    other = playlist(activity(ours, title="Elsewhere"), title="Elsewhere")
    mine = ask_question(page, by=PersonFactory(), text="May I bring my bike?")
    foreign = ask_question(other, by=PersonFactory(), text="Is there a lift here?")
    place = "/workspace/ours/"

    assert client.get(f"{place}playlists/{page.translation_key}/figures/").status_code == 200
    assert client.get(f"{place}playlists/{other.translation_key}/figures/").status_code == 404
    text = client.get(f"{place}questions/").text
    assert (mine.text in text, foreign.text in text) == (True, False)
    assert client.get(mine.workspace_url).status_code == 200
    assert client.get(foreign.workspace_url).status_code == 404
    assert client.post(f"{foreign.workspace_url}take-off/").status_code == 404
    client.post(mine.workspace_url, {"answer": "Yes.", "seen": mine.version})
    assert Question.objects.get(pk=mine.pk).answer == "Yes."
    for name in ["", "playlists/", "reviews/", "dates/", "people/", "awards/", "issued/", "profile/", "badges/"]:
        assert client.get(f"{place}{name}").status_code == 404, name


def test_a_reviewer_of_a_page_neither_writes_nor_answers(client, page):
    client.force_login(with_page_role(page, "reviewer"))

    assert client.get("/cms/").status_code == 302
    assert client.get("/workspace/ours/questions/").status_code == 404
    assert client.get(f"/workspace/ours/playlists/{page.translation_key}/figures/").status_code == 404


def test_a_member_with_another_role_gains_what_the_page_gives(client, page, ours):
    person = with_page_role(page, "author", with_role(ours, "issuer"))
    client.force_login(person)

    assert edits(client, page)
    assert client.get("/workspace/ours/questions/").status_code == 200
    assert client.get("/workspace/ours/reviews/").status_code == 403
    assert owner_of(ours) != person
