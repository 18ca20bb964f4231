"""What strangers and software fetch, and what foreign engines say of it."""

import json
from datetime import date, timedelta

import pytest

from badges.actions import Recipient, award, collect_badge, revoke_badge, save_badge_text
from badges.actions.showing import publish_badge
from badges.models import Assertion
from badges.openbadges import read_token, unbake_png, unbake_svg
from badges.schedule import make_token_keys, release_due_batches, sign_stale_lists
from portal import clock
from portal.accounts.models import Person
from portal.workflow import take
from tests.factories.accounts import PersonFactory
from tests.factories.badges import (
    SAID,
    WORDS,
    assertion,
    carry_out,
    issuer_of,
    micro_credential,
    published_assertion,
    published_badge,
)
from tests.interop.engines import verify_ob3

pytestmark = pytest.mark.django_db
VOCABULARY = "http://localhost:8000/contexts/waymark-1.json"


def fetch(client, url):
    """Fetch an absolute address of ours."""
    return client.get(url.removeprefix("http://localhost:8000"))


def published(client, credential, folder):
    """Write the documents that a credential names to files, for the offline engine."""
    did, listed = credential["issuer"]["id"], credential["credentialStatus"]["statusListCredential"]
    did_path = "/" + "/".join(did.removeprefix("did:web:").split(":")[1:]) + "/did.json"
    maps = {did: folder / "did.json", listed: folder / "list.json", VOCABULARY: folder / "vocabulary.json"}
    maps[did].write_bytes(client.get(did_path).content)
    maps[listed].write_bytes(fetch(client, listed).content)
    maps[VOCABULARY].write_bytes(fetch(client, VOCABULARY).content)
    return maps


def token_key(client, token, folder):
    """Write the key that a token names to a file; return its address and the file."""
    address = read_token(token)[0]["kid"]
    file = folder / "key.json"
    file.write_bytes(fetch(client, address).content)
    return {address: file}


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_pages_of_a_badge_signed_until_the_end_of_the_calendar_are_served(client, settings, zone):
    badge_class, settings.TIME_ZONE = published_badge(), zone
    issuer, vaiva = issuer_of(badge_class.organiser), PersonFactory(email="vaiva@example.org")
    Person.objects.update(time_zone=zone)
    award(badge_class, [Recipient(vaiva.email, "Vaiva", vaiva, valid_until=date(9999, 12, 31))], by=issuer)
    carry_out()
    with clock.moved_to(timedelta(minutes=11)):
        release_due_batches()
    badge = publish_badge(collect_badge(Assertion.objects.get(), by=vaiva), by=vaiva)

    assert "31 December 9999" in client.get(badge.get_absolute_url()).content.decode()
    for reader, addresses in (
        (vaiva, [badge.get_absolute_url(), "/backpack/"]),
        (issuer, [badge.workspace_url, badge.workspace_url.replace(f"{badge.key}/", "")]),
    ):
        client.force_login(reader)
        assert [client.get(address).status_code for address in addresses] == [200, 200]


@pytest.mark.interop
@pytest.mark.parametrize("algorithm", ["EdDSA", "RS256"])
def test_the_token_is_valid_for_a_foreign_engine_whichever_key_is_chosen(client, settings, tmp_path, algorithm):
    settings.TOKEN_ALGORITHM = algorithm
    badge = assertion()
    address = f"/assertions/{badge.key}.jwt"
    if algorithm == "RS256":
        assert (client.get(address).status_code, client.get(address).headers["Retry-After"]) == (503, "5")
    make_token_keys()
    answer = client.get(address)
    credential = json.loads(client.get(f"/assertions/{badge.key}/credential.json").content)
    file = tmp_path / "badge.jwt"
    file.write_bytes(answer.content)

    assert answer.headers["Content-Type"] == "application/jwt"
    maps = published(client, credential, tmp_path) | token_key(client, answer.content, tmp_path)
    assert verify_ob3([file], maps) == [("VALID", [])]


@pytest.mark.interop
def test_a_micro_credential_in_two_languages_says_it_all_to_a_foreign_engine(client, tmp_path):
    badge_class = micro_credential(credits="2.5")
    words = {**WORDS, **SAID, "language": "lt", "name": "Stabdžių patikra"}
    save_badge_text(badge_class, by=issuer_of(badge_class.organiser), words=words)
    badge = assertion(take(badge_class.publish, by=issuer_of(badge_class.organiser)))
    body = client.get(f"/assertions/{badge.key}/credential.json").content
    achievement = json.loads(body)["credentialSubject"]["achievement"]
    file = tmp_path / "badge.json"
    file.write_bytes(body)

    assert achievement["microCredential"]["level"] == "eqf-5"
    assert achievement["microCredential"]["workload"] == "PT600M"
    assert achievement["microCredential"]["learningOutcomes"] == "Adjusts brakes\nTests brakes"
    assert [(one["inLanguage"], one["name"]) for one in achievement["translation"]] == [("lt", "Stabdžių patikra")]
    assert achievement["creditsAvailable"] == json.loads(body)["credentialSubject"]["creditsEarned"] == 2.5
    assert verify_ob3([file], published(client, json.loads(body), tmp_path)) == [("VALID", [])]


