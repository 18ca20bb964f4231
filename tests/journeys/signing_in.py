"""Registering, signing in and reading mail as people do; sessions of demo people, signed in once."""

import re

from cms.demo.data import PASSWORD
from tests.journeys.pages import press

NEW_PASSWORD = "a long way to the river"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_states = {}


def storage_of(browser, base, email):
    """Return the browser state of somebody signed in; None for nobody."""
    if not email:
        return None
    if (base, email) not in _states:
        context = browser.new_context(base_url=base)
        form = context.request.get("/accounts/login/").text()
        facts = {"csrfmiddlewaretoken": TOKEN.search(form)[1], "login": email, "password": PASSWORD}
        answer = context.request.post("/accounts/login/", form=facts, headers={"Origin": base}, max_redirects=0)
        assert answer.status == 302, (email, answer.status)
        context.request.get("/inbox/")  # which says that one is signed in, once
        _states[base, email] = context.storage_state()
        context.close()
    return _states[base, email]


def read_mail(page, address, subject):
    """Open the newest mail to an address in the demo's mail window and return its page."""
    for _try in range(120):
        page.goto(f"/dev/mail/?to={address}")
        link = page.get_by_role("link", name=re.compile(re.escape(subject)))
        if link.count():
            link.first.click()
            return page
        page.wait_for_timeout(500)
    raise AssertionError(f"no mail “{subject}” for {address}")


def sign_in(page, email, password=PASSWORD):
    page.goto("/accounts/login/")
    page.get_by_label("Email").or_(page.get_by_label("E-mail")).first.fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def register(page, email, name):
    page.goto("/en/")
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill(name)
    page.locator("input[name=email]").fill(email)
    page.locator("input[type=password]").fill(NEW_PASSWORD)
    page.get_by_label("Country").select_option("LT")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("I have read the terms").check()
    press(page, "Register|Sign up|Create")
    mail = read_mail(page, email, "Is this your address?")
    page.goto(mail.locator("a[href*='confirm-email']").first.get_attribute("href"))
    page.get_by_role("main").get_by_role("button", name="Yes, it is mine").click()
    page.wait_for_url(lambda address: "confirm-email" not in address)
