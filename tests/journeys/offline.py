"""A learner's badges on a device that has lost the portal, and what the device forgets."""

from tests.journeys.signing_in import sign_in

KEPT = """caches.keys().then(async (names) => {
  const own = names.filter((name) => name.startsWith("kept-"));
  const keys = await Promise.all(own.map(async (name) => (await caches.open(name)).keys()));
  return keys.flat().map(({ url }) => new URL(url).pathname).sort();
})"""
DRAWN = "picture => picture.decode().then(() => picture.naturalWidth > 0)"
AWARD = """
from datetime import timedelta
from badges.actions import Recipient, award, release_batch
from badges.models import BadgeClass
from badges.schedule import award_due_rows
from portal import clock
from portal.accounts.models import Person
badge = BadgeClass.objects.get(texts__name="Civic Tech Starter", texts__language="en")
issuer = Person.objects.get(email="ruta.k@example.org")
batch = award(badge, [Recipient("learner02@example.org", "Learner")], by=issuer)
while award_due_rows():
    pass
with clock.moved_to(timedelta(minutes=11)):
    release_batch(batch, by=None)
"""
REVOKE = """
from badges.actions import revoke_badge
from badges.models import Assertion
from portal.accounts.models import Person
newest = Assertion.objects.filter(email="learner02@example.org").latest("pk")
revoke_badge(newest, by=Person.objects.get(email="ruta.k@example.org"), reason="Given by mistake.")
print(newest.get_absolute_url())
"""
MEANWHILE = "Civic Tech Starter"


def arrive(page, email) -> list[str]:
    """Sign in and wait until the device has kept what it should; returns the pages of badges."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    sign_in(page, email)
    page.wait_for_url("**/backpack/")
    return wait_until_kept(page)


def listed(page) -> list[str]:
    """Return the pages of badges that a device should keep."""
    return page.request.get("/backpack/kept.json").json()["pages"]


def wait_until_kept(page) -> list[str]:
    """Wait until the backpack and all that it lists is kept; returns the addresses on the list."""
    wanted = listed(page)
    wait_until(page, lambda kept: {"/backpack/", *wanted} <= kept)
    return wanted


def wait_until(page, is_enough) -> set[str]:
    """Wait until what the device keeps is as it should be, and return it."""
    for _try in range(100):
        kept = {*page.evaluate(KEPT)}
        if is_enough(kept):
            return kept
        page.wait_for_timeout(100)
    raise AssertionError(f"kept: {kept}")


def wait_until_says(page, address, words) -> None:
    """Wait until the kept copy of a page has certain words."""
    for _try in range(100):
        if words in page.evaluate("async (address) => (await (await caches.match(address))?.text()) ?? ''", address):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{address} does not say “{words}”")


def shows_everything(page, pages) -> None:
    """See the backpack, a badge with what is known of it, and its code, none of which come from the portal."""
    page.goto("/backpack/")
    page.get_by_role("heading", level=1, name="My badges").wait_for()
    assert "Saved on" in note(page)
    tiles = page.locator(".badge-tile-image")
    assert tiles.count() > 0
    for tile in tiles.all():
        tile.scroll_into_view_if_needed()
        assert tile.evaluate(DRAWN)
    badge, share = next(
        (one, f"/backpack/{one.split('/')[2]}/share/") for one in pages if one.startswith("/assertions/")
    )
    page.goto(badge)
    assert "genuine" in page.locator(".verdict").inner_text()
    assert page.locator(".award-badge").evaluate(DRAWN)
    assert "Issued by" in page.get_by_role("main").inner_text()
    assert "may have changed" in note(page)
    page.goto(share)
    page.get_by_role("button", name="Show the code large").click()
    large = page.locator(".qr-screen img")
    assert large.is_visible()
    assert large.evaluate(DRAWN)
    page.keyboard.press("Escape")
    assert not large.is_visible()
    page.goto("/en/playlists/")
    assert is_offline_page(page)


def note(page) -> str:
    """Return what a page says about the connection."""
    return page.locator("[data-connection]").inner_text()


def is_offline_page(page) -> bool:
    """Say whether a page is the one for what is not kept."""
    return page.get_by_role("heading", level=1).inner_text() == "You are offline"


def shows_nothing_of(page, name, pages) -> bool:
    """Say whether the device has nothing that belongs to a person."""
    addresses = ["/backpack/", *pages]
    for address in addresses:
        page.goto(address)
        if not is_offline_page(page) or name in page.content():
            return False
    return not set(page.evaluate(KEPT)) & set(pages)


def sign_out(page) -> None:
    """Sign out by the menu of the account."""
    page.locator("summary", has=page.locator(".avatar")).click()
    page.locator("form[data-sign-out] button").first.click()


def forgive_lost_files(complaints) -> None:
    """Drop what a browser says of files that it could not load without a connection; nothing else is excused."""
    complaints[:] = [line for line in complaints if "net::ERR_" not in line]
