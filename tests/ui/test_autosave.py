"""What a page sends by itself, and the button that is pressed meanwhile."""

import shutil
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import sync_playwright

from portal.bootstrap import ROOT

pytestmark = pytest.mark.browser

HOME, SCRIPTS = "http://portal.test/", ROOT / "portal/static/portal/js"
FORMS = {
    "autosave.js": '<form method="post" data-autosave="0.2"><p data-autosave-said></p>',
    "desk.js": '<form method="post" data-autosave-on><p data-said></p>',
}
FIELDS = '<input type="hidden" name="seen" value="0"><input name="words"><button name="go" value="next">Save</button>'


@pytest.fixture
def page():
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("script", FORMS)
def test_a_button_that_is_pressed_while_a_page_saves_itself_sends_the_version_that_was_saved(page, script):
    sent, waiting = [], []
    html = f'{FORMS[script]}{FIELDS}</form><script type="module" src="/{script}"></script>'
    html += '<script type="module" src="/once.js"></script>'

    def answer(route):
        request = route.request
        if request.method == "GET" and request.url == HOME:
            route.fulfill(body=html, content_type="text/html")
        elif request.method == "GET":
            route.fulfill(path=SCRIPTS / request.url.removeprefix(HOME))
        elif "json" in request.headers["accept"]:
            waiting.append(route)
        else:
            sent.append(parse_qs(request.post_data))
            route.fulfill(body="Kept.", content_type="text/html")

    page.route("**/*", answer)
    page.goto(HOME)
    page.fill("[name=words]", "half")
    while not waiting:
        page.wait_for_timeout(50)
    page.fill("[name=words]", "whole")
    page.click("button", no_wait_after=True)
    waiting[0].fulfill(json={"seen": 1, "said": "Saved"})
    page.wait_for_selector("text=Kept.", timeout=5000)

    assert sent == [{"seen": ["1"], "words": ["whole"], "go": ["next"]}]
