"""Parts of pages that a process keeps: nobody reads what is no longer so, or what was drawn for another reader."""

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import PageViewRestriction

from cms import indexes
from cms.models import StandardPage
from organisers.models import City, Organiser, OrganiserText
from pathways.models import ActivityDate
from portal import clock
from portal.versions import PARTS, kept_part
from quality_label.actions.label_suspension import suspend_label
from tests.factories.accounts import PersonFactory
from tests.factories.label import label
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import written
from tests.factories.pathways import activity, playlist, translated

pytestmark = pytest.mark.usefixtures("committing_db", "store")
AT_NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)


def reading(client, address) -> str:
    """Return a page as a reader sees it whose cookie keeps whole pages out."""
    client.cookies["somebody"] = "here"
    return client.get(address).text


def test_a_card_follows_what_is_told_of_its_organiser(client):
    organiser = OrganiserFactory(verified=True, city=None)
    activity(organiser)
    assert "River School" not in reading(client, "/en/activities/")

    Organiser.objects.filter(pk=organiser.pk).update(city=None)
    OrganiserText.objects.update_or_create(owner=organiser, language="en", defaults={"name": "River School"})
    assert "River School" in reading(client, "/en/activities/")
    organiser.refresh_from_db()
    organiser.city = City.objects.create(slug="nida", name="Nida", country="LT")
    organiser.save()
    assert '<p class="kicker">Nida</p>' in reading(client, "/en/activities/")


def test_readers_with_other_clocks_have_cards_of_their_own(client):
    activity(mode="online", dates=[ActivityDate(begins_at=AT_NINE, ends_at=AT_NINE + timedelta(hours=1))])
    with clock.moved_to(AT_NINE - timedelta(days=3)):
        here = reading(client, "/en/activities/")
        client.force_login(PersonFactory(time_zone="Atlantic/Azores"))
        away = reading(client, "/en/activities/")
        client.logout()

        assert ("11:00, Vilnius time" in here, "08:00, Azores time" in away) == (True, True)
        assert "Azores time" not in reading(client, "/en/activities/")


def test_the_footer_has_the_pages_that_are_published_now(client):
    page = written(title="Our harbour", show_in_menus=True)
    assert "Our harbour" in reading(client, "/en/map/")

    page.title = "Our port"
    page.save_revision().publish()
    assert ("Our port" in reading(client, "/en/map/"), "Our harbour" in reading(client, "/en/map/")) == (True, False)
    shelf = written(title="Shelf")
    page.move(shelf, "last-child")
    assert "Our port" not in reading(client, "/en/map/")
    StandardPage.objects.get(pk=page.pk).move(shelf.get_parent(), "last-child")
    assert "Our port" in reading(client, "/en/map/")
    StandardPage.objects.get(pk=page.pk).unpublish()
    assert "Our port" not in reading(client, "/en/map/")


def test_a_page_names_the_languages_in_which_it_is_published_now(client):
    page = playlist(activity())
    assert 'rel="alternate" hreflang="lt"' not in reading(client, page.url)

    other = translated(page)
    assert 'rel="alternate" hreflang="lt"' in reading(client, page.url)
    other.unpublish()
    assert 'rel="alternate" hreflang="lt"' not in reading(client, page.url)


def test_the_seal_goes_with_the_label_and_on_its_last_day(client):
    held = label()
    page = playlist(activity(held.organiser), organiser=held.organiser)
    words = "Holds the Quality Label"
    assert words in reading(client, page.url)

    with clock.moved_to(clock.beginning_of(held.valid_until + timedelta(days=1))):
        assert words not in reading(client, page.url)
    assert words in reading(client, page.url)
    suspend_label(
        held,
        by=PersonFactory(roles=["coordinator"]),
        cause="complaint",
        words="A complaint is looked into, as the rules say.",
    )
    assert words not in reading(client, page.url)


def test_a_section_that_is_closed_is_closed_on_pages_that_were_read_before(client):
    page = playlist(activity())
    reading(client, page.url)

    closed = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url).status_code == 302
    closed.delete()
    assert client.get(page.url).status_code == 200


def test_not_more_is_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(indexes, "CARDS", 3)
    kept = indexes.Kept(None, "version", clock.today(), clock.now())
    for number in range(10):
        kept.keep_cards({(number,): "card"})
    assert len(kept.cards) <= 3

    for number in range(PARTS + 10):
        assert kept_part(("test", number), lambda number=number: number) == number
    assert kept_part(("test", PARTS + 9), lambda: "new") == PARTS + 9
    assert kept_part(("test", 0), lambda: "new") == "new"
