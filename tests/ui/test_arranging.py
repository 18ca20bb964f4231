"""What the pages of collections do by themselves: rows are narrowed while one types, and dragged into another order."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from portal.bootstrap import ROOT

pytestmark = pytest.mark.browser

HOME, SCRIPTS = "http://portal.test/", ROOT / "portal/static/portal/js"
ROWS = "".join(
    f'<li data-key="{key}">{key}<button name="up">up</button><button name="down">down</button></li>' for key in "abc"
)
ARRANGE = f"""<form action="/order/" method="post" data-arrange><ol>{ROWS}</ol>
<p data-said data-text-fault="Not saved."></p></form><script type="module" src="/arrange.js"></script>"""
ORDER = """<form data-keep data-keep-text="We kept what you had typed."><ol data-order data-up="Up" data-down="Down">
<li><label><span>Air</span><select name="a"><option value="">–<option>1<option>2</select></label></li>
<li><label><span>Brakes</span><select name="b"><option value="">–<option>1<option>2</select></label></li></ol></form>
<script type="module" src="/keep.js"></script><script type="module" src="/order.js"></script>"""
NARROW = """<form data-narrow><input type="search" name="q">
<label data-row><input type="checkbox" name="badge" value="1" checked>Brake Check</label>
<label data-row><input type="checkbox" name="badge" value="2">Ąžuolas</label></form>
<script type="module" src="/narrow.js"></script>"""
FRAMED = """<iframe srcdoc="<main data-framed>A badge</main><script type=module src=/framed.js></script>"></iframe>
<script>heights = []; addEventListener("message", (event) => heights.push(event.data.height))</script>"""


@pytest.fixture
def opened():
    """Open a page with the scripts of the portal; what it sends is answered and kept."""
    sent = []

    def answer(route):
        name = route.request.url.removeprefix(HOME)
        if name.endswith(".js"):
            route.fulfill(path=SCRIPTS / name)
        elif route.request.method == "POST":
            sent.append(route.request.post_data)
            route.fulfill(json={"said": "The order is saved."})
        else:
            route.fulfill(body=f"<!doctype html><meta charset=utf-8>{html}", content_type="text/html")

    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", answer)

        def go(body):
            nonlocal html
            html = body
            page.goto(HOME)
            return page, sent

        html = ""
        yield go
        browser.close()


def test_a_row_that_is_dragged_is_sent_in_its_new_place(opened):
    page, sent = opened(ARRANGE)
    expect(page.locator("[draggable=true]")).to_have_count(3)

    page.drag_and_drop("[data-key=a]", "[data-key=c]", target_position={"x": 300, "y": 18})

    expect(page.get_by_text("The order is saved.")).to_be_visible()
    assert "b c a" in sent[0]
    expect(page.locator("[data-key=a] [name=down]")).to_be_disabled()
    expect(page.locator("[data-key=b] [name=up]")).to_be_disabled()
    expect(page.locator("[name=order]")).to_be_disabled()


def test_words_narrow_the_rows_and_every_tick_is_sent(opened):
    page, _sent = opened(NARROW)

    page.fill("[type=search]", "ąžuo")

    expect(page.get_by_text("Brake Check")).to_be_hidden()
    expect(page.get_by_text("Ąžuolas")).to_be_visible()
    assert page.evaluate("new FormData(document.forms[0]).getAll('badge')") == ["1"]
    page.fill("[type=search]", "")
    expect(page.get_by_text("Brake Check")).to_be_visible()


def test_a_frame_tells_its_page_how_high_it_is(opened):
    page, _sent = opened(FRAMED)

    page.wait_for_function("heights.length > 0")

    height = page.frames[1].evaluate("document.querySelector('main').getBoundingClientRect().height")
    assert page.evaluate("heights.at(-1)") == height > 0


def test_a_row_that_is_not_wanted_gives_up_its_place_in_our_styles(opened):
    styles = (ROOT / "portal/static/portal/css/components/choices.css").read_text()
    page, _sent = opened(f"<style>{styles}</style>{NARROW.replace('data-row', 'data-row class=choice')}")

    page.fill("[type=search]", "ąžuo")

    expect(page.get_by_text("Brake Check")).to_be_hidden()


def test_an_order_is_kept_once_somebody_moved_something(opened):
    page, _sent = opened(ORDER)
    expect(page.get_by_role("button", name="Down: Air")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Down: Air")).to_be_visible()
    expect(page.get_by_role("status")).to_have_count(0)

    page.get_by_role("button", name="Down: Air").click()
    page.reload()

    expect(page.get_by_role("status")).to_have_text("We kept what you had typed.")
    expect(page.get_by_role("listitem").first).to_contain_text("Brakes")
