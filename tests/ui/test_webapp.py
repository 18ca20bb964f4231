"""The portal as an app: what a device is told before it installs it, and what it may keep."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from portal.ui.webapp import PAPER, SURFACE, kept_on_device, worker_script
from tests.factories.accounts import PersonFactory

TOKENS = Path(finders.find("portal/css/tokens.css")).read_text()


def facts_of_worker():
    return json.loads(re.match(r"const PORTAL = (.+);\n", worker_script())[1])


@pytest.mark.django_db
@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_a_device_is_told_of_the_app_in_the_language_of_its_reader(client, code):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code

    answer = client.get("/manifest.webmanifest")

    said = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer["Cache-Control"] == "private, no-cache"
    assert (said["lang"], said["id"], said["start_url"], said["scope"]) == (code, "/", "/backpack/", "/")
    assert [shortcut["url"] for shortcut in said["shortcuts"]] == ["/backpack/", "/verify"]
    assert client.get("/backpack/").status_code == 302


def test_the_names_of_the_app_are_translated(client, settings):
    names = {}
    for code in ("en", "lt"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
        names[code] = client.get("/manifest.webmanifest").json()["shortcuts"][0]["name"]

    assert names["en"] == "My badges" != names["lt"]


def test_every_icon_is_there_in_the_size_it_is_said_to_have(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]

    drawn = [Image.open(finders.find(icon["src"].removeprefix("/static/"))) for icon in icons]
    assert [icon["sizes"] for icon in icons] == [f"{one.width}x{one.height}" for one in drawn]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    maskable = drawn[[icon["purpose"] for icon in icons].index("maskable")].convert("RGBA")
    assert maskable.getpixel((0, 0)) == maskable.getpixel((511, 511)) == (0x0B, 0x6B, 0x66, 255)


def test_the_app_has_the_colours_of_the_pages(client):
    page = client.get("/accounts/login/").text
    light, dark = re.search(r"--surface: light-dark\((#\w+), (#\w+)\)", TOKENS).groups()

    assert f'content="{light}" media="(prefers-color-scheme: light)"' in page
    assert f'content="{dark}" media="(prefers-color-scheme: dark)"' in page
    assert light == SURFACE
    assert f"--paper: light-dark({PAPER}," in TOKENS


@pytest.mark.django_db
@pytest.mark.parametrize(("theme", "colours"), [("light", ["#FFFFFF"]), ("dark", ["#19212B"])])
def test_a_chosen_look_has_its_one_colour(client, theme, colours):
    client.cookies["theme"] = theme

    page = client.get("/accounts/login/").text

    assert re.findall(r'<meta name="theme-color" content="(#\w+)">', page) == colours


def test_the_worker_stands_at_the_root_and_is_asked_for_anew_each_time(client):
    answer = client.get("/sw.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert client.get("/sw.js", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


def test_the_worker_fetches_only_what_is_there(client):
    facts = facts_of_worker()

    answers = [client.get(address).status_code for address in [*facts["shell"], *facts["offline"].values()]]

    assert len(facts["shell"]) == 9
    assert set(answers) == {200}


def test_another_style_makes_another_version_of_the_worker(settings, tmp_path):
    before = facts_of_worker()["version"]
    changed = tmp_path / "portal" / "css" / "portal.css"
    changed.parent.mkdir(parents=True)
    changed.write_text("body { color: red }")
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    worker_script.cache_clear()

    after = facts_of_worker()["version"]

    finders.get_finder.cache_clear()
    worker_script.cache_clear()
    assert before != after


@pytest.mark.django_db
def test_the_page_for_the_time_offline_knows_nobody(client):
    person = PersonFactory(name="Vaiva Šaltenytė", theme="dark")
    client.force_login(person)

    answers = {code: client.get(f"/offline/{code}/") for code in ("en", "lt")}

    assert [answer["Content-Language"] for answer in answers.values()] == ["en", "lt"]
    assert '<html lang="lt">' in answers["lt"].text
    assert "You are offline" in answers["en"].text
    assert '<p data-not-at="/accounts/logout/">While you are signed in, your badges are kept' in answers["en"].text
    assert not any("Vaiva" in answer.text or "csrf" in answer.text for answer in answers.values())


@pytest.mark.django_db
def test_nothing_is_there_in_a_language_that_the_portal_does_not_speak(client):
    assert client.get("/offline/xx/").status_code == 404


@pytest.mark.django_db
def test_each_page_names_its_reader_by_a_mark_that_is_theirs_alone(client):
    marks = [client.get("/accounts/login/")["Portal-Reader"]]
    for person in PersonFactory.create_batch(2):
        client.force_login(person)
        marks += [client.get("/settings/")["Portal-Reader"], client.get("/inbox/")["Portal-Reader"]]

    assert marks[0] == "nobody"
    assert marks[1] == marks[2] != marks[3] == marks[4]


def test_a_page_is_kept_only_where_its_view_says_so(client):
    answer = client.get("/accounts/login/")

    assert "Portal-Keep" not in answer
    assert kept_on_device(answer, also="/list.json")["Portal-Keep-Also"] == "/list.json"
