"""Which addresses of pages are taken, and what a person reads about the others."""

import pytest

from portal.fetching import links
from portal.fetching.links import read_link
from portal.fetching.refusals import Refused

REFUSED = {
    links.SCHEME: """
        http://example.org/ HTTP://example.org/ file:///etc/passwd ftp://example.org/ gopher://example.org:70/_x
        data:text/html,hello javascript:alert(1) blob:https://example.org/1 dict://example.org:11211/ ws://example.org/
        ldap://example.org/ jar:https://example.org!/ mailto:a@example.org view-source:https://example.org/ about:blank
        localhost:8000/page netdoc:///etc/passwd""",
    links.USER: """
        https://user@example.org/ https://user:word@example.org/ https://example.org@127.0.0.1/ https://@example.org/
        https://127.0.0.1@example.org/ https://a@b@example.org/ https://example.org:443@10.0.0.1/ https://:@example.org/
        https://example.org%20@example.com/""",
    links.PORT: """
        https://example.org:22/ https://example.org:80/ https://example.org:6379/ https://example.org:5432/
        https://example.org:8443/ https://example.org:0/ https://example.org:65535/ https://localhost:8000/""",
    links.NUMBERED: """
        https://127.0.0.1/ https://127.0.0.1./ https://127.1/ https://127.0.1/ https://2130706433/ https://017700000001/
        https://0x7f.1/ https://0x7f000001/ https://0x7F.0.0.1/ https://0177.0.0.1/ https://0177.0.0.0x1/ https://0/
        https://0x/ https://00000177.1/ https://127.0.0.0x1/ https://1.2.3.4.5/ https://10.0.0.1/ https://169.254.169.254/
        https://2852039166/ https://0xa9fea9fe/ https://192.168.0.1/ https://172.16.0.1/ https://100.64.0.1/
        https://8.8.8.8/ https://example.123/ https://[::1]/ https://[::]/ https://[::ffff:127.0.0.1]/
        https://[0:0:0:0:0:ffff:7f00:1]/ https://[64:ff9b::7f00:1]/ https://[2002:7f00:1::]/ https://[fe80::1]/
        https://[2001:0:7f00:1::]/ https://[fd00:ec2::254]/ https://[ff02::1]/ https://[2606:4700::1111]/
        https://127.0.0.1/ https://127。0。0。1/ https://①②⑦.⓪.⓪.①/ https://[::1]:443/ https://[::1%25lo]/ https://[v1.x]/""",
    links.PRIVATE: """
        https://localhost/ https://LOCALHOST/ https://localhost./ https://a.localhost/ https://localhost.localdomain/
        https://printer.local/ https://printer.local./ https://metadata.google.internal/ https://metadata/ https://intranet/
        https://wiki.corp/ https://nas.lan/ https://router.home/ https://router.home.arpa/ https://1.0.0.127.in-addr.arpa/
        https://x.onion/ https://x.test/ https://x.example/ https://x.invalid/ https://localhost/ https://ⓛocalhost/
        https://printer。local/""",
    links.SHAPE: r"""
        // //example.org/ ///example.org/ /page page https:example.org https:/example.org https:///example.org https:// https://./
        https://../ https://example..org/ https://.example.org/ https://example.org../ https://exa%6dple.org/
        https://127%2e0.0.1/ https://%31%32%37.0.0.1/ https://example.org\@127.0.0.1/ https://127.0.0.1\@example.org/
        https:\\example.org\ https://example.org:abc/ https://example.org:99999/ https://example.org:-1/ https://[::1/
        https://::1/ https://[127.0.0.1]/ https://-example.org/ https://example-.org/ https://ex*mple.org/
        https://exa$mple.org/ https://xn--a/ https://xn--.org/ https://xn--a-ecp.example.org/ https://℀.example.org/
        https://exam<b>ple.org/ https://example.org/{a} https://example.org/"a" https://a,b.org/""",
}  # fmt: skip
SPACED = [
    "https://exam ple.org/",
    "https://example.org/my page",
    "https://example.org/\r\nHost:x",
    "https://example.org/\u202egnp",
    "https://example.org\x00.local/",
    "https://example\t.org/",
    "https://e\u200bx.org",
    "ht\ntps://a.org",
]
TAKEN = {
    "https://example.org": "https://example.org/",
    "  https://example.org/page  ": "https://example.org/page",
    "HTTPS://EXAMPLE.ORG/Page": "https://example.org/Page",
    "https://example.org:443/a": "https://example.org/a",
    "https://example.org:/a": "https://example.org/a",
    "https://example.org./a": "https://example.org/a",
    "https://example.org/a?b=c&d=%20#e": "https://example.org/a?b=c&d=%20#e",
    "https://example.org?b=http://127.0.0.1/": "https://example.org/?b=http://127.0.0.1/",
    "https://example.org/~me/žodis": "https://example.org/~me/%C5%BEodis",
    "https://žodynas.lt/": "https://xn--odynas-2pb.lt/",
    "https://BÜCHER.de/": "https://xn--bcher-kva.de/",
    "https://xn--bcher-kva.de/": "https://xn--bcher-kva.de/",
    "https://my_album.example.org/": "https://my_album.example.org/",
    "https://r3---sn-4g5e.example.com/": "https://r3---sn-4g5e.example.com/",
    "https://127.0.0.1.example.org/": "https://127.0.0.1.example.org/",
    "https://localhost.example.org/": "https://localhost.example.org/",
    "https://3m.com/@me": "https://3m.com/@me",
}


@pytest.mark.parametrize(
    ("address", "reason"),
    [(word, reason) for reason, words in REFUSED.items() for word in words.split()]
    + [(s, links.SHAPE) for s in SPACED],
)
def test_an_address_that_may_lead_astray_is_refused_with_its_reason(address, reason):
    with pytest.raises(Refused) as refusal:
        read_link(address)

    assert str(refusal.value.reason) == str(reason)


@pytest.mark.parametrize(("address", "url"), TAKEN.items())
def test_an_address_that_everybody_can_open_is_taken_in_one_spelling(address, url):
    link = read_link(address)

    assert link.url == url
    assert read_link(link.url) == link


def test_a_very_long_address_is_refused():
    with pytest.raises(Refused, match="too long"):
        read_link("https://example.org/" + "a" * 2000)


def test_a_very_long_name_is_refused():
    with pytest.raises(Refused):
        read_link("https://" + "abcd." * 60 + "org/")


def test_plain_http_is_taken_where_the_operator_wants_it(settings):
    settings.PLAIN_HTTP_LINKS = True

    assert read_link("http://example.org:80/a").url == "http://example.org/a"
    with pytest.raises(Refused, match="number after the colon"):
        read_link("http://example.org:443/")
