"""What people do on any page: type, choose, press, follow."""

import re


def fill(page, **values):
    """Type into fields by their names."""
    for name, value in values.items():
        page.locator(f"input[name='{name}'], textarea[name='{name}']").first.fill(value)


def choose(page, **values):
    """Choose among radio buttons and tick boxes by name and value."""
    for name, value in values.items():
        page.locator(f"input[name='{name}'][value='{value}']").check()


def tick(page, *names):
    """Tick boxes by their names."""
    for name in names:
        page.locator(f"input[name='{name}']").check()


def press(page, name):
    """Press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=re.compile(name)).first.click()


def follow(page, name):
    """Follow a link and wait for its page."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=re.compile(name)).first.click()


def send(page, path, **values):
    """Send a form as its page does when it saves by itself."""
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    headers = {"Accept": "application/json"}
    answer = page.request.post(path, form=values | {"csrfmiddlewaretoken": token}, headers=headers)
    assert answer.ok, (path, answer.text())
