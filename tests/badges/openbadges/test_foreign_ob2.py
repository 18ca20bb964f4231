"""The official Open Badges 2.0 validator judges what we serve, over HTTP on this machine."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from badges import openbadges as ob
from tests.interop.engines import verify_ob2

from .samples import BASE, EMAIL, SHAPES, png

pytestmark = pytest.mark.interop


class Site(BaseHTTPRequestHandler):
    """Serves `pages`: path → (status, content type, bytes)."""

    pages: dict[str, tuple[int, str, bytes]]

    def do_GET(self):
        status, kind, body = self.pages.get(self.path, (404, "text/plain", b"nothing here"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep quiet."""


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OurSite", (Site,), {"pages": {}}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def publish(server, name, award, *, revoked=False):
    """Serve the three documents of `award` under `name`; return the assertion's address."""
    base = f"http://localhost:{server.server_port}/{name}"
    moved = {"assertion": ob.assertion(award), "issuer": ob.issuer_profile(award.issuer)}
    moved["badge"] = ob.badge_class(award.achievement, award.issuer)
    pages = server.RequestHandlerClass.pages
    for document in moved.values():
        text = json.dumps(document).replace(BASE, base)
        pages[urlsplit(json.loads(text)["id"]).path] = (200, "application/ld+json", text.encode())
    for picture in ("logo", "badge"):
        pages[f"/{name}/media/{picture}.png"] = (200, "image/png", png())
    address = award.hosted_url.replace(BASE, base)
    if revoked:
        stub = ob.revoked_assertion(address, "Awarded by mistake")
        pages[urlsplit(address).path] = (410, "application/ld+json", ob.encode(stub))
    return address


def judge(server, addresses, **options):
    return verify_ob2(addresses, allow=[f"localhost:{server.server_port}"], **options)


def test_every_shape_is_valid_for_its_recipient(site):
    addresses = {name: publish(site, f"shape-{n}", award) for n, (name, award) in enumerate(SHAPES.items())}

    answers = judge(site, addresses.values(), recipient=EMAIL)

    judged = dict(zip(addresses, answers, strict=True))
    assert {name: answer for name, answer in judged.items() if answer != ("VALID", [])} == {}


def test_somebody_else_is_not_the_recipient(site):
    address = publish(site, "else", SHAPES["full"])

    assert judge(site, [address], recipient="mallory@example.com")[0].verdict == "INVALID"


def test_baked_picture_leads_to_the_hosted_badge(site, tmp_path):
    address = publish(site, "baked", SHAPES["full"])
    picture = tmp_path / "badge.png"
    picture.write_bytes(ob.bake_png(png(), b"{}", address.encode()))

    assert judge(site, [picture], recipient=EMAIL) == [("VALID", [])]


def test_revoked_badge_is_invalid(site):
    address = publish(site, "revoked", SHAPES["full"], revoked=True)

    assert judge(site, [address])[0].verdict == "INVALID"


def test_expired_badge_is_invalid(site):
    award = SHAPES["full"]
    address = publish(site, "expired", replace(award, expires_at=award.issued_at))

    assert judge(site, [address])[0].verdict == "INVALID"


def test_revoked_stub_tells_nothing_but_that():
    assert ob.revoked_assertion(f"{BASE}/assertions/9a2f.json", "Awarded by mistake") == {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": f"{BASE}/assertions/9a2f.json",
        "revoked": True,
        "revocationReason": "Awarded by mistake",
    }
