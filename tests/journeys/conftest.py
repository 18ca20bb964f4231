"""A running portal and a real browser."""

import json
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.badges.elsewhere import School
from tests.portal.web import small_internet
from tests.portal_process import manage, running_portal

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# Without preload: axe would load our style sheets by addresses that are none, and spend a visitor's tries at codes.
AXE = {"resultTypes": ["violations"], "preload": False}


@pytest.fixture(scope="session")
def portal_dir(tmp_path_factory):
    """Where the running portal keeps its files."""
    return tmp_path_factory.mktemp("portal") / "var"


@pytest.fixture(scope="session")
def school(tmp_path_factory):
    """A platform of somebody else on this machine."""
    with small_internet(tmp_path_factory.mktemp("school")) as web:
        found = School(web.requests)
        _ip, port = web.site("localhost", found, tls=False)
        found.site = f"http://localhost:{port}"
        yield found


@pytest.fixture(scope="session")
def portal_process(portal_dir, school):
    """A running demo portal that may read the school."""
    with running_portal(portal_dir, SAFE_FETCH_ALLOW=school.site.removeprefix("http://")) as portal:
        yield portal


@pytest.fixture(scope="session")
def portal(portal_process):
    """Its base address."""
    return portal_process.base


@pytest.fixture(scope="session")
def demo(portal, portal_dir):
    """What `manage.py demo --describe` says of it."""
    return json.loads(manage(portal_dir, "demo", "--describe"))


@pytest.fixture(scope="session")
def playwright():
    """What drives the browser."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright):
    """Debian's Chromium."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture
def open_page(browser, portal):
    """Open a page in a browser of its own; console errors and policy reports fail the test at its end."""
    contexts, complaints = [], []

    def open_one(path="/", **options):
        context = browser.new_context(base_url=portal, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    open_one.complaints = complaints
    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []
