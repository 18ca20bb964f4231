"""Whoever follows every link there is finds nothing that a holder keeps private."""

import os
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from badges.actions import Recipient, award, collect_badge, revoke_badge
from badges.actions.portfolio import choose_for_portfolio, show_portfolio
from badges.actions.reader_shares import Chosen, make_share
from badges.actions.showing import publish_badge
from badges.actions.supplements import add_supplement
from badges.models import Assertion, Collection, Issuer, Portfolio
from badges.schedule import sign_stale_lists
from organisers.models import Membership
from portal import clock
from portal.files.gate import Admitted
from tests.factories.accounts import PersonFactory
from tests.factories.badges import carry_out, issuer_of, published_badge
from tests.factories.collections import collection
from tests.factories.organisers import MembershipFactory, OrganiserFactory

pytestmark = pytest.mark.django_db

HOLDERS = 500 if os.environ.get("FULL_SIZE") == "1" else 24
PAGES = 20 * HOLDERS  # no crawl goes on for ever
LINK = re.compile(r"""(?:href|src|action)="([^"]+)"|"(https?://[^"\\]+|/[^"\\ ]*)"|<loc>([^<]+)""")
SEEDS = [
    "/",
    "/en/",
    "/sitemap.xml",
    "/robots.txt",
    "/en/badges/",
    "/en/organisers/",
    "/verify",
    "/backpack/",
    "/workspace/",
]


def name_of(number) -> str:
    return f"Canaryname{number:04}x"


def address_of(number) -> str:
    return f"canaryaddress{number:04}x@example.org"


def held(number, badge):
    """Return somebody's badge with evidence, result and document, in one of the states that a badge can be in."""
    person = PersonFactory(email=address_of(number), name=name_of(number))
    assertion = Assertion.objects.get(email=person.email)
    paper = Admitted("paper.pdf", f"%PDF canarypaper{number:04}x".encode(), "application/pdf")
    if number % 6:
        assertion = collect_badge(assertion, by=person)
    if number % 6 == 1:
        add_supplement(assertion, title=f"Canarytitle{number:04}x", file=paper, by=issuer_of(badge.organiser))
        collection(person, [assertion], visibility="public", may_be_indexed=True)
    if number % 6 == 2:
        make_share(
            by=person,
            reader=f"Canaryreader{number:04}x",
            badges=[Chosen(assertion.key)],
            language="en",
            until=clock.today(),
        )
    if number % 6 == 3:
        choose_for_portfolio([assertion.key], by=person)
        show_portfolio(by=person, shows_name=False, may_be_indexed=True)
    if number % 6 == 4:
        revoke_badge(assertion, by=issuer_of(badge.organiser), reason="A mistake.")
    if number % 6 == 5:
        assertion = publish_badge(assertion, by=person, shows_name=False)
    return assertion


@pytest.fixture
def network():
    """Return the badges of many holders, of one issuer, each with canaries."""
    organiser = OrganiserFactory(verified=True)
    badge = published_badge(organiser)
    numbers = range(1, HOLDERS + 1)
    facts = [
        Recipient(
            address_of(number), name_of(number), narrative=f"Canarywords{number:04}x",
            evidence=[f"https://example.org/canaryevidence{number:04}x"], result=f"Canaryresult{number:04}x",
        )
        for number in numbers
    ]  # fmt: skip
    award(badge, facts, by=None, source="playlist")
    carry_out()
    found = {number: held(number, badge) for number in numbers}
    sign_stale_lists()
    return organiser, found


def reader(kind, organiser) -> Client:
    """Return a browser of a stranger, of a learner with a badge of the same kind, or of another issuer."""
    client = Client()
    if kind == "learner":
        client.force_login(PersonFactory())
    if kind == "issuer":
        membership = MembershipFactory(role="owner", organiser=OrganiserFactory(verified=True))
        assert not Membership.objects.filter(organiser=organiser, person=membership.person).exists()
        client.force_login(membership.person)
    return client


def crawled(client, seeds):
    """Yield each address that can be reached from some and what it answers, headers included."""
    waiting, seen = [*seeds], {*seeds}
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        yield path, f"{answer.headers}\n{body.decode(errors='replace')}"
        found = {unescape(next(filter(None, match))) for match in LINK.findall(body.decode(errors="replace"))}
        for link in sorted({answer.headers.get("Location", ""), *found} - {""}):
            where = urlsplit(urljoin(f"{settings.BASE_URL}{path}", link))
            query = "" if "next=" in where.query else where.query  # which leads to the same page in endless ways
            own = f"{where.path}?{query}" if query else where.path
            if where.netloc == urlsplit(settings.BASE_URL).netloc and own not in seen and "/logout" not in own:
                assert len(seen) < PAGES, sorted(seen)[::40]
                seen.add(own)
                waiting.append(own)


@pytest.mark.parametrize("kind", ["stranger", "learner", "issuer"])
def test_no_name_address_evidence_or_private_badge_is_found(kind, network):
    organiser, badges = network
    issuer = Issuer.objects.get(organiser=organiser)
    lists = [one.url.removeprefix(settings.BASE_URL) for one in issuer.status_lists.all()]
    seeds = [
        *SEEDS,
        organiser.get_absolute_url(),
        f"/issuers/{issuer.key}.json",
        f"/issuers/{issuer.key}/did.json",
        *lists,
    ]
    published = [one for one in badges.values() if one.is_published]
    shared = [*Collection.objects.shared(), *Portfolio.objects.shown()]
    seeds += [getattr(one, "shared_url", "") or one.address.removeprefix(settings.BASE_URL) for one in shared]

    found = dict(crawled(reader(kind, organiser), [*seeds, *[one.get_absolute_url() for one in published]]))

    text = "\n".join(found.values())
    leaks = set(re.findall(r"(?i)canary(?:name|address|evidence|result|paper|title|reader)\d{4}x", text))
    assert leaks == set()
    private = {str(one.key) for one in badges.values() if not one.is_published}
    assert not {key for key in private if key in text}
    assert all("Brake Check" in found[one.get_absolute_url()] for one in published)
    assert len(published) == HOLDERS // 6
    assert sum(path.startswith(("/collections/", "/portfolio/")) for path in found) > len(shared) > 5
    assert any(path.startswith("/status/") for path in found)
    assert len(found) > 5 * len(published)
