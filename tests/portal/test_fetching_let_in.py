"""Sites of one's own machine that tests let the portal read, and nothing beside them."""

import pytest

from portal.fetching import fetcher, links
from portal.fetching.fetcher import SafeFetcher
from portal.fetching.fields import PublicLinkField
from portal.fetching.links import read_link
from portal.fetching.refusals import Refused, Unreachable
from tests.portal.web import PRIVATE, PUBLIC, page, passed_on


def let_in(settings, web, replies, ip=PRIVATE):
    """Run a site on this machine without a certificate and let it in; returns its address."""
    _ip, port = web.site("localhost", replies, ip=ip, tls=False)
    settings.SAFE_FETCH_ALLOW = frozenset({f"localhost:{port}"})
    return f"http://localhost:{port}"


def test_a_site_that_is_let_in_is_read_although_it_is_private(web, settings):
    site = let_in(settings, web, page(b"words"))

    fetched = web.fetcher(besides=frozenset()).fetch(f"{site}/a")

    assert (fetched.url, fetched.body) == (f"{site}/a", b"words")
    assert f"Host: {site.removeprefix('http://')}\r\n" in web.requests[0]
    assert PublicLinkField().clean(f"{site}/a") == f"{site}/a"


def test_the_systems_own_lookup_finds_this_machine(web, settings):
    site = let_in(settings, web, page(b"words"), ip=PUBLIC)

    assert SafeFetcher().fetch(f"{site}/").body == b"words"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://localhost/", links.SCHEME),
        ("http://localhost:%d/", links.SCHEME),
        ("https://localhost:%d/", links.PORT),
        ("http://127.0.0.2:{port}/", links.SCHEME),
        ("https://127.0.0.2/", links.NUMBERED),
        ("http://a.localhost:{port}/", links.SCHEME),
        ("http://localhost.:{port}/", links.SCHEME),
        ("https://printer.local/", links.PRIVATE),
        ("http://me@localhost:{port}/", links.USER),
        ("file://localhost:{port}/etc/passwd", links.SCHEME),
    ],
)
def test_whatever_is_not_on_the_list_stays_refused(web, settings, address, reason):
    port = int(let_in(settings, web, page()).rpartition(":")[2])

    with pytest.raises(Refused) as refusal:
        read_link(address.replace("%d", str(port % 60000 + 1)).replace("{port}", str(port)))

    assert refusal.value.reason == reason


def test_another_private_site_is_refused_even_beside_one_that_is_let_in(web, settings):
    let_in(settings, web, page())
    web.site("inside.example.org", page(b"secret"), ip=PRIVATE)

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch("https://inside.example.org/")

    assert fault.value.reason == fetcher.NOWHERE
    assert web.connections == []


def test_a_site_that_is_let_in_leads_nobody_on_to_private_ones(web, settings):
    canary = web.site("canary", page(b"secret"), ip=PRIVATE, tls=False)
    site = let_in(
        settings, web, {"/": passed_on(f"http://localhost:{canary[1]}/"), "/2": passed_on("/3"), "/3": page()}
    )

    with pytest.raises(Refused):
        web.fetcher().fetch(f"{site}/")
    assert web.fetcher().fetch(f"{site}/2").url == f"{site}/3"
    assert canary not in web.connections


def test_the_limits_hold_for_a_site_that_is_let_in(web, settings):
    site = let_in(settings, web, {"/large": page(b"x" * 100), "/slow": lambda line: line.recv(1)})

    with pytest.raises(Refused) as refusal:
        web.fetcher().fetch(f"{site}/large", limit=99)
    assert refusal.value.reason == fetcher.LARGE
    with pytest.raises(Unreachable) as fault:
        web.fetcher(seconds=0.5).fetch(f"{site}/slow")
    assert fault.value.reason == fetcher.SLOW
