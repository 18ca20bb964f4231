"""What a learner does on the way through a playlist: finds it on the map, comes to a date, looks at others' work."""

import re

import segno

from tests.journeys.pages import follow, press

PLACE = ".leaflet-marker-icon[title='{}']"
CLUSTER = ".map-cluster"
STEPS = 6  # into clusters within clusters


def find_on_map(page, city, title) -> None:
    """Narrow the map down to a city, and open its clusters until one place is the activity; go there."""
    page.goto("/en/map/")
    page.locator("summary", has_text="Filter and sort").click()
    page.locator("select[name=city]").select_option(city)
    press(page, "^Show$")
    here = page.url
    page.locator(".leaflet-marker-icon").first.wait_for()
    for number in range(page.locator(CLUSTER).count()):
        if place := open_clusters(page, number, title):
            break
        page.goto(here)
    place.click()
    with page.expect_navigation():
        page.locator(".leaflet-popup").get_by_role("link", name=title).click()


def open_clusters(page, number, title):
    """Open one cluster and the first of those in it; returns the place once it comes to light, None if it does not."""
    page.locator(".leaflet-marker-icon").first.wait_for()
    for step in range(STEPS):
        if places := on_show(page, PLACE.format(title)):
            return places[0]
        clusters = on_show(page, CLUSTER)[0 if step else number :]
        if not clusters:
            return None
        clusters[0].click()
        page.wait_for_timeout(600)  # the map flies there
    return None


def on_show(page, what) -> list:
    """Return the signs on the part of the map that is seen; the map keeps some around it."""
    page.locator(".map").scroll_into_view_if_needed()
    frame = page.locator(".map").bounding_box()
    return [sign for sign in page.locator(what).all() if lies_in(frame, sign.bounding_box())]


def lies_in(frame, box) -> bool:
    """Say whether all of a box lies in a frame."""
    return all(
        frame[edge] <= box[edge] and box[edge] + box[side] <= frame[edge] + frame[side]
        for edge, side in (("x", "width"), ("y", "height"))
    )


def switch_language(page, name) -> None:
    """Choose another language in the head of the page."""
    head = page.get_by_role("banner")
    head.locator("summary", has=page.locator("span[lang]")).click()
    with page.expect_navigation():
        head.get_by_role("link", name=name).first.click()


def what_is_read(page) -> tuple[str, str]:
    """Return the language in which a page says it is, and its title."""
    return page.locator("html").get_attribute("lang"), page.get_by_role("heading", level=1).inner_text()


def languages_of_stops(page) -> list[str]:
    """Return in which language each stop of the route says it is: its own, else that of the page."""
    return page.locator(".stop:not([data-station]) .stop-title").evaluate_all(
        "stops => stops.map((stop) => stop.closest('[lang]').lang)"
    )


def states_of_stops(page) -> list[str]:
    """Return how far each stop of the route is."""
    return page.locator(".stop:not([data-station])").evaluate_all("stops => stops.map((stop) => stop.dataset.state)")


def open_door(page, workspace, title) -> str:
    """Open the screen for the door of a date; returns the address in its QR code."""
    page.goto(f"{workspace}dates/")
    with page.expect_navigation():
        page.locator("tr", has_text=title).get_by_role("link").click()
    follow(page, "Code for the door")
    picture = page.get_by_role("img", name=re.compile("^QR code"))
    address = picture.get_attribute("alt").split()[-1]
    drawn = segno.make(address, error="m", micro=False).svg_data_uri(border=2, omitsize=True)
    assert picture.get_attribute("src") == drawn
    return address


def look_at_anothers_work(page, words) -> str:
    """Draw the work of another learner at the activity that is open and find all of it met; returns what is shown."""
    press(page, "Look at another learner’s work")
    shown = page.get_by_role("main").inner_text()
    for line in page.locator("input[type=radio][value=met]").all():
        line.check()
    page.locator("textarea[name=feedback]").fill(words)
    press(page, "Send to the learner")
    return shown
