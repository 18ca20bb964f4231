"""The page on which anybody checks any badge."""

import json
from base64 import urlsafe_b64encode as b64encode
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from badges import foreign
from badges.actions import revoke_badge
from badges.actions.keys import report_compromised
from badges.actions.known_issuers import add_known_issuer
from badges.cards import may_print
from badges.models import KnownIssuer
from badges.schedule import sign_stale_lists
from organisers.models import Organiser
from portal.audit.models import AuditEvent
from portal.fetching import door
from tests.badges.elsewhere import DID, SITE, School
from tests.badges.openbadges import samples
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, issuer_of, published_assertion, published_badge
from tests.portal.web import page, passed_on

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


LEAD_NOWHERE = [
    *("https://[", "http://[::1", "https://[::1]/issuer", "https://", "https://school", "https://192.0.2.1/issuer"),
    *("https://a:b@school.example.org/", "did:key:zzz", "did:key:", "did:web:", "did:web:school", "did:web:%5B"),
]


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
    badge = published_assertion()
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
    badge = published_assertion()
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
    typed = {"name": "School", "address": " did:web:school.example.org ", "note": "Spoke with them."}
    client.force_login(PersonFactory())
    assert client.get("/network/known-issuers/").status_code == 403
    assert client.post("/network/known-issuers/", typed).status_code == 403

    client.force_login(coordinator)
    assert "No issuer elsewhere is known yet" in client.get("/network/known-issuers/").content.decode()
    for wrong in ["", "School", "javascript:alert(1)", "did:example:1", *LEAD_NOWHERE]:
        page = client.post("/network/known-issuers/", {**typed, "address": wrong})
        assert (page.status_code, "Spoke with them." in page.content.decode()) == (422, True)
    for name in ["School", "School of Lamps"]:
        client.post("/network/known-issuers/", {**typed, "name": name})
    known = KnownIssuer.objects.get()
    assert (known.name, known.address, known.added_by) == ("School of Lamps", "did:web:school.example.org", coordinator)
    client.post("/network/known-issuers/", {**typed, "note": ""})
    assert f'<td data-title="Known by">{coordinator}</td>' in client.get("/network/known-issuers/").content.decode()
    client.post(f"/network/known-issuers/{known.pk}/forget/")
    assert not KnownIssuer.objects.exists()
    assert AuditEvent.objects.filter(verb__startswith="badges.known_issuer").count() == 4


def test_nobody_checks_without_end(client):
    said = [client.post("/verify", {"text": "hello"}).status_code for _time in range(61)]

    assert (set(said[:60]), said[60]) == ({422}, 429)
    page, machine = client.post("/verify", {"text": "hello"}), ask(client, "hello", headers=JSON)
    assert "hello</textarea>" in page.content.decode()
    assert (machine.status_code, list(machine.json()["errors"])) == (429, ["__all__"])
    assert client.get("/verify").status_code == 200


ODD_ADDRESSES = ["http://[", "https://[::1/x", "did:web:[", "https://\udcff".encode("utf-8", "surrogatepass")]


@pytest.mark.parametrize("odd", ODD_ADDRESSES)
def test_odd_addresses_are_answered(client, school, odd):
    assert ask(client, odd).status_code in (200, 422)
    if isinstance(odd, str):
        badge = json.loads(school.signs())
        for said in ({**badge, "issuer": {**badge["issuer"], "id": odd}}, {"id": odd, "badge": odd, "issuer": odd}):
            assert ask(client, json.dumps(said).encode()).status_code == 200
        assert ask(client, school.endorses(odd)).status_code == 200


def test_the_ends_of_all_time_are_no_dates(client, school):
    never = school.signs(expires_at=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    found = answer(client, never)

    assert [step["text"] for step in found["steps"] if step["code"] == "expiry"] == ["valid without end"]
    hosted = school.hosts() | {"issuedOn": "0001-01-01T00:00:00+14:00", "expires": "0001-01-02T00:00:00+14:00"}
    school["/1"] = hosted
    assert answer(client, f"{SITE}/1")["finding"] == "expired"


def test_what_people_put_on_our_own_site_speaks_for_nobody(monkeypatch):
    monkeypatch.setattr(door, "DOOR", None)  # it is not asked for over the network
    assert foreign.Web().document(f"{settings.BASE_URL}/documents/2/key.json") is None
    assert foreign.Web().document(f"{settings.BASE_URL}/assertions/1.json") is None


def test_a_site_that_passes_questions_on_does_not_speak_for_what_answers(client, school):
    school.hosts()
    other = School([], "https://forger.example.org")
    school.internet.site("forger.example.org", other)
    school["/go"] = passed_on("https://forger.example.org/1")
    other["/1"] = {name: value for name, value in school.get("/1").items() if name != "id"}

    assert answer(client, f"{SITE}/go")["finding"] not in ("genuine", "issuer-unknown")


def test_who_does_not_know_the_issuer_of_an_expired_badge_says_so(client, school):
    found = answer(client, school.signs(expires_at=datetime(2026, 6, 1, tzinfo=UTC)))

    assert found["finding"] == "expired"
    assert "The network does not know the issuer." in found["summary"]


def test_a_copy_signed_with_a_withdrawn_key_says_so_in_every_form(client):
    badge = assertion()
    sign_stale_lists()
    copies = [client.get(f"/assertions/{badge.key}{path}").content for path in ("/credential.json", ".jwt")]
    for key in badge.issuer.keys.all():
        report_compromised(key, by=PersonFactory(roles=["network_admin"]), words="Lost.")
    sign_stale_lists()

    for copy in copies:
        found = answer(client, copy)
        assert found["finding"] == "not-valid"
        assert "withdrew the key" in found["summary"]


def test_a_token_that_says_it_is_not_signed_is_not_valid(client, school):
    badge = json.loads(school.signs())
    header = b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=")
    payload = b64encode(json.dumps({name: badge[name] for name in badge if name != "proof"}).encode()).rstrip(b"=")

    assert answer(client, b".".join([header, payload, b"AAAA"]).decode())["finding"] == "not-valid"


@pytest.mark.parametrize("path", ["/verify", "/backpack/add/"])
def test_a_text_that_is_too_large_is_said_to_be_and_a_file_goes_instead(client, path):
    client.force_login(PersonFactory())

    response = client.post(path, {"text": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})

    assert (response.status_code, "hand in a file instead" in response.content.decode()) == (400, True)
