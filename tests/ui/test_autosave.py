"""What a page sends by itself, and the button that is pressed meanwhile."""

import shutil
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import sync_playwright

from portal.bootstrap import ROOT

pytestmark = pytest.mark.browser

HOME, SCRIPTS = "http://portal.test/", ROOT / "portal/static/portal/js"
FORMS = {
    "autosave.js": '<form method="post" data-autosave="0.2">',
    "desk.js": '<form method="post" data-autosave-on>',
}
LINE = (
    '<p data-said data-text-ended="Not saved: you are signed out." data-text-sign-in="Sign in" data-sign-in="/in/"></p>'
)
TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="old">'
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
    html = f'{FORMS[script]}{LINE}{FIELDS}</form><script type="module" src="/{script}"></script>'
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


@pytest.mark.parametrize("script", FORMS)
def test_who_signs_in_again_in_another_tab_goes_on_where_they_wrote(page, script):
    sent, is_in = [], []
    html = f'{FORMS[script]}{LINE}{TOKEN}{FIELDS}</form><script type="module" src="/{script}"></script>'

    def answer(route):
        request = route.request
        if request.method == "GET":
            path = request.url.removeprefix(HOME)
            route.fulfill(path=SCRIPTS / path) if path else route.fulfill(body=html, content_type="text/html")
        elif not is_in:
            route.fulfill(status=401)
        elif 'name="csrfmiddlewaretoken"\r\n\r\nold' in request.post_data:
            route.fulfill(status=403, json={"token": "new"})
        else:
            sent.append(request.post_data)
            route.fulfill(json={"seen": 1, "said": "Saved"})

    page.route("**/*", answer)
    page.goto(HOME)
    page.fill("[name=words]", "typed while signed out")
    link = page.get_by_role("link", name="Sign in")
    link.wait_for(timeout=5000)
    line = page.locator("[data-said]")
    said, target = line.text_content(), [link.get_attribute(name) for name in ["href", "target"]]
    is_in.append(True)
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.wait_for_function("document.querySelector('[data-said]').textContent === 'Saved'", timeout=5000)

    assert (said, target) == ("Not saved: you are signed out. Sign in", ["/in/", "_blank"])
    assert "typed while signed out" in sent[0]
    assert page.input_value("[name=csrfmiddlewaretoken]") == "new"
    assert page.input_value("[name=seen]") == "1"


def test_a_digit_chooses_a_level_and_leads_to_why_one_is_closed(page):
    level = '<input type="radio" name="level" value="3">'
    lists = '<details data-keys><summary>Keys</summary></details><input type="checkbox" data-keys-off>'
    pages = {
        "": f"<fieldset>{level}</fieldset>{lists}",
        "closed": f'<p data-closed tabindex="-1">Handed in.</p><fieldset disabled>{level}</fieldset>{lists}',
    }

    def answer(route):
        path = route.request.url.removeprefix(HOME)
        html = pages.get(path, "") + '<script type="module" src="/keys.js"></script>'
        route.fulfill(body=html, content_type="text/html") if path in pages else route.fulfill(path=SCRIPTS / path)

    page.route("**/*", answer)
    found = []
    for path in pages:
        page.goto(HOME + path)
        page.keyboard.press("3")
        found.append(page.evaluate("[document.activeElement.textContent, !!document.querySelector('input:checked')]"))

    assert found == [["", True], ["Handed in.", False]]
