"""What people do with the badges they collected: put them together, publish them, show them to others."""

import re
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from portal import clock
from tests.journeys.pages import choose, fill, follow, press

AWARD = """
from datetime import timedelta
from badges.actions import Recipient, award, release_batch
from badges.models import BadgeClass
from badges.schedule import award_due_rows
from portal import clock
from portal.accounts.models import Person
issuer = Person.objects.get(email="ruta.k@example.org")
badges = list(BadgeClass.objects.published().filter(organiser__slug="neris-makers").order_by("pk")[:3])
batches = []
for badge, address in zip(badges, %r, strict=True):
    batches.append(award(badge, [Recipient(address, "Rugilė Žukaitė")], by=issuer))
while award_due_rows():
    pass
with clock.moved_to(timedelta(minutes=11)):
    for batch in batches:
        release_batch(batch, by=None)
"""


def names_of(page) -> list[str]:
    """Return the titles of the badges that “My badges” shows as collected."""
    page.goto("/backpack/")
    return page.locator("section").filter(has_text="Collected").locator(".badge-tile-title").all_inner_texts()


def collect_from_badge(page, badge, name) -> None:
    """Put a badge into a new collection from the badge's own page."""
    page.goto("/backpack/")
    follow(page, f"^{re.escape(badge)}$")
    follow(page, "Add to a collection")
    fill(page, name=name)
    press(page, "^Save$")


def collect_from_list(page, name, badges) -> str:
    """Make a collection, choose its badges from the list, share it with everybody, publish them; returns its link."""
    page.goto("/backpack/collections/")
    follow(page, "New collection")
    fill(page, name=name)
    press(page, "Create|Save|Go on")
    for badge in badges:
        page.get_by_label(badge).check()
    press(page, "^Apply$")
    choose(page, visibility="public")
    press(page, "Save sharing")
    press(page, "^Publish")
    return page.locator("#sharing a[href^='/collections/']").first.get_attribute("href")


@contextmanager
def another_site(content: str):
    """Serve a page at an origin that is not the portal's; yields its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_facts):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def publish_and_share(page, badge) -> dict:
    """Publish a badge with one's name; returns what its link to LinkedIn tells."""
    page.goto("/backpack/")
    follow(page, f"^{re.escape(badge)}$")
    follow(page, "^Share$")
    if page.get_by_role("button", name="Publish", exact=True).count():
        page.get_by_label("My name stands on the page").check()
        press(page, "^Publish$")
    address = page.get_by_role("link", name="Add to LinkedIn").get_attribute("href")
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def show_to_reader(page, badge, reader) -> str:
    """Show a badge to one reader in Lithuanian until tomorrow; returns the link."""
    page.goto("/backpack/")
    follow(page, f"^{re.escape(badge)}$")
    follow(page, "^Share$")
    follow(page, "Show it to one reader")
    fill(page, reader=reader, until=(clock.today() + timedelta(days=1)).isoformat())
    page.locator("select[name=language]").select_option("lt")
    press(page, "Make the link")
    return page.locator("code").first.inner_text()
