"""The small map by which editors set a place, beside two numbers that can be typed."""

import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

from cms.models import CityPage
from organisers.models import Organiser
from portal.bootstrap import ROOT
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import above
from tests.factories.pathways import with_role
from tests.pathways.editor import section

HOME, STATIC = "http://portal.test/", ROOT / "portal/static"
MAP = (
    '<div data-place-map data-ground="/vendor/world-atlas/europe.json" data-latitude="north" data-longitude="east"'
    ' data-north="54.7" data-east="25.3" data-label="Map" data-closer="+" data-farther="-"'
    ' style="width: 400px; height: 300px" hidden></div><p hidden>How</p>'
)
PAGE = (
    f'<input id="north"><input id="east">{MAP}<script defer src="/vendor/leaflet/leaflet.js"></script>'
    '<script type="module" src="/portal/js/place.js"></script>'
)


@pytest.fixture
def page():
    def answer(route):
        path = route.request.url.removeprefix(HOME)
        route.fulfill(path=STATIC / path) if path else route.fulfill(body=PAGE, content_type="text/html")

    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_page()
        shown.route("**/*", answer)
        shown.goto(HOME)
        shown.wait_for_selector(".leaflet-container .leaflet-control-zoom")
        yield shown
        browser.close()


def numbers(page) -> list[float | None]:
    typed = [page.input_value(name) for name in ("#north", "#east")]
    assert all(re.fullmatch(r"(-?\d+\.\d{5})?", one) for one in typed)
    return [float(one) if one else None for one in typed]


@pytest.mark.browser
def test_nothing_is_set_by_looking(page):
    assert numbers(page) == [None, None]
    assert page.locator(".place-sign").count() == 0
    assert page.is_visible("text=How")


@pytest.mark.browser
def test_a_click_writes_both_numbers(page):
    page.locator("[data-place-map]").click(position={"x": 200, "y": 150})

    assert numbers(page) == [pytest.approx(54.7, abs=0.02), pytest.approx(25.3, abs=0.02)]
    assert page.locator(".place-sign").count() == 1


@pytest.mark.browser
def test_enter_writes_the_middle_after_the_arrows(page):
    page.focus("[data-place-map]")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")

    north, east = numbers(page)
    assert (north, east > 25.31) == (pytest.approx(54.7, abs=0.01), True)


@pytest.mark.browser
def test_typing_moves_the_sign_and_dragging_it_the_numbers(page):
    page.fill("#north", "54.7")
    page.fill("#east", "25.3")
    sign = page.locator(".place-sign").bounding_box()
    page.mouse.move(sign["x"] + 12, sign["y"] + 12)
    page.mouse.down()
    page.mouse.move(sign["x"] + 60, sign["y"] + 12, steps=5)
    page.mouse.up()

    north, east = numbers(page)
    assert (north, east > 25.35) == (pytest.approx(54.7, abs=0.02), True)
    page.fill("#north", "")
    assert page.locator(".place-sign").count() == 0


@pytest.mark.django_db
def test_the_editor_of_an_activity_begins_its_map_at_the_organiser(client, settings):
    settings.MAP_TILES, settings.MAP_CREDIT = "https://tiles.example.org/{z}/{x}/{y}.png", "© Tile <Makers>"
    organiser = OrganiserFactory(verified=True)
    Organiser.objects.filter(pk=organiser.pk).update(latitude=54.6806, longitude=25.296)
    client.force_login(with_role(organiser, "author"))

    text = client.get(f"/cms/pages/add/pathways/activitypage/{section(organiser).pk}/").text

    for part in (
        *('data-north="54.6806" data-east="25.296"', 'data-latitude="id_latitude" data-longitude="id_longitude"'),
        *('data-tiles="https://tiles.example.org/{z}/{x}/{y}.png" data-credit="© Tile &lt;Makers&gt;"', "js/place.js"),
    ):
        assert part in text


@pytest.mark.django_db
def test_the_editor_of_a_city_has_the_map_too(client):
    client.force_login(PersonFactory(roles=["editor"]))

    text = client.get(f"/cms/pages/add/cms/citypage/{above(CityPage).pk}/").text

    assert 'data-latitude="id_latitude" data-longitude="id_longitude"' in text
    assert "data-north" not in text
