"""What is left when the portal is gone: files behind any web server, with which badges verify."""

import hashlib
import json
import shutil
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import sync_playwright

from badges import openbadges as ob
from badges.actions import collect_badge, revoke_badge
from badges.actions.showing import show_to_others
from badges.actions.supplements import add_supplement
from badges.models import IssuerKey
from portal import clock
from portal.files.gate import Admitted
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, held_award, issuer_of, published_assertion, published_badge
from tests.interop.engines import verify_ob2, verify_ob3

pytestmark = pytest.mark.django_db


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture
def site(tmp_path, settings):
    """A folder behind a plain web server, at whose address the portal stood before."""
    folder = tmp_path / "site"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    settings.BASE_URL = f"http://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder
    server.shutdown()
    server.server_close()


@contextmanager
def browser_page():
    """A page of a browser, opened once the database has done its part: it keeps an event loop in this process."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def export(badge, site) -> Path:
    """Export the issuer of a badge and put its folder where the web server looks."""
    call_command("export_archive", site.parent / "out", issuer=badge.badge_class.organiser.slug)
    (site.parent / "out" / badge.badge_class.organiser.slug).rename(site)
    return site


def fetch(address: str) -> bytes | None:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 our own server
            return answer.read()
    except urllib.error.HTTPError:
        return None


def resolve(name: str) -> dict | None:
    body = fetch(ob.did_address(name) or name)
    return body and ob.decode(body)


def verdict(badge, form: str = "/credential.json", *, later=timedelta()) -> ob.State:
    """Verify what stands at the address of a badge with nothing but that web server."""
    given = ob.badge_in(fetch(f"{badge.absolute_url}{form}"))
    return ob.verify_any(given, resolve=resolve, fetch=resolve, now=clock.now() + later).state


def two_badges():
    badge_class = published_badge()
    kept = published_assertion(badge_class)
    gone = published_assertion(badge_class, email="ona@example.org", shows_name=False)
    revoke_badge(gone, by=issuer_of(badge_class.organiser), reason="Given to Ona by mistake.")
    return kept, gone


@pytest.mark.parametrize("form", ["/credential.json", ".json", ".png", ".svg", ".jwt"])
def test_every_form_verifies_years_later_behind_a_plain_web_server(site, form):
    kept, gone = two_badges()
    export(kept, site)

    assert verdict(kept, form, later=timedelta(days=4000)) == ob.State.VERIFIED
    assert verdict(gone, form, later=timedelta(days=4000)) == ob.State.REVOKED


def test_what_the_documents_name_is_there(site, client):
    kept, gone = two_badges()
    before = {path: plain(path, client.get(path).content) for path in addresses(kept)}
    export(kept, site)

    assert {path: plain(path, (site / path.lstrip("/")).read_bytes()) for path in before} == before
    stub = json.loads((site / f"assertions/{gone.key}.json").read_bytes())
    assert set(stub) == {"@context", "type", "id", "revoked", "revocationReason"}
    final = resolve(kept.row.status_list.url)
    assert ("validFrom" in final, "validUntil" in final) == (True, False)


def plain(path: str, content: bytes):
    return json.loads(content) if path.endswith("json") and "assertions" not in path else content


def addresses(badge) -> list[str]:
    version, issuer = badge.badge_version, badge.issuer
    stem = f"/badges/{badge.badge_class.key}/{version.number}"
    own = [f"/assertions/{badge.key}{end}" for end in (".json", "/credential.json", ".png", ".svg", ".jwt")]
    names = [f"/issuers/{issuer.key}{end}" for end in (".json", "/did.json", "/revocations.json", "/keys/1.json")]
    return [*own, *names, f"{stem}.json", f"{stem}/achievement.json", version.picture_url, "/contexts/waymark-1.json"]


def test_only_what_is_out_is_in_it_and_nobodys_name_or_address(site):
    kept, _gone = two_badges()
    held = held_award(kept.badge_class, email="petras@example.org").rows.get().assertion
    export(kept, site)
    files = [file.read_bytes() for file in site.rglob("*") if file.is_file()]

    assert not list(site.rglob(f"*{held.key}*"))
    assert not [one for one in files if b"jonas@example.org" in one or b"Jonas" in one or b"ona@example" in one]


def test_somebody_under_age_has_no_page_in_it_either(site):
    badge = assertion()
    collect_badge(badge, by=PersonFactory(email="jonas@example.org", is_of_age=False))
    export(badge, site)

    assert not (site / f"assertions/{badge.key}/index.html").exists()
    assert verdict(badge) == ob.State.VERIFIED


def test_documents_are_in_it_that_everybody_may_see(site):
    badge = published_assertion(email="jonas@example.org")
    file = [Admitted("jonas.pdf", content, "application/pdf") for content in (b"%PDF-1.7 shown", b"%PDF-1.7 kept")]
    shown, kept = (
        add_supplement(badge, title=title, file=one, by=issuer_of(badge.badge_class.organiser))
        for title, one in zip(["Shown one", "Kept one"], file, strict=True)
    )
    show_to_others(badge, by=badge.person, evidence=[], result=False, documents=[str(shown.key)])
    export(badge, site)

    folder = site / f"supplements/{shown.key}"
    content = (folder / "document.pdf").read_bytes()
    assert hashlib.sha256(content).hexdigest() == shown.sha256
    assert shown.sha256 in (folder / "statement.json").read_text()
    pages = [(site / f"assertions/{badge.key}/index.html").read_text(), (folder / "index.html").read_text()]
    assert all("Shown one" in page and shown.sha256 in page and "Kept one" not in page for page in pages)
    assert f'href="../../supplements/{shown.key}/index.html"' in pages[0]
    assert 'href="document.pdf"' in pages[1]
    assert not list(site.rglob(f"*{kept.key}*"))


def test_a_document_whose_file_is_lost_is_named(site, capsys):
    badge = published_assertion(email="jonas@example.org")
    file = Admitted("a.pdf", b"%PDF-1.7", "application/pdf")
    lost = add_supplement(badge, title="Lost", file=file, by=issuer_of(badge.badge_class.organiser))
    show_to_others(badge, by=badge.person, evidence=[], result=False, documents=[str(lost.key)])
    Path(lost.file.content.path).unlink()

    export(badge, site)

    assert f"the document {lost.key} is lost." in capsys.readouterr().err
    assert not (site / f"supplements/{lost.key}").exists()


def test_many_badges_take_as_many_queries_as_few(site):
    badge_class = published_badge()
    counts = []
    for number in range(3):
        badge = assertion(badge_class, email=f"person-{number}@example.org")
        with CaptureQueriesContext(connection) as asked:
            call_command("export_archive", site.parent / str(number), issuer=str(badge.issuer.key))
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_a_folder_in_use_and_an_unknown_issuer_are_refused(site):
    badge = assertion()
    used = site.parent / "out" / badge.badge_class.organiser.slug
    used.mkdir(parents=True)
    (used / "old.json").write_text("{}")

    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_archive", site.parent / "out", issuer=str(badge.issuer.key))
    with pytest.raises(CommandError, match="No organiser called nobody"):
        call_command("export_archive", site.parent / "out", issuer="nobody")
    IssuerKey.objects.update(valid_to=clock.now())
    with pytest.raises(CommandError, match="no signing key now"):
        call_command("export_archive", site.parent / "new")


@pytest.mark.interop
def test_foreign_engines_agree_about_what_a_plain_web_server_answers(site, settings):
    kept, gone = two_badges()
    export(kept, site)
    maps = {
        kept.issuer.did: site / f"issuers/{kept.issuer.key}/did.json",
        kept.row.status_list.url: site / f"status/{kept.row.status_list.key}",
        f"{settings.BASE_URL}/contexts/waymark-1.json": site / "contexts/waymark-1.json",
    }
    newer = [site / f"assertions/{one.key}/credential.json" for one in (kept, gone)]
    older = [f"{one.absolute_url}.json" for one in (kept, gone)]

    answers = [
        *verify_ob3(newer, maps),
        *verify_ob2(older, allow=[settings.BASE_URL.removeprefix("http://")], recipient="jonas@example.org"),
    ]
    assert [answer.verdict for answer in answers] == ["VALID", "INVALID"] * 2


@pytest.mark.browser
def test_a_page_checks_itself_on_a_server_and_on_a_disk(site):
    kept, gone = two_badges()
    export(kept, site)
    keys = {one: [one.absolute_url, (site / f"assertions/{one.key}/index.html").as_uri()] for one in (kept, gone)}

    with browser_page() as page:
        for address in keys[kept]:
            page.goto(address)
            page.wait_for_selector("[data-state=genuine]")
            assert "This badge is genuine." in page.inner_text("#verdict")
            assert page.evaluate("document.querySelector('img').naturalWidth > 0")
            assert page.inner_text("h1") == "Brake Check"
        for address in keys[gone]:
            page.goto(address)
            page.wait_for_selector("[data-state=revoked]")
            page.click("text=What it took")
            assert "Adjust two brakes" in page.inner_text("main")


@pytest.mark.browser
def test_a_changed_page_is_not_genuine(site):
    kept, _gone = two_badges()
    export(kept, site)
    address, file = kept.absolute_url, site / f"assertions/{kept.key}/index.html"
    whole, token = file.read_text(), (site / f"assertions/{kept.key}.jwt").read_text()
    head, payload, signature = token.split(".")
    trusted = site / f"issuers/{kept.issuer.key}/trusted.js"
    list_token = json.loads(trusted.read_text().removeprefix("const ISSUER = ").rstrip(";\n"))["lists"].popitem()[1]
    forged = [
        whole.replace(token, f"{head}.{payload[:-9]}AAAA{payload[-5:]}.{signature}"),
        whole.replace(token, f"{head}.{payload}.{signature[:-9]}AAAA{signature[-5:]}"),
        whole.replace(token, list_token),
        whole.replace(f'href="{address}"', f'href="{address[:-4]}0000"'),
    ]

    with browser_page() as page:
        for changed in forged:
            file.write_text(changed)
            page.goto(file.as_uri())
            page.wait_for_selector("[data-state=forged]")
        file.write_text(whole.replace(">Brake Check<", ">Doctor<"))
        page.goto(file.as_uri())
        page.wait_for_selector("[data-state=genuine]")
        assert page.inner_text("h1") == "Brake Check"
