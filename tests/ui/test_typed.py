"""What a page does with what is typed: it counts what is too many, and ticks what the address asks for."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from portal.bootstrap import ROOT

pytestmark = pytest.mark.browser

HOME, SCRIPTS = "http://portal.test/", ROOT / "portal/static/portal/js"


@pytest.fixture
def page():
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def serve(page, html):
    """Serve one page under every address, and the scripts of the portal."""

    def answer(route):
        name = route.request.url.removeprefix(HOME)
        if name.endswith(".js"):
            route.fulfill(path=SCRIPTS / name)
        else:
            route.fulfill(body=html(name), content_type="text/html")

    page.route("**/*", answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * 1200, "1200 of 1200"),
        ("x" * 1500, "300 too many: 1500 of 1200"),
        ("x\n" * 400, "1200 of 1200"),
        ("😀" * 1200, "1200 of 1200"),
    ],
)
def test_the_counter_says_how_much_is_too_many_as_the_server_counts(page, typed, said):
    counter = '<char-counter data-for="a" data-max="1200" data-text="{used} of {max}" '
    counter += 'data-text-over="{over} too many: {used} of {max}"></char-counter>'
    serve(page, lambda name: f'<textarea id="a"></textarea>{counter}<script type="module" src="/counter.js"></script>')
    page.goto(HOME)

    page.fill("textarea", typed)

    assert page.text_content("char-counter") == said
    assert page.input_value("textarea") == typed


def test_the_box_that_the_address_asks_for_is_ticked_whatever_was_kept(page):
    def form(name):
        wanted = name.partition("?for=")[2]
        ticks = (
            f'<input type="checkbox" name="criteria" value="{one}"{" checked" if one == wanted else ""}>'
            for one in ["A1", "B2"]
        )
        keep = f'<form method="post" data-keep="{wanted}" data-given="{wanted}"><input name="title">{"".join(ticks)}'
        return f'{keep}</form><script type="module" src="/keep.js"></script>'

    serve(page, form)
    page.goto(f"{HOME}evidence?for=A1")
    page.fill("[name=title]", "Typed for A1")
    page.uncheck("[value=A1]")
    page.check("[value=B2]")
    page.goto(f"{HOME}evidence?for=B2")
    other = [page.input_value("[name=title]"), page.is_checked("[value=A1]"), page.is_checked("[value=B2]")]
    page.goto(f"{HOME}evidence?for=A1")

    assert other == ["", False, True]
    assert page.input_value("[name=title]") == "Typed for A1"
    assert (page.is_checked("[value=A1]"), page.is_checked("[value=B2]")) == (True, True)


def test_what_was_kept_in_a_folded_part_is_unfolded(page):
    form = '<form method="post" data-keep><details><summary>More</summary><input name="words"></details></form>'
    serve(page, lambda name: f'{form}<script type="module" src="/keep.js"></script>')
    page.goto(HOME)
    page.click("summary")
    page.fill("[name=words]", "Half a sentence")

    page.reload()

    assert page.is_visible("[name=words]")
    assert page.input_value("[name=words]") == "Half a sentence"


def test_a_box_that_is_ticked_anew_each_time_is_not_kept(page):
    form = (
        '<form method="post" data-keep><input name="title"><input type="checkbox" name="checked" data-not-kept></form>'
    )
    serve(page, lambda name: f'{form}<script type="module" src="/keep.js"></script>')
    page.goto(HOME)
    page.fill("[name=title]", "Half a sentence")
    page.check("[name=checked]")

    page.reload()

    assert (page.input_value("[name=title]"), page.is_checked("[name=checked]")) == ("Half a sentence", False)
