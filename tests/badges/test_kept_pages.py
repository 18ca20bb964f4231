"""What a device keeps of a person's badges, to show them without a connection."""

import pytest

from badges.actions import collect_badge
from badges.actions.showing import publish_badge
from badges.views import backpack
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, published_badge
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder():
    return PersonFactory(email="jonas@example.org")


def collected(holder):
    return collect_badge(assertion(published_badge()), by=holder)


def test_the_pages_of_the_collected_badges_are_on_the_list(client, holder):
    assertion(published_badge())
    badge = collected(holder)
    client.force_login(holder)

    answer = client.get("/backpack/")

    assert answer["Portal-Keep"] == "page"
    pages = client.get(answer["Portal-Keep-Also"]).json()["pages"]
    assert pages == [f"/assertions/{badge.key}", f"/backpack/{badge.key}/share/"]
    assert [client.get(page)["Portal-Keep"] for page in pages] == ["page", "page"]


def test_the_list_is_short(client, holder, monkeypatch):
    monkeypatch.setattr(backpack, "MOST_KEPT", 1)
    collected(holder)
    newest = collected(holder)
    client.force_login(holder)

    pages = client.get("/backpack/kept.json").json()["pages"]

    assert pages == [f"/assertions/{newest.key}", f"/backpack/{newest.key}/share/"]


def test_the_badges_of_others_are_not_kept(client, holder):
    badge = publish_badge(collected(holder), by=holder)

    for reader in (None, PersonFactory()):
        client.force_login(reader) if reader else client.logout()
        answer = client.get(f"/assertions/{badge.key}")
        assert answer.status_code == 200
        assert "Portal-Keep" not in answer


def test_a_page_that_is_read_in_the_background_leaves_the_news_to_the_next_one(client, holder):
    badge = assertion(published_badge())
    client.force_login(holder)
    client.post(f"/backpack/{badge.key}/collect/")

    quiet = client.get(f"/assertions/{badge.key}", headers={"Portal-Fill": "1"})
    shown = client.get("/backpack/")

    assert "The badge is yours, and private" not in quiet.text
    assert "The badge is yours, and private" in shown.text


def test_the_list_asks_as_little_of_the_database_for_many_badges(client, holder):
    collected(holder)
    client.force_login(holder)
    few = queries_of(client, "/backpack/kept.json")
    for _more in range(4):
        collected(holder)

    assert queries_of(client, "/backpack/kept.json") == few


def test_a_kept_page_does_not_say_that_it_was_checked_just_now(client, holder):
    badge = collected(holder)
    client.force_login(holder)

    page = client.get(badge.get_absolute_url()).text

    assert "<span data-unkept>Checked just now.</span>" in page
    assert "When this page was saved:" in page
