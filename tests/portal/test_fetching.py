"""Fetching what strangers name, over real sockets."""

import socket

import pytest

from portal.fetching import fetcher
from portal.fetching.refusals import Refused, Unreachable
from tests.portal.web import PRIVATE, PUBLIC, page, passed_on

SITE = "good.example.org"
PRIVATE_PLACES = ["10.0.0.1", "169.254.169.254", "::1", "fd00::1", "64:ff9b::7f00:1", "::ffff:127.0.0.2", "0.0.0.0"]  # noqa: S104


def test_a_page_is_fetched(web):
    web.site(SITE, {"/a?b=c": page(b"words", kind="Text/Plain; charset=utf-8")})

    fetched = web.fetcher().fetch(f"https://{SITE}/a?b=c#d", kinds=["text/plain"])

    assert (fetched.status, fetched.content_type, fetched.body) == (200, "text/plain", b"words")
    assert fetched.url == f"https://{SITE}/a?b=c#d"


def test_a_request_says_who_asks_and_carries_nothing_else(web, settings):
    web.site(SITE, page(Set_Cookie="a=b"))
    fetch = web.fetcher().fetch
    fetch(f"https://{SITE}/")
    fetch(f"https://{SITE}/")

    words = [line.partition(": ")[::2] for line in web.requests[1].strip().split("\r\n")[1:]]

    assert dict(words) == {
        "Host": SITE,
        "User-Agent": f"Waymark (+{settings.BASE_URL})",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def test_proxies_and_passwords_of_the_environment_are_not_used(web, monkeypatch, tmp_path):
    canary = web.site("proxy.example.org", page(), tls=False)
    (tmp_path / ".netrc").write_text(f"machine {SITE} login me password word")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"]:
        monkeypatch.setenv(name, f"http://{canary[0]}:{canary[1]}")
    web.site(SITE, page())

    web.fetcher().fetch(f"https://{SITE}/")

    assert canary not in web.connections
    assert "Authorization" not in web.requests[0]


@pytest.mark.parametrize("place", [*PRIVATE_PLACES, PRIVATE])
@pytest.mark.parametrize("company", ["alone", "first", "last"])
def test_a_name_is_refused_when_any_of_its_machines_is_private(web, place, company):
    good = web.site(SITE, page())
    canary = web.site("canary.example.org", page(), ip=PRIVATE)
    bad = (place, canary[1])
    web.name("bad.example.org", {"alone": [bad], "first": [bad, good], "last": [good, bad]}[company])

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch("https://bad.example.org/")

    assert fault.value.reason == fetcher.NOWHERE
    assert web.connections == []


def test_private_names_and_names_that_nobody_has_are_told_in_the_same_words(web):
    def nobody(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    for resolve in [nobody, lambda host, port: [], lambda host, port: [("10.0.0.1", port)]]:
        with pytest.raises(Unreachable) as fault:
            web.fetcher(resolve=resolve).fetch(f"https://{SITE}/")

        assert fault.value.reason == fetcher.NOWHERE


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(web, monkeypatch):
    good = web.site("a.example.org", page(b"good"), proves=SITE)
    bad = web.site("b.example.org", page(b"secret"), proves=SITE, ip=PRIVATE)
    web.name(SITE, [good], [bad])
    asked = []
    ask = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: asked.append(host) or ask(host, *rest, **more)
    )

    fetched = web.fetcher().fetch(f"https://{SITE}/")

    assert fetched.body == b"good"
    assert web.lookups == [SITE]
    assert asked == [PUBLIC]
    assert web.connections == [good]


def test_a_name_that_changes_its_mind_is_asked_again_on_a_redirect(web):
    good = web.site("a.example.org", passed_on("/"), proves=SITE)
    bad = web.site("b.example.org", page(b"secret"), proves=SITE, ip=PRIVATE)
    web.name(SITE, [good], [bad])

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.NOWHERE
    assert web.connections == [good]


def test_the_system_is_asked_for_the_full_name_once(monkeypatch):
    asked = []

    def system(*question, **more):
        asked.append((question, more))
        return [(socket.AF_INET, kind, 6, "", ("1.1.1.1", 443)) for kind in [1, 2]]

    monkeypatch.setattr(socket, "getaddrinfo", system)

    assert fetcher.look_up(SITE, 443) == [("1.1.1.1", 443)]
    assert asked == [((f"{SITE}.", 443), {"type": socket.SOCK_STREAM})]


def test_the_next_machine_of_a_site_is_called_when_one_is_silent(web):
    alive = web.site(SITE, page(b"words"))
    with socket.socket() as taken:
        taken.bind((PUBLIC, 0))
        web.name(SITE, [taken.getsockname(), alive])

        assert web.fetcher().fetch(f"https://{SITE}/").body == b"words"


def test_a_site_where_nobody_listens_is_not_called_slow(web):
    with socket.socket() as taken:
        taken.bind((PUBLIC, 0))
        web.name(SITE, [taken.getsockname()])

        with pytest.raises(Unreachable) as fault:
            web.fetcher().fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.SILENT


@pytest.mark.parametrize("proves", ["other.example.org", "*.other.example.org", "127.0.0.1"])
def test_a_certificate_must_name_the_site(web, proves):
    web.site(SITE, page(), proves=proves)

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.UNPROVEN
    assert web.requests == []


def test_a_certificate_must_come_from_an_authority_that_browsers_trust(web):
    web.site(SITE, page())

    with pytest.raises(Unreachable) as fault:
        web.fetcher(trust=fetcher.public_trust).fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.UNPROVEN


def test_plain_http_is_fetched_where_the_operator_wants_it(web, settings):
    web.site(SITE, page(b"plain"), tls=False)
    with pytest.raises(Refused):
        web.fetcher().fetch(f"http://{SITE}/")
    settings.PLAIN_HTTP_LINKS = True

    assert web.fetcher().fetch(f"http://{SITE}/").body == b"plain"
