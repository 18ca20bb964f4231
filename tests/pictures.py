"""All pages at three widths, light and dark, in every complete language: pictures for people, axe for the rest.

    python -m tests.pictures [part of a name]

Writes var/pictures/<language>-<name>-<width>-<scheme>.png and ends with 1 when a page has a fault.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.databases import ROOT
from tests.journeys.conftest import FLAGS
from tests.journeys.signing_in import storage_of
from tests.page_kinds import FIND, page_kinds
from tests.portal_process import manage, running_portal

WIDTHS, SCHEMES, LANGUAGES = (360, 768, 1280), ("light", "dark"), ("en", "lt")
FOLDER = ROOT / "var" / "pictures"


def main(wanted: str = "") -> int:
    """Take the pictures; return how many faults were found."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    var = Path(tempfile.mkdtemp(prefix="waymark-pictures-")) / "var"
    faults = 0
    with running_portal(var) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS
        )
        demo = json.loads(manage(var, "demo", "--describe"))
        kinds = page_kinds(demo, json.loads(manage(var, "shell", "--no-imports", "-c", FIND)))
        for kind in kinds:
            if wanted in kind.name:
                for language in LANGUAGES:
                    faults += take(browser, base, kind, language)
        browser.close()
    shutil.rmtree(var.parent)
    return faults


def take(browser, base, kind, language) -> int:
    """Take the pictures of one page in one language; return how many faults it has."""
    faults = 0
    path = kind.path.replace("/en/", f"/{language}/", 1)
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(
                base_url=base, storage_state=storage_of(browser, base, kind.person), color_scheme=scheme,
                viewport={"width": width, "height": 900}, locale=language,
            )  # fmt: skip
            context.add_cookies([{"name": "language", "value": language, "url": base}])
            page = context.new_page()
            said = []
            page.on(
                "console", lambda message, said=said: said.append(message.text) if message.type == "error" else None
            )
            page.goto(path)
            name = f"{language}-{kind.name}-{width}-{scheme}"
            page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                said.append("wider than the screen")
            said = list(said)  # what axe's own styles make the browser say from here on is not the page's fault
            said += [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(page).response["violations"]]
            said = [line for line in said if not (kind.status >= 400 and "status of" in line)]
            for line in said:
                sys.stdout.write(f"{name}: {line}\n")
            faults += len(said)
            context.close()
    return faults


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:2])))
