"""Addresses that lead inside, in every spelling, and names that change their mind: nobody inside is ever called."""

import os
import random
import socket
import sys

import pytest
from dnslib import AAAA, CNAME, QTYPE, RR, A, DNSRecord
from dnslib.server import BaseResolver, DNSLogger, DNSServer

from portal.fetching.fetcher import SafeFetcher
from portal.fetching.refusals import NotFetched
from tests.portal.web import PRIVATE, PUBLIC, page

SITE = "changing.example.org"
FETCHES = 1000 if os.environ.get("FULL_SIZE") == "1" else 100
HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "127.0.0.1.", "127.000.000.001", "2130706433", "0x7f000001", "0x7f.0.0.1",
    "0177.0.0.1", "017700000001", "127\u30020\u30020\u30021", "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "0", "0.0.0.0",  # noqa: S104
    "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.169.254", "198.18.0.1", "192.0.2.1", "224.0.0.1",
    "255.255.255.255", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1%25lo]", "[fd00::1]", "[ff02::1]",
    "[2001:db8::1]", "localhost", "localhost.", "LOCALHOST", "sub.localhost", "ip6-localhost", "router.local",
    "host.internal",
]  # fmt: skip
OTHERS = [
    "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "data:text/plain,hello", "ftp://127.0.0.1/", "ws://127.0.0.1/",
    "javascript:alert(1)", "//127.0.0.1/", "https:127.0.0.1", "https:///127.0.0.1/", "https://", "https://[::1", "https://::1/",
    "https://a.example.org:22/", "https://a.example.org:5432/", "https://a.example.org:6379/", "https://127.0.0.1:0/",
    "https://127.0.0.1:99999/", "https://a.example.org:443@127.0.0.1/", "https://a.example.org\\@127.0.0.1/",
    "https://a.example.org%2f@127.0.0.1/", "https://127.0.0.1%00.example.org/", "https://127.0.0.1\t.example.org/",
    "https://127.0.0.1\r\nHost: a/", "https://127.0.0.1 .example.org/", "\x00https://127.0.0.1/", "https://%31%32%37.0.0.1/",
    "https://127.0.0.1#@a.example.org/", "https://127.0.0.1?@a.example.org/", "unix:///run/postgresql/.s.PGSQL.5432",
    "https://xn--n3h.xn--/", "https://.127.0.0.1/", "https://127..0.0.1/", "https://1.0.0.127.in-addr.arpa./",
    "https://localtest.invalid/",
]  # fmt: skip
FORMS = [f"https://{host}/" for host in HOSTS] + [f"https://user:word@{host}/" for host in HOSTS] + OTHERS


@pytest.fixture
def called():
    """Every machine that this process calls while the test runs."""
    machines, is_on = [], [True]

    def note(event, facts):
        if is_on and event == "socket.connect" and facts[0].family != socket.AF_UNIX:
            machines.append(facts[1])

    sys.addaudithook(note)  # it cannot be taken off again
    yield machines
    is_on.clear()


def test_there_are_120_forms_and_no_two_alike():
    assert len(set(FORMS)) == len(FORMS) >= 120


@pytest.mark.parametrize("url", FORMS)
def test_an_address_inside_is_refused_in_every_spelling_and_nobody_is_called(called, url):
    with pytest.raises(NotFetched):
        SafeFetcher(seconds=3).fetch(url)

    assert called == []


class ChangingMind(BaseResolver):
    """A name server whose answers hold for no time: public and private machines, alone, together and by detours."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.asked = 0

    def resolve(self, request, handler):
        """Answer anew each time."""
        self.asked += 1
        reply, name = request.reply(), request.q.qname
        if self.random.random() < 0.2:
            reply.add_answer(RR(name, QTYPE.CNAME, rdata=CNAME("detour.example.org"), ttl=0))
            name = "detour.example.org"
        if request.q.qtype == QTYPE.AAAA:
            for place in self.random.choice([[], [], [], ["::1"], ["::ffff:7f00:2"], ["64:ff9b::7f00:2"]]):
                reply.add_answer(RR(name, QTYPE.AAAA, rdata=AAAA(place), ttl=0))
        else:
            for place in self.random.choice(
                [[PUBLIC], [PUBLIC], [PUBLIC], [PRIVATE], [PUBLIC, PRIVATE], [PRIVATE, PUBLIC]]
            ):
                reply.add_answer(RR(name, QTYPE.A, rdata=A(place), ttl=0))
        return reply


@pytest.fixture
def names():
    """A name server on loopback that never gives the same answer for sure."""
    mind = ChangingMind(20261123)
    server = DNSServer(mind, address="127.0.0.1", port=0, logger=DNSLogger(logf=lambda _words: None))
    server.start_thread()
    yield mind, server.server.server_address[1]
    server.stop()
    server.server.server_close()


def test_answers_that_change_each_time_lead_to_nobody_inside(web, names):
    mind, port = names
    good = web.site(SITE, page(b"good"), proves=SITE)
    canary = web.site("inside.example.org", page(b"secret"), proves=SITE, ip=PRIVATE)
    ports, answers = {PUBLIC: good[1], PRIVATE: canary[1]}, []

    def resolve(host, _port):
        found = []
        for kind in ["A", "AAAA"]:
            packet = DNSRecord.question(host, kind).send("127.0.0.1", port, timeout=3)
            found += [str(one.rdata) for one in DNSRecord.parse(packet).rr if one.rtype in {QTYPE.A, QTYPE.AAAA}]
        answers.append(found)
        return [(place, ports.get(place, 443)) for place in found]

    fetcher, opened = web.fetcher(resolve=resolve), 0
    for _number in range(FETCHES):
        try:
            opened += fetcher.fetch(f"https://{SITE}/").body == b"good"
        except NotFetched:
            assert set(answers[-1]) != {PUBLIC}

    assert mind.asked == 2 * FETCHES
    assert opened == sum(set(found) == {PUBLIC} for found in answers)
    assert FETCHES / 10 < opened < FETCHES
    assert web.connections == [good] * opened
