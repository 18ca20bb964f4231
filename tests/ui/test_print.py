"""What stands on paper: what is folded on the screen, and neither calls to do something nor the foot of the site."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from portal.bootstrap import ROOT

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/portal.css">
<main><details class="fold"><summary>A question</summary><div class="prose">The answer</div></details>
<p class="small screen-only">Create an account</p></main>
<footer class="colophon"><div class="page">The network</div></footer>"""


def test_folds_are_open_on_paper_and_calls_and_the_foot_are_not_there():
    def answer(route):
        name = route.request.url.removeprefix("http://portal.test/")
        if name.endswith(".css"):
            route.fulfill(path=ROOT / "portal/static/portal/css" / name)
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto("http://portal.test/")
        words = ["The answer", "Create an account", "The network"]
        seen = [page.get_by_text(one).is_visible() for one in words]
        page.emulate_media(media="print")
        expect(page.get_by_text("The answer")).to_be_visible()
        printed = [page.get_by_text(one).is_visible() for one in words]
        browser.close()

    assert seen == [False, True, True]
    assert printed == [True, False, False]
