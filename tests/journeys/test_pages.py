"""Every page kind opens in a browser without a fault that a person or axe would see."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.signing_in import storage_of
from tests.page_kinds import FIND, page_kinds
from tests.portal_process import manage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]


@pytest.fixture(scope="session")
def kinds(demo, portal_dir):
    return page_kinds(demo, json.loads(manage(portal_dir, "shell", "--no-imports", "-c", FIND)))


def test_every_page_kind_is_free_of_faults(kinds, browser, portal):
    faults = []
    for kind in kinds:
        context = browser.new_context(
            base_url=portal,
            storage_state=storage_of(browser, portal, kind.person),
            viewport={"width": 360, "height": 780},
        )
        page = context.new_page()
        said = []
        page.on("console", lambda message, said=said, kind=kind: complain(said, kind, message))
        page.on("pageerror", lambda error, said=said, kind=kind: said.append((kind.name, str(error))))
        response = page.goto(kind.path)
        if response.status != kind.status:
            faults.append((kind.name, f"answered {response.status}"))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((kind.name, "wider than the screen"))
        faults += list(said)  # before axe, whose own styles our policy refuses
        for violation in Axe().run(page).response["violations"]:
            faults.append((kind.name, violation["id"], violation["nodes"][0]["html"][:200]))
        context.close()
    assert faults == []


def complain(faults, kind, message):
    """Note a console error; the browser's own line about an expected 404 or 403 is none."""
    if message.type == "error" and not (kind.status >= 400 and "status of" in message.text):
        faults.append((kind.name, message.text))
