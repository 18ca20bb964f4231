"""Sites that talk slowly, endlessly or nonsense, over real sockets."""

import gzip
import socket
import threading
import time
import tracemalloc
from contextlib import suppress

import pytest

from portal.fetching import fetcher
from portal.fetching.refusals import Refused, Unreachable
from tests.portal.web import PUBLIC, page

SITE = "good.example.org"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def endless(part, *, start=b"", pause=0.0):
    """Return a reply that never ends."""

    def reply(line):
        with suppress(OSError):
            line.sendall(start)
            while True:
                line.sendall(part)
                time.sleep(pause)

    return reply


@pytest.mark.parametrize("tls", [True, False])
@pytest.mark.parametrize(
    "reply",
    [
        endless(b"x", start=HEAD + b"\r\n", pause=0.1),
        endless(b"x", start=HEAD + b"Content-Length: 1000000\r\n\r\n", pause=0.1),
        endless(b"1\r\nx\r\n", start=HEAD + b"Transfer-Encoding: chunked\r\n\r\n", pause=0.1),
        endless(b"H", pause=0.1),
        endless(b"A: b\r\n", start=HEAD, pause=0.1),
        endless(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.1),
        endless(b"", pause=0.1),
    ],
    ids=["body", "measured", "chunks", "first line", "heads", "not yet", "silence"],
)
def test_a_slow_site_is_hung_up_on(web, settings, tls, reply):
    settings.PLAIN_HTTP_LINKS = True
    web.site(SITE, reply, tls=tls)

    with pytest.raises(Unreachable) as fault:
        web.fetcher(seconds=0.6).fetch(f"{'https' if tls else 'http'}://{SITE}/")

    assert fault.value.reason == fetcher.SLOW


def test_slow_redirects_share_one_time_limit(web):
    def later(line):
        time.sleep(0.4)
        line.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    web.site(SITE, later)

    with pytest.raises(Unreachable) as fault:
        web.fetcher(seconds=0.7).fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.SLOW


def test_a_lookup_that_hangs_is_given_up(web):
    begun = threading.Event()

    def hang(host, port):
        begun.set()
        time.sleep(2)

    with pytest.raises(Unreachable) as fault:
        web.fetcher(resolve=hang, seconds=0.3).fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.SLOW
    assert begun.is_set()


def test_a_machine_that_does_not_shake_hands_is_given_up(web):
    with socket.create_server((PUBLIC, 0)) as silent:
        web.name(SITE, [silent.getsockname()])

        with pytest.raises(Unreachable) as fault:
            web.fetcher(seconds=0.6).fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.SLOW


def test_a_body_may_be_as_large_as_the_limit(web):
    web.site(SITE, page(b"x" * 1000))

    assert len(web.fetcher().fetch(f"https://{SITE}/", limit=1000).body) == 1000
    with pytest.raises(Refused) as refusal:
        web.fetcher().fetch(f"https://{SITE}/", limit=999)
    assert refusal.value.reason == fetcher.LARGE


def test_a_packed_body_is_unpacked(web):
    web.site(SITE, page(gzip.compress(b"words"), Content_Encoding="gzip"))

    assert web.fetcher().fetch(f"https://{SITE}/").body == b"words"


@pytest.mark.parametrize("whole", [True, False], ids=["in one piece", "in many pieces"])
def test_a_bomb_is_not_unpacked(web, whole):
    bomb = gzip.compress(bytes(100_000_000)) if whole else gzip.compress(bytes(10_000)) * 10_000
    web.site(SITE, page(bomb, Content_Encoding="gzip"))
    tracemalloc.start()

    with pytest.raises(Refused) as refusal:
        web.fetcher(seconds=20).fetch(f"https://{SITE}/", limit=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert refusal.value.reason == fetcher.LARGE
    assert peak < 10_000_000


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (endless(b"x" * 65536, start=HEAD + b"\r\n"), fetcher.LARGE),
        (endless(b"8\r\n12345678\r\n" * 5000, start=HEAD + b"Transfer-Encoding: chunked\r\n\r\n"), fetcher.LARGE),
        (endless(b"1" * 65536, start=HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;"), fetcher.SILENT),
        (endless(b"x" * 65536, start=HEAD + b"A: "), fetcher.SILENT),
        (endless(b"A: b\r\n" * 1000, start=HEAD), fetcher.SILENT),
    ],
    ids=["body", "chunks", "size of a chunk", "one head", "heads"],
)
def test_an_endless_answer_does_not_fill_the_memory(web, reply, outcome):
    web.site(SITE, reply)
    tracemalloc.start()

    with pytest.raises((Refused, Unreachable)) as fault:
        web.fetcher(seconds=20).fetch(f"https://{SITE}/", limit=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert fault.value.reason == outcome
    assert peak < 10_000_000
