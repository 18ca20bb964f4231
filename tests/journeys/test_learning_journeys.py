"""A playlist from its first line to its badge: written in the editor, found on the map, walked to the end."""

import re

import pytest

from cms.demo.data import email_of, texts
from tests.journeys import authoring, walking
from tests.journeys.issuing import make_badge
from tests.journeys.learning import hand_in, judge
from tests.journeys.pages import follow, press
from tests.journeys.showing import publish_and_share
from tests.journeys.signing_in import read_mail, register, sign_in

WORKSPACE, NEXT_DOOR = "/workspace/neris-makers/", "/workspace/taller-mar-oberta/"
PLAYLIST, BADGE = "Lamps that last", "Keeper of Lamps"
PLACES = {  # on the map, by what judges it
    "self": ("54.69520", "25.26010"),
    "quiz": ("54.69610", "25.26240"),
    "presence": ("54.69430", "25.26420"),
    "peer": ("54.69700", "25.26530"),
    "reviewer": ("54.69350", "25.26180"),
}
TITLES = SELF, QUIZ, EVENING, PEER, REVIEWER = (
    "Look around for lamps", "Plugs and currents", "An evening with lamps", "Mend a lamp", "Write a guide for lamps",
)  # fmt: skip
POLISH = {PLAYLIST: "Lampy na lata", authoring.SUMMARY: "Drobne kroki do lamp, które służą długo."}
NOT_THERE = "This page is not there in that language yet."
WORK = "The cable was loose. I opened the plug, cut the cable and fixed it anew; now the lamp shines."
PRAISE = "One can follow each of your steps. Well done, and thank you."
LEARNER, OTHER = "milda@example.org", "learner05@example.org"
pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def arrive(open_page):
    """Open a window in which somebody of the demo is signed in and reads English."""

    def arrive_one(email):
        page = open_page("/en/")
        sign_in(page, email)
        page.wait_for_url("**/backpack/")
        walking.switch_language(page, "English")
        return page

    return arrive_one


def test_an_author_builds_a_playlist_that_a_newcomer_finds_on_the_map_and_completes(open_page, arrive):
    author = arrive(email_of("Jonas P."))
    authoring.read_in_english(author)
    make_badge(author, WORKSPACE, BADGE)
    for title, (way, place) in zip(TITLES, PLACES.items(), strict=True):
        authoring.write_activity(author, WORKSPACE, title, way, place)
    authoring.write_playlist(author, WORKSPACE, PLAYLIST, TITLES, BADGE)
    authoring.translate(author, WORKSPACE, PLAYLIST, "Polski", POLISH)
    assert authoring.is_refused(author, "/en/learn/taller-mar-oberta/spot-the-fake/", NEXT_DOOR)

    newcomer = open_page("/en/")
    walking.find_on_map(newcomer, "vilnius", EVENING)
    walking.switch_language(newcomer, "Polski")
    assert walking.what_is_read(newcomer) == ("en", EVENING)
    assert newcomer.get_by_text(NOT_THERE).is_visible()
    follow(newcomer, PLAYLIST)
    walking.switch_language(newcomer, "Polski")
    assert walking.what_is_read(newcomer) == ("pl", POLISH[PLAYLIST])
    assert walking.languages_of_stops(newcomer) == ["en"] * len(TITLES)
    polish = newcomer.url
    newcomer.goto("/pl/learn/neris-makers/repair-it/")
    assert walking.what_is_read(newcomer) == ("pl", texts("pl")["playlists"]["repair-it"]["title"])
    assert set(walking.languages_of_stops(newcomer)) == {"pl"}

    register(newcomer, LEARNER, "Milda Lapėnaitė")
    newcomer.goto(polish)
    press(newcomer, "^Dołącz")
    walking.switch_language(newcomer, "English")
    playlist = newcomer.url
    follow(newcomer, SELF)
    press(newcomer, "I have done this")
    newcomer.goto(playlist)
    follow(newcomer, QUIZ)
    newcomer.get_by_label(authoring.QUESTION["right"], exact=True).check()
    press(newcomer, "Send my answers")

    newcomer.goto(playlist)
    follow(newcomer, EVENING)
    press(newcomer, "^Register$")
    newcomer.goto(walking.open_door(author, WORKSPACE, EVENING))
    press(newcomer, "I am here")
    assert newcomer.get_by_text("You are checked in. Welcome!").is_visible()

    newcomer.goto(playlist)
    hand_in(newcomer, PEER, WORK)
    other = arrive(OTHER)
    other.goto(playlist)
    hand_in(other, PEER, "The bulb was dead; a new one shines.")
    shown = walking.look_at_anothers_work(other, PRAISE)
    assert (WORK in shown, "Milda" in shown) == (True, False)
    newcomer.goto(playlist)
    assert walking.states_of_stops(newcomer) == ["done", "done", "done", "done", "now"]

    hand_in(newcomer, REVIEWER, WORK)
    judge(arrive(email_of("Rūta K.")), WORKSPACE, "Milda", "Accept: the learner has done it", PRAISE)

    mail = read_mail(newcomer, LEARNER, BADGE)
    newcomer.goto(mail.locator("a[href*='/claim/']").first.get_attribute("href"))
    press(newcomer, "Collect this badge")
    publish_and_share(newcomer, BADGE)
    newcomer.goto("/backpack/")
    follow(newcomer, f"^{re.escape(BADGE)}$")
    stranger = open_page(newcomer.url)
    assert "This badge is genuine." in stranger.get_by_role("main").inner_text()
