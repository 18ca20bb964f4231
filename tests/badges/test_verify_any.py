"""The page on which anybody checks any badge."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from badges import foreign
from badges.actions import revoke_badge
from badges.actions.known_issuers import add_known_issuer
from badges.cards import may_print
from badges.models import KnownIssuer
from badges.schedule import sign_stale_lists
from organisers.models import Organiser
from portal.audit.models import AuditEvent
from portal.fetching import door
from tests.badges.elsewhere import DID, SITE
from tests.badges.openbadges import samples
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of, published_badge
from tests.portal.web import page

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def ask(client, given, **options):
    file = SimpleUploadedFile("badge", given) if isinstance(given, bytes) else None
    typed = {"file": file} if file else {"text": given}
    return client.post("/verify", typed, **options)


def answer(client, given):
    return ask(client, given, headers=JSON).json()


def own_forms(client, badge):
    """Return all that people may have of a badge of ours: files, texts and addresses."""
    paths = ["/credential.json", ".json", ".jwt", ".png", ".svg", *([".pdf"] if may_print() else [])]
    files = [client.get(f"/assertions/{badge.key}{path}").content for path in paths]
    addresses = [f"{settings.BASE_URL}/assertions/{badge.key}{path}" for path in ["", "?lang=lt", *paths]]
    return [*files, files[0].decode(), *addresses]


def test_our_own_badge_is_genuine_in_every_form(client, monkeypatch):
    monkeypatch.setattr(door, "DOOR", None)  # it is not asked for over the network
    badge = assertion()
    sign_stale_lists()

    for one in own_forms(client, badge):
        found = answer(client, one)
        assert (found["finding"], found["name"]) == ("genuine", "Brake Check"), one[:80]
    page = ask(client, one).content.decode()
    assert "This badge is genuine." in page
    assert badge.badge_class.organiser.name in page


def test_a_text_is_marked_with_its_own_language(client):
    badge = assertion(published_badge(language="lt"))
    sign_stale_lists()

    page = ask(client, client.get(f"/assertions/{badge.key}/credential.json").content).text

    assert '<h2 class="card-title" lang="lt">' in page


def test_a_badge_of_an_organiser_whom_nobody_checked_is_not_green(client):
    badge = assertion()
    sign_stale_lists()
    Organiser.objects.update(standing=Organiser.Standing.UNVERIFIED)

    found = answer(client, f"{settings.BASE_URL}/assertions/{badge.key}")
    assert (found["finding"], found["issuer"]["known_as"]) == ("issuer-unknown", "")


def test_our_revoked_badge_does_not_count_in_any_form(client):
    badge = assertion()
    forms = own_forms(client, badge)
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="By mistake.")
    sign_stale_lists()

    assert {answer(client, one)["finding"] for one in forms} == {"revoked"}


def test_a_sound_badge_of_an_unknown_issuer_is_never_green(client, school):
    badge = school.signs()
    found = answer(client, badge)
    page = ask(client, badge).content.decode()

    assert found["finding"] == "issuer-unknown"
    assert found["issuer"] == {"id": DID, "name": "School", "known_as": ""}
    assert 'data-tone="warning"' in page
    assert 'data-tone="success"' not in page

    add_known_issuer(by=PersonFactory(roles=["coordinator"]), address=DID, name="School")
    assert answer(client, badge)["finding"] == "genuine"


def test_an_issuer_that_only_calls_itself_by_a_known_name_stays_unknown(client, school):
    badge = school.signs()
    add_known_issuer(by=PersonFactory(roles=["coordinator"]), address="did:web:other.example", name="School")

    assert answer(client, badge)["finding"] == "issuer-unknown"


@pytest.mark.parametrize("name", samples.tampered())
def test_no_changed_copy_is_genuine(client, school, name):
    found = answer(client, samples.tampered()[name])

    assert found.get("finding") in ("not-valid", "open", None)


def test_a_forged_badge_gets_no_tick_after_its_signature(client):
    badge = assertion()
    sign_stale_lists()
    forged = client.get(f"/assertions/{badge.key}/credential.json").text.replace("Brake Check", "Dean of All")

    found = answer(client, forged)
    assert [(step["code"], step["state"]) for step in found["steps"]] == [("readable", ""), ("proof", "failed")]
    assert found["issuer"]["known_as"] == ""
    assert "Not confirmed" in ask(client, forged).text


@pytest.mark.parametrize("path", ["/organisers/nobody/", "/assertions/00000000-0000-4000-8000-000000000000", "/en/"])
def test_an_address_of_ours_without_a_badge_says_so(client, path):
    assert "No badge that somebody holds" in ask(client, f"{settings.BASE_URL}{path}").text


def test_what_cannot_be_reached_leaves_the_answer_open(client, school):
    badge = school.signs()
    del school["/issuer/did.json"]

    found = answer(client, badge)
    assert found["finding"] == "open"
    assert [step["code"] for step in found["steps"] if step["state"] == "unknown"] == ["proof", "issuer"]


def test_a_badge_of_an_older_generation_is_read_at_its_address(client, school):
    school.hosts()

    found = answer(client, f"{SITE}/1")
    assert (found["finding"], found["generation"], found["name"]) == ("issuer-unknown", "2.0", "Cook")
    school["/1"] = page(b"gone", status="410 Gone")
    assert answer(client, f"{SITE}/1")["finding"] == "revoked"


def test_a_badge_may_not_lead_the_portal_about_for_ever(client, school):
    school["/1"] = {"id": f"{SITE}/1", "badge": f"{SITE}/b", "issuedOn": "2025-01-01T00:00:00Z"}
    school["/b"] = {"id": f"{SITE}/b", "name": "x", "issuer": f"{SITE}/1"}

    answer(client, f"{SITE}/1")
    assert len(school.requests) <= foreign.MOST_DOCUMENTS


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Hand in a file, or an address or text"),
        ({"text": "hello"}, "No badge was found in it."),
        ({"text": "{" + "[" * 200_000}, "No badge was found in it."),
        ({"file": SimpleUploadedFile("x.png", samples.png())}, "No badge was found in it."),
        ({"file": SimpleUploadedFile("x.png", b"x" * 5_300_000)}, "at most 5 MB"),
        ({"text": "{}", "file": SimpleUploadedFile("x.json", b"{}")}, "one of them"),
    ],
)
def test_what_holds_no_badge_is_told_plainly(client, typed, sentence):
    for field in typed.values():
        if hasattr(field, "seek"):
            field.seek(0)
    page = client.post("/verify", {"text": "", **typed})

    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_texts_of_strangers_stay_texts(client, school):
    badge = school.signs(achievement=replace(samples.ACHIEVEMENT, name="<script>alert(1)</script>"))

    assert "<script>alert(1)" not in ask(client, badge).content.decode()


def test_the_list_of_known_issuers_is_the_networks(client):
    coordinator = PersonFactory(roles=["coordinator"])
    typed = {"name": "School", "address": " did:web:school.example ", "note": "Spoke with them."}
    client.force_login(PersonFactory())
    assert client.get("/network/known-issuers/").status_code == 403
    assert client.post("/network/known-issuers/", typed).status_code == 403

    client.force_login(coordinator)
    assert "No issuer elsewhere is known yet" in client.get("/network/known-issuers/").content.decode()
    for wrong in ["", "School", "javascript:alert(1)", "did:example:1"]:
        page = client.post("/network/known-issuers/", {**typed, "address": wrong})
        assert (page.status_code, "Spoke with them." in page.content.decode()) == (422, True)
    for name in ["School", "School of Lamps"]:
        client.post("/network/known-issuers/", {**typed, "name": name})
    known = KnownIssuer.objects.get()
    assert (known.name, known.address, known.added_by) == ("School of Lamps", "did:web:school.example", coordinator)
    client.post(f"/network/known-issuers/{known.pk}/forget/")
    assert not KnownIssuer.objects.exists()
    assert AuditEvent.objects.filter(verb__startswith="badges.known_issuer").count() == 3


def test_nobody_checks_without_end(client):
    said = [client.post("/verify", {"text": "hello"}).status_code for _time in range(61)]

    assert (set(said[:60]), said[60]) == ({422}, 429)
