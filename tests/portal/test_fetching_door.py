"""The door to foreign addresses: whether a page opens, how often the portal asks, and when it must not."""

import pytest
from django.core.cache import cache
from django.db import transaction
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

from portal import fetching
from portal.fetching import Refused, TooOften, Unreachable, door, fetcher, links
from portal.fetching.fetcher import Answer
from tests.factories.accounts import PersonFactory
from tests.portal.web import PRIVATE, page, passed_on

SITE = "good.example.org"
URL = f"https://{SITE}/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(web, monkeypatch):
    """The internet as the door sees it, which nobody has asked for anything yet."""
    cache.clear()
    monkeypatch.setattr(door, "DOOR", web.fetcher())
    return web


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("200 OK", ""),
        ("204 No Content", ""),
        ("401 Unauthorized", fetcher.CLOSED),
        ("403 Forbidden", fetcher.CLOSED),
        ("404 Not Found", fetcher.GONE),
        ("410 Gone", fetcher.GONE),
        ("429 Too Many Requests", fetcher.FAILED),
        ("500 Internal Server Error", fetcher.FAILED),
        ("304 Not Modified", fetcher.FAILED),
    ],
)
def test_a_page_opens_or_there_is_a_reason(web, status, reason):
    web.site(SITE, page(b"", status=status))

    assert fetching.answers(URL) == Answer(not reason, reason)


def test_a_page_that_opens_is_not_read(web):
    web.site(SITE, page(b""))

    assert bool(fetching.answers(URL)) is True
    assert [request.split()[0] for request in web.requests] == ["HEAD"]


@pytest.mark.parametrize("head", ["405 Method Not Allowed", "403 Forbidden", "404 Not Found", "501 Not Implemented"])
def test_a_site_that_does_not_know_head_is_asked_again(web, head):
    replies = [page(b"", status=head), page(b"x" * 100) + b"more"]
    web.site(SITE, lambda line: line.sendall(replies.pop(0)))

    assert bool(fetching.answers(URL)) is True
    assert [request.split()[0] for request in web.requests] == ["HEAD", "GET"]


def test_an_address_that_leads_nowhere_does_not_open(web):
    inside = web.site("inside.example.org", page(), ip=PRIVATE)
    web.site(SITE, passed_on("https://inside.example.org/"))

    assert fetching.answers(URL) == Answer(False, fetcher.NOWHERE)
    assert fetching.answers("https://inside.example.org/") == Answer(False, fetcher.NOWHERE)
    assert fetching.answers("https://127.0.0.1/") == Answer(False, links.NUMBERED)
    assert inside not in web.connections


def test_what_lies_at_an_address_comes_with_any_status(web):
    web.site(SITE, page(b"{}", status="404 Not Found", kind="text/html"))

    fetched = fetching.fetch(URL, kinds=["application/json"])

    assert (fetched.status, fetched.content_type) == (404, "text/html")


def test_faults_are_told_in_sentences(web):
    web.site(SITE, b"nonsense\r\n\r\n")

    with pytest.raises(Refused, match="begins with https"):
        fetching.fetch("ftp://example.org/")
    with pytest.raises(Unreachable, match="did not answer as a site should"):
        fetching.fetch(URL)


def test_a_person_who_asks_much_is_told_to_wait(web, monkeypatch):
    monkeypatch.setitem(door.TIMES, "person", "2/h/key")
    web.site(SITE, page())
    person, other = PersonFactory(), PersonFactory()
    fetching.answers(URL, by=person)
    fetching.fetch(URL, by=person)

    for ask in [fetching.answers, fetching.fetch]:
        with pytest.raises(TooOften, match="Try again in an hour"):
            ask(URL, by=person)

    assert len(web.requests) == 2
    assert bool(fetching.answers(URL, by=other)) is True


def test_a_site_is_not_asked_all_the_time(web, monkeypatch):
    monkeypatch.setitem(door.TIMES, "site", "2/m/key")
    web.site(SITE, page())
    web.site("other.example.org", page())
    fetching.answers(URL)
    fetching.answers(f"https://{SITE.upper()}.:443/else")

    with pytest.raises(TooOften):
        fetching.fetch(URL)

    assert len(web.requests) == 2
    assert bool(fetching.answers("https://other.example.org/")) is True


def test_nothing_is_fetched_while_rows_are_locked(web):
    web.site(SITE, page())

    for ask in [fetching.answers, fetching.fetch]:
        with pytest.raises(RuntimeError, match="before the transaction"), transaction.atomic():
            ask(URL)

    assert web.connections == []


def test_the_editor_does_not_ask_sites_of_films_either():
    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
