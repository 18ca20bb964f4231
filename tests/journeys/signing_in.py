"""Sessions of demo people, signed in once by the form."""

from cms.demo.data import PASSWORD

_states = {}


def storage_of(browser, base, email):
    """Return the browser state of somebody signed in; None for nobody."""
    if not email:
        return None
    if (base, email) not in _states:
        context = browser.new_context(base_url=base)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form[action*=login] button[type=submit], main form button[type=submit]").first.click()
        page.wait_for_url(lambda address: "/accounts/login" not in address)
        _states[base, email] = context.storage_state()
        context.close()
    return _states[base, email]
