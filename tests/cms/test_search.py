"""Finding activities and playlists by words and by facts; `services` marks what the engine decides."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from wagtail.models import Locale

from badges.models.skill import BadgeClassSkill
from organisers.models import City, OrganiserText
from pathways.models import ActivityDate, ActivityPage
from portal import clock
from tests.cms.cards import titles_on
from tests.factories.badges import published_badge
from tests.factories.label import label
from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import activity, playlist, translated
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def titles(client, query="", path="/en/activities/", status=200) -> list[str]:
    """Return the titles of the cards of a search, in order."""
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == status
    return titles_on(answer.context["page"])


def choices(client, name, query="") -> dict[str, str]:
    """Return what a list offers to choose from."""
    form = client.get(f"/en/activities/?{query}").context["search"].form
    return dict(form.fields[name].widget.choices)


def dated(organiser, *moments, **facts) -> ActivityPage:
    dates = [ActivityDate(begins_at=when, ends_at=when + timedelta(hours=2)) for when in moments]
    return activity(organiser, dates=dates, **facts)


@pytest.fixture
def organiser():
    return OrganiserFactory(verified=True)


@pytest.mark.services
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lamp", True),
        ("LAMP repair", True),
        ("lekstute", True),
        ("Lėkštutė", True),
        ("solder", True),
        ("riverside lamp", True),
        ("lamp bicycle", False),
        ("strong", False),
        ("100%", False),
        ("_", False),
    ],
)
def test_words_are_looked_for_in_the_text_and_in_the_name_of_the_organiser(client, organiser, words, found):
    OrganiserText.objects.filter(owner=organiser).update(name="Riverside School")
    text = "<p>Bring a <strong>soldering</strong> iron, tin&nbsp;and a lėkštutė.</p>"
    activity(organiser, title="Lamp Repair", body=[("text", text)])

    assert bool(titles(client, f"q={words.replace('%', '%25')}")) is found


@pytest.mark.parametrize("words", ["');--", "'); --", "\U0001f6b2", "  . "])
def test_signs_without_words_find_nothing(client, organiser, words):
    activity(organiser)

    answer = client.get("/en/activities/", {"q": words})

    assert answer.status_code == 200
    assert "Nothing found" in answer.text


@pytest.mark.parametrize("path", ["/en/activities/", "/en/playlists/", "/en/activities/feed/"])
@pytest.mark.parametrize("words", ["x" * 5000, "a\x00b"])
def test_what_cannot_be_looked_for_is_refused(client, path, words):
    answer = client.get(path, {"q": words})

    assert answer.status_code == 422
    if "feed" not in path:
        assert answer.context["search"].form.errors.keys() == {"q"}
        assert "Nothing found" not in answer.text


def test_a_search_that_is_too_long_is_named_and_kept(client):
    answer = client.get("/en/activities/", {"q": "brake " * 50, "mode": "online"})

    assert "Look for fewer words: 100 characters at most." in answer.text
    assert "brake brake" in answer.text


def test_words_change_with_the_page(client, organiser):
    page = activity(organiser, title="Lamp Repair")
    page.title = "Kettle Repair"
    page.save_revision().publish()

    assert titles(client, "q=kettle") == ["Kettle Repair"]
    assert titles(client, "q=lamp") == []


def test_a_draft_is_not_found(client, organiser):
    page = activity(organiser, title="Lamp Repair")
    page.title = "Kettle Repair"
    page.save_revision()
    activity(organiser, title="Kettle hidden", live=False)

    assert titles(client, "q=kettle") == []
    assert titles(client, "q=lamp") == ["Lamp Repair"]


def test_what_is_by_invitation_stands_in_no_list(client, organiser):
    activity(organiser, title="Among us", audience="invited")
    activity(organiser, title="For all")

    assert titles(client) == ["For all"]
    assert "Among us" not in client.get("/en/activities/feed/").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=course", {"B"}),
        ("mode=on-site", {"B"}),
        ("minutes=30", {"A"}),
        ("minutes=60", {"A", "B"}),
        ("minutes=120", {"A", "B"}),
        ("minutes=more", {"C"}),
        ("language=pl", {"C"}),
        ("language=en", {"A", "B"}),
        ("city=kaunas", {"B"}),
        ("city=vilnius", {"A", "C"}),
        ("skill=soldering", {"B"}),
        ("skill=flying", set()),
        ("kind=course&minutes=30", set()),
        ("city=atlantis", {"A", "B", "C"}),
        ("kind=%00&mode=x&minutes=7&language=xx&starts=never&label=no&order=x&page=x", {"A", "B", "C"}),
    ],
)
def test_activities_are_found_by_facts(client, query, found):
    vilnius, kaunas = (
        City.objects.create(slug=name.lower(), name=name, country="LT") for name in ["Vilnius", "Kaunas"]
    )
    organiser = OrganiserFactory(verified=True, city=vilnius)
    badge = published_badge(organiser)
    BadgeClassSkill.objects.create(owner=badge, label="soldering")
    activity(organiser, title="A", minutes=30, kind="workshop")
    activity(organiser, title="B", minutes=31, kind="course", mode="on-site", city=kaunas, badge_class=badge)
    activity(organiser, title="C", minutes=121, taught_in="pl")

    assert set(titles(client, query)) == found


def test_dates_decide_what_starts_when(client, organiser):
    with clock.moved_to(MONDAY):
        dated(organiser, MONDAY + timedelta(hours=1), title="today")
        dated(organiser, MONDAY + timedelta(days=6), title="sunday")
        dated(organiser, MONDAY + timedelta(days=7), title="monday")
        dated(organiser, MONDAY + timedelta(days=8), MONDAY - timedelta(days=1), title="december")
        activity(organiser, title="never")

        assert set(titles(client, "starts=today")) == {"today"}
        assert set(titles(client, "starts=week")) == {"today", "sunday"}
        assert set(titles(client, "starts=month")) == {"today", "sunday", "monday"}
        assert titles(client, "order=soonest") == ["today", "sunday", "monday", "december", "never"]


def test_the_order_is_the_readers(client, organiser):
    for title, minutes in [("Beta", 20), ("alpha", 40), ("Gamma", 10)]:
        activity(organiser, title=title, minutes=minutes)

    assert titles(client) == ["Gamma", "alpha", "Beta"]
    assert titles(client, "order=shortest") == ["Gamma", "Beta", "alpha"]
    assert titles(client, "order=title") == ["alpha", "Beta", "Gamma"]


@pytest.mark.services
def test_what_meets_the_words_in_its_title_comes_first(client, organiser):
    activity(organiser, title="Mend a bicycle")
    page = activity(organiser, title="Brakes")
    page.summary = "Of a bicycle."
    page.save_revision().publish()
    activity(organiser, title="Lamps", body=[("text", "<p>The lamp of a bicycle.</p>")])
    activity(organiser, title="Network", body=[("text", f"<p>{'Much else. ' * 20} Park the bicycle.</p>")])

    assert titles(client, "q=bicycle") == ["Mend a bicycle", "Brakes", "Lamps", "Network"]
    assert titles(client, "q=bicycle&order=newest") == ["Network", "Lamps", "Brakes", "Mend a bicycle"]
    assert choices(client, "order", "q=bicycle")[""] == "best match first"
    assert "" not in choices(client, "order")


def test_organisers_with_the_label_are_found(client):
    activity(label(organiser=OrganiserFactory(verified=True)).organiser, title="Of a holder")
    activity(title="Of another")

    assert titles(client, "label=yes") == ["Of a holder"]


def test_each_choice_says_how_much_it_finds(client, organiser):
    activity(organiser, title="A", kind="course", mode="online")
    activity(organiser, title="B", kind="course", mode="on-site")
    activity(organiser, title="C", kind="event", mode="on-site")

    assert choices(client, "kind") == {"": "any", "course": "course (2)", "event": "event (1)"}
    assert choices(client, "kind", "mode=online") == {"": "any", "course": "course (1)"}
    assert choices(client, "mode", "mode=online&kind=event") == {
        "": "any", "online": "online (0)", "on-site": "on site (1)",
    }  # fmt: skip


def test_each_choice_can_be_taken_back(client, organiser):
    activity(organiser, title="A", kind="course")

    search = client.get("/en/activities/?kind=course&q=a&mode=online&order=title&page=2").context["search"]

    assert [(chip["thing"], chip["word"], chip["url"]) for chip in search.chips] == [
        ("Words", "a", "/en/activities/?kind=course&mode=online&order=title"),
        ("Kind", "course", "/en/activities/?q=a&mode=online&order=title"),
        ("Where", "online", "/en/activities/?q=a&kind=course&order=title"),
    ]


def test_pages_of_another_language_are_shown_to_who_asks_for_it(client, organiser):
    page = activity(organiser, title="Brake check")
    translated(page)
    lithuanian = activity(organiser, title="Stabdžiai")
    lithuanian.locale = Locale.objects.get(language_code="lt")
    ActivityPage.objects.filter(pk=lithuanian.pk).update(locale=lithuanian.locale)

    assert titles(client) == ["Brake check"]
    assert titles(client, "language=lt") == ["Stabdžiai"]
    assert choices(client, "language") == {"": "any", "en": "English (1)", "lt": "Lietuvių (1)"}


def test_a_playlist_is_found_by_what_stands_in_it(client, organiser):
    kaunas = City.objects.create(slug="kaunas", name="Kaunas", country="LT")
    one = dated(organiser, clock.now() + timedelta(minutes=5), minutes=40, mode="on-site", city=kaunas, kind="event")
    playlist(one, activity(organiser, minutes=40), title="Long")
    playlist(activity(organiser, minutes=20), title="Short")

    def found(query):
        return titles(client, query, "/en/playlists/")

    assert found("city=kaunas") == found("mode=on-site") == found("kind=event") == found("starts=month") == ["Long"]
    assert found("minutes=30") == ["Short"]
    assert found("minutes=120") == ["Short", "Long"]
    assert found("order=shortest") == ["Short", "Long"]
    assert found("q=ride") == ["Short", "Long"]


def test_a_search_can_be_followed_in_a_feed_reader(client, organiser):
    activity(organiser, title="Lamp & Repair", kind="course")
    activity(organiser, title="Kettle", kind="event")

    answer = client.get("/en/activities/feed/?kind=course")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314
    atom = "{http://www.w3.org/2005/Atom}"

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == ["Lamp & Repair"]
    assert feed.findtext(f"{atom}title") == "Activities · Kind: course"
    assert 'href="/en/activities/feed/?kind=course"' in client.get("/en/activities/?kind=course").text


def fill(count):
    for number in range(count):
        organiser = OrganiserFactory(verified=True)
        badge = published_badge(organiser)
        BadgeClassSkill.objects.create(owner=badge, label=f"Skill {number}")
        one = dated(organiser, clock.now() + timedelta(days=1), title=f"Lamp {organiser.slug}", badge_class=badge)
        playlist(one, title=f"Lamp route {organiser.slug}", badge_class=badge)


def test_a_feed_leaves_out_what_xml_has_no_place_for(client, organiser):
    activity(organiser, title="Lamp\x0b repair")

    for asked in ({}, {"q": "la\x01mp"}, {"q": "la\ufffemp"}, {"skill": "la\x01mp"}):
        answer = client.get("/en/activities/feed/", asked)
        feed = ElementTree.fromstring(answer.content)  # noqa: S314
        assert (asked, answer.status_code, feed.tag) == (asked, 200, "{http://www.w3.org/2005/Atom}feed")
    assert "Lamp repair" in client.get("/en/activities/feed/").text


@pytest.mark.parametrize("path", ["activities", "playlists", "activities/feed", "playlists/feed"])
def test_a_search_costs_the_same_with_1_and_with_30_results(client, path):
    address = f"/en/{path}/?q=lamp&mode=online&starts=month&order=soonest"
    fill(1)
    with_one = queries_of(client, address)
    fill(29)

    assert queries_of(client, address) == with_one


@pytest.mark.services
@pytest.mark.parametrize(("language", "words"), [("en", "repairing lamps"), ("lt", "stabdžiu"), ("en", "reqair")])
def test_postgresql_knows_other_forms_of_a_word_and_forgives_a_slip(client, organiser, settings, language, words):
    page = activity(organiser, title="Repair a lamp" if language == "en" else "Stabdžiai")
    ActivityPage.objects.filter(pk=page.pk).update(locale=Locale.objects.get(language_code=language))

    found = titles(client, f"q={words}", f"/{language}/activities/")

    assert bool(found) is settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
