"""Answers that are none, over real sockets."""

import pytest

from portal.fetching import fetcher
from portal.fetching.refusals import Refused, Unreachable
from tests.portal.web import page

SITE = "good.example.org"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@pytest.mark.parametrize("coding", ["br", "deflate, gzip", "gzip, gzip, gzip", "zstd", "nonsense"])
def test_a_packing_that_was_not_asked_for_is_refused(web, coding):
    web.site(SITE, page(b"x", Content_Encoding=coding))

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.SILENT


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"220 mail.example.org ESMTP\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation:\r\nContent-Length: 0\r\n\r\n",
        HEAD + b"Content-Length: 100\r\n\r\nshort",
        HEAD + b"Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\nwords",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Content-Length: 5, 6\r\n\r\nwords",
        bytes(range(256)),
    ],
)
def test_nonsense_is_told_in_one_sentence(web, reply):
    web.site(SITE, reply)

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.SILENT


def test_a_site_without_tls_is_told_in_one_sentence(web):
    web.site(SITE, page(), tls=False)

    with pytest.raises(Unreachable) as fault:
        web.fetcher().fetch(f"https://{SITE}/")

    assert fault.value.reason == fetcher.SILENT


def test_a_page_of_another_kind_is_refused_before_it_is_read(web):
    web.site(SITE, HEAD + b"Content-Length: 1000\r\n\r\nnever ends")

    with pytest.raises(Refused) as refusal:
        web.fetcher().fetch(f"https://{SITE}/", kinds=["application/json"])

    assert refusal.value.reason == fetcher.OTHER_KIND
