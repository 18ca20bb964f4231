"""Pages that pass their readers on, over real sockets."""

import pytest

from portal.fetching import fetcher
from portal.fetching.refusals import Refused, Unreachable
from tests.portal.web import PRIVATE, page, passed_on

SITE = "good.example.org"


def test_redirects_are_followed_a_few_times(web):
    web.site(SITE, {"/1": passed_on("/2"), "/2": passed_on(f"//{SITE}/3"), "/3": passed_on("4"), "/4": page(b"there")})

    fetched = web.fetcher().fetch(f"https://{SITE}/1")

    assert (fetched.url, fetched.body) == (f"https://{SITE}/4", b"there")
    assert web.lookups == [SITE] * 4


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
@pytest.mark.parametrize(
    "location",
    ["https://127.0.0.1/", "http://127.0.0.1/", "https://169.254.169.254/latest/", "https://2130706433/", "https://[::1]/",
     "https://localhost/", "//127.0.0.1/", "https://me@good.example.org/", "https://good.example.org:22/", "file:///etc/passwd",
     "gopher://good.example.org/", "http://good.example.org/", "https://[::1", "data:text/plain,x", "https://x.internal/"],
)  # fmt: skip
def test_redirects_that_lead_astray_are_refused(web, settings, status, location):
    settings.PLAIN_HTTP_LINKS = True  # even then nobody is led from https to http
    web.site(SITE, passed_on(location, status))

    with pytest.raises(Refused):
        web.fetcher().fetch(f"https://{SITE}/")

    assert len(web.connections) == 1


def test_a_redirect_to_a_private_machine_is_refused(web):
    web.site(SITE, passed_on("https://inside.example.org/"))
    canary = web.site("inside.example.org", page(b"secret"), ip=PRIVATE)

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.NOWHERE
    assert canary not in web.connections


def test_a_loop_of_redirects_ends(web):
    web.site(SITE, passed_on("/"))

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.PASSED_ON
    assert len(web.connections) == 4
