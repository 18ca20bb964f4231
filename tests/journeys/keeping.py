"""Badges of other platforms: what people keep of them, and what anybody finds out about them."""

import re

from tests.badges.elsewhere import older_picture
from tests.journeys.pages import press
from tests.journeys.signing_in import NEW_PASSWORD, read_mail

STEPS_OF_OURS = [
    "readable", "signature good", "issued by whom it names, whom the network knows", "in force", "valid without end",
    "not revoked",
]  # fmt: skip
STEPS_OF_OTHERS = ["issued by whom it names" if "network" in step else step for step in STEPS_OF_OURS]


def add_address(page, address) -> None:
    """Add an address to one's account, for which one says one's password, and prove it by the mailed link."""
    page.goto("/accounts/email/")
    page.get_by_label("E-mail").fill(address)
    press(page, "^Add$")
    page.get_by_label("Password").fill(NEW_PASSWORD)
    press(page, "^Go on$")
    mail = read_mail(page, address, "Is this your address?")
    page.goto(mail.locator("a[href*='confirm-email']").first.get_attribute("href"))
    press(page, "Yes, it is mine")
    page.goto("/accounts/email/")
    assert "Proved" in page.get_by_role("listitem").filter(has_text=address).inner_text()


def add_picture(page, badge) -> None:
    """Hand in the picture of a 2.0 badge to be kept."""
    page.goto("/backpack/")
    with page.expect_navigation():
        page.get_by_role("link", name="Add a badge").click()
    hand_in_file(page, "badge.png", "image/png", older_picture(badge))
    press(page, "^Add it$")


def refusal(page, complaints) -> str:
    """Return what a page says that took nothing, of which the browser complains as well."""
    (line,) = complaints
    assert "status of 422" in line
    complaints.clear()
    return page.get_by_role("main").inner_text()


def hand_in_file(page, name, kind, content) -> None:
    """Choose a file."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def check_text(page, text) -> dict:
    """Paste a badge or its address where anybody checks badges; returns what the page then says."""
    page.goto("/verify")
    page.locator("textarea[name=text]").fill(text)
    press(page, "^Check it$")
    return answer(page)


def check_file(page, content) -> dict:
    """Hand in a picture where anybody checks badges; returns what the page then says."""
    page.goto("/verify")
    hand_in_file(page, "badge.png", "image/png", content)
    press(page, "^Check it$")
    return answer(page)


def answer(page) -> dict:
    """Return colour, sentence and steps of the answer; those that did not end well begin with the reason."""
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    verdict = page.locator(".verdict")
    steps = [re.sub(r"\s+", " ", step).strip() for step in verdict.get_by_role("listitem").all_inner_texts()]
    sentence = verdict.locator(".verdict-title").inner_text()
    return {"tone": verdict.get_attribute("data-tone"), "says": sentence, "steps": steps}