@pytest.mark.interop
def test_json_and_pictures_are_valid_for_a_foreign_engine_and_ten_changed_copies_are_not(client, tmp_path):
    badge = assertion()
    body = client.get(f"/assertions/{badge.key}/credential.json").content
    credential = json.loads(body)
    files = [tmp_path / "badge.json", tmp_path / "badge.png", tmp_path / "badge.svg"]
    files[0].write_bytes(body)
    for file in files[1:]:
        file.write_bytes(client.get(f"/assertions/{badge.key}{file.suffix}").content)
    for number, change in enumerate(CHANGES):
        copy = json.loads(body)
        change(copy)
        files.append(tmp_path / f"changed-{number}.json")
        files[-1].write_text(json.dumps(copy))

    verdicts = [verdict for verdict, _why in verify_ob3(files, published(client, credential, tmp_path))]

    assert verdicts == ["VALID"] * 3 + ["INVALID"] * 10


CHANGES = [
    lambda c: c.update(name="Another badge"),
    lambda c: c["credentialSubject"]["achievement"].update(name="Doctor"),
    lambda c: c["credentialSubject"]["achievement"].update(description="Knows everything."),
    lambda c: c["credentialSubject"]["achievement"]["criteria"].update(narrative="Pay."),
    lambda c: c["credentialSubject"].update(id="urn:uuid:00000000-0000-4000-8000-000000000000"),
    lambda c: c["credentialSubject"]["identifier"][0].update(salt="pepper"),
    lambda c: c["issuer"].update(name="Somebody else"),
    lambda c: c.update(validFrom="2001-01-01T00:00:00Z"),
    lambda c: c["credentialStatus"].update(statusListIndex="7"),
    lambda c: c["proof"].update(created="2001-01-01T00:00:00Z"),
]


@pytest.mark.parametrize(("ending", "unbake"), [("png", unbake_png), ("svg", unbake_svg)])
def test_the_picture_carries_both_forms_once(client, ending, unbake):
    badge = assertion()

    baked = unbake(client.get(f"/assertions/{badge.key}.{ending}").content)

    assert baked["openbadgecredential"] == client.get(f"/assertions/{badge.key}/credential.json").content
    assert baked["openbadges"] == client.get(f"/assertions/{badge.key}.json").content


def test_a_revoked_badge_says_so_everywhere(client):
    badge = published_assertion()
    revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="Given to the wrong person.")
    sign_stale_lists()

    hosted = client.get(f"/assertions/{badge.key}.json")
    page = client.get(badge.get_absolute_url()).content.decode()

    assert hosted.status_code == 410
    assert set(hosted.json()) == {"@context", "type", "id", "revoked", "revocationReason"}
    assert "This badge was taken back." in page
    assert "Given to the wrong person." in page


def test_no_address_of_the_holder_is_in_what_strangers_get(client):
    badge = published_assertion()
    paths = [
        badge.get_absolute_url(),
        *(f"/assertions/{badge.key}{end}" for end in (".json", "/credential.json", ".png", ".svg", ".jwt")),
    ]

    assert not [path for path in paths if b"jonas@example.org" in client.get(path).content]


@pytest.mark.parametrize("ending", [".json", "/credential.json", ".png", ".svg", ".jwt"])
def test_other_sites_may_read_the_documents(client, ending):
    answer = client.get(f"/assertions/{assertion().key}{ending}")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_issuer_version_and_list_are_served_at_the_addresses_the_badge_names(client):
    badge = assertion()
    said = client.get(f"/assertions/{badge.key}.json").json()

    version = fetch(client, said["badge"]).json()
    profile = fetch(client, version["issuer"]).json()

    assert version["id"] == said["badge"]
    assert profile["id"] == version["issuer"]
    assert (
        fetch(client, version["image"]["id"] if isinstance(version["image"], dict) else version["image"]).status_code
        == 200
    )
    assert client.get(f"/issuers/{badge.issuer.key}").url == badge.badge_class.organiser.get_absolute_url()


def test_the_page_is_kept_out_of_search_engines(client):
    assert client.get(published_assertion().get_absolute_url()).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("ending", [".json", "/credential.json", ".png", ".svg", ".jwt"])
def test_no_cache_keeps_a_document_so_long_that_a_revocation_stays_unseen(client, ending):
    answer = client.get(f"/assertions/{assertion().key}{ending}")

    assert answer.headers["Cache-Control"] == "public, max-age=30"


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/ld+json"),
        ("*/*", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/ld+json, application/json;q=0.9", "application/ld+json"),
        ("image/png", "application/ld+json"),
    ],
)
def test_older_documents_come_as_the_reader_prefers_them(client, accept, kind):
    for address in hosted_addresses(assertion()):
        answer = client.get(address, headers={"Accept": accept} if accept else {})
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
        assert "Accept" in answer.headers["Vary"]


def test_a_browser_is_led_from_an_older_document_to_its_page(client):
    badge = published_assertion()

    for address in hosted_addresses(badge):
        page = client.get(address, headers={"Accept": BROWSER}, follow=True)
        assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def hosted_addresses(badge):
    version = badge.badge_version
    return [
        f"/assertions/{badge.key}.json",
        f"/badges/{badge.badge_class.key}/{version.number}.json",
        f"/issuers/{badge.issuer.key}.json",
    ]


def test_an_issuer_names_what_it_took_back_of_published_badges_without_the_reasons(client):
    badge_class = published_badge()
    kept, gone = assertion(badge_class), published_assertion(badge_class, email="ona@example.org")
    private = assertion(badge_class, email="rasa@example.org")
    for badge in (gone, private):
        revoke_badge(badge, by=issuer_of(badge.badge_class.organiser), reason="Given to Ona by mistake.")
    profile = client.get(f"/issuers/{gone.issuer.key}.json").json()

    listed = fetch(client, profile["revocationList"])
    assert listed.json() == {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "RevocationList",
        "id": profile["revocationList"],
        "issuer": profile["id"],
        "revokedAssertions": [f"http://localhost:8000/assertions/{gone.key}.json"],
    }
    assert str(kept.key) not in listed.content.decode()
