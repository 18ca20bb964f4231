"""All pages at three widths, light and dark: pictures for people, axe for the rest.

In English each page has all six; in the other complete languages, whose words are longer or shorter, it has two.

    python -m tests.pictures [part of a name]

Writes var/pictures/<language>-<name>-<width>-<scheme>.png and ends with 1 when a page has a fault.
"""

import json
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.databases import ROOT
from tests.journeys.conftest import AXE, FLAGS
from tests.journeys.signing_in import storage_of
from tests.page_kinds import FIND, page_kinds
from tests.portal_process import manage, running_portal

WHOLE = {360: ("light", "dark"), 768: ("light", "dark"), 1280: ("light", "dark")}
PART = {360: ("light",), 1280: ("dark",)}
LANGUAGES = {"en": WHOLE, "lt": PART, "pl": PART, "ro": PART}  # widths, and what a reader prefers at each
AT_ONCE = 2
FOLDER = ROOT / "var" / "pictures"
LOAD_PICTURES = """Promise.all([...document.images].map(async (picture) => {
  picture.loading = "eager";
  await picture.decode().catch(() => {});
}))"""


def main(wanted: str = "") -> int:
    """Take the pictures, each language in a process of its own; return how many faults were found."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    var = Path(tempfile.mkdtemp(prefix="waymark-pictures-")) / "var"
    with running_portal(var) as portal, ProcessPoolExecutor(AT_ONCE) as photographers:
        demo = json.loads(manage(var, "demo", "--describe"))
        kinds = page_kinds(demo, json.loads(manage(var, "shell", "--no-imports", "-c", FIND)))
        kinds = [kind for kind in kinds if wanted in kind.name]
        faults = sum(photographers.map(partial(take_all, portal.base, kinds), LANGUAGES))
    shutil.rmtree(var.parent)
    return faults


def take_all(base, kinds, language) -> int:
    """Take the pictures in one language; return how many faults there are."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS
        )
        shots = LANGUAGES[language].items()
        faults = sum(take(browser, base, kind, language, width, schemes) for kind in kinds for width, schemes in shots)
        browser.close()
    return faults


def take(browser, base, kind, language, width, schemes) -> int:
    """Take the pictures of one page at one width; return how many faults it has.

    Each has a window of its own: an open one keeps connections that the web server's processes would wait on.
    """
    window = browser.new_context(
        base_url=base, storage_state=storage_of(browser, base, kind.person), color_scheme=schemes[0],
        viewport={"width": width, "height": 900}, locale=language,
    )  # fmt: skip
    window.add_cookies([{"name": "language", "value": language, "url": base}])
    page = window.new_page()
    heard, now = {scheme: [] for scheme in schemes}, schemes[0]
    page.on("console", lambda message: heard[now].append(message.text) if message.type == "error" else None)
    page.goto(kind.path.replace("/en/", f"/{language}/", 1))
    page.evaluate(LOAD_PICTURES)
    for now in schemes:
        page.emulate_media(color_scheme=now)
        page.screenshot(
            path=FOLDER / f"{language}-{kind.name}-{width}-{now}.png", full_page=True, animations="disabled"
        )
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            heard[now].append("wider than the screen")
    # What axe's own styles make the browser say from here on is not the page's fault.
    faults = [(scheme, line) for scheme in schemes for line in heard[scheme] if not is_expected(line, kind)]
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        page.evaluate("document.getAnimations().forEach(change => change.finish())")
        for one in Axe().run(page, options=AXE).response["violations"]:
            faults.append((scheme, f"{one['id']}: {one['nodes'][0]['html'][:160]}"))
    window.close()
    for scheme, line in faults:
        sys.stdout.write(f"{language}-{kind.name}-{width}-{scheme}: {line}\n")
    return len(faults)


def is_expected(line, kind) -> bool:
    """Say whether a browser says so of every page that answers with an error."""
    return kind.status >= 400 and "status of" in line


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:2])))
