"""Keys are replaced, withdrawn and encrypted anew; badges go on being what they are."""

import json
import logging
import pickle
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from badges.actions.attestations import endorse
from badges.actions.keys import encrypt_keys_anew, report_compromised, rotate_key
from badges.models import Attestation, Issuer, IssuerKey, SignedDocument
from badges.openbadges import State, decode, read_token, verify, verify_proof
from badges.published import own_document
from badges.schedule import sign_anew, sign_stale_lists
from badges.signing import can_open, signer
from portal import clock
from portal.audit.models import AuditEvent
from portal.invariants import violations
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, published_badge
from tests.factories.organisers import OrganiserFactory
from tests.portal.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def admin():
    return PersonFactory(roles=["network_admin"])


def document_of(badge):
    return badge.documents.get(format=SignedDocument.Format.OB3, replaced_by=None)


def state_of(badge, body=None):
    found = verify((body or document_of(badge).body).encode(), resolve=own_document, now=clock.now())
    return found.state


def key_named(body):
    return decode(body.encode())["proof"]["verificationMethod"].rpartition("#")[2]


def test_a_replaced_key_signs_no_more_and_what_it_signed_stays(admin):
    badge_class = published_badge()
    first = assertion(badge_class)
    rotate_key(first.issuer, by=admin)
    second = assertion(badge_class, email="ona@example.org")
    sign_stale_lists()

    assert [key_named(document_of(one).body) for one in (first, second)] == ["key-1", "key-2"]
    assert [state_of(one) for one in (first, second)] == [State.VERIFIED, State.VERIFIED]
    assert AuditEvent.objects.get(verb="badges.key.rotate").actor_id == admin.pk


def test_what_a_withdrawn_key_signed_is_signed_anew_and_says_the_same(admin):
    badge = assertion()
    former = document_of(badge)
    hosted = badge.documents.get(format=SignedDocument.Format.OB2)
    report_compromised(badge.issuer.keys.get(), by=admin, words="A copy of the server was lost.")
    sign_stale_lists()
    assert state_of(badge) == State.INVALID

    sign_anew()
    newer = document_of(badge)
    assert (key_named(newer.body), state_of(badge)) == ("key-2", State.VERIFIED)
    old, new = decode(former.body.encode()), decode(newer.body.encode())
    assert {k: v for k, v in old.items() if k != "proof"} == {k: v for k, v in new.items() if k != "proof"}
    assert state_of(badge, former.body) == State.INVALID
    former.refresh_from_db()
    assert former.replaced_by == newer
    assert badge.documents.get(format=SignedDocument.Format.OB2, replaced_by=None) == hosted
    assert not sign_anew()
    assert SignedDocument.objects.count() == 3
    assert list(violations()) == []


def test_badges_are_signed_anew_each_time_that_a_key_is_withdrawn(admin):
    badge = assertion()
    for _time in range(2):
        report_compromised(badge.issuer.keys.signing(IssuerKey.Algorithm.ED25519).get(), by=admin, words="Lost.")
        sign_anew()

    assert badge.documents.filter(format="ob3").count() == 3
    assert (
        badge.documents.get(format="ob3", replaced_by=None).key
        == badge.issuer.keys.signing(IssuerKey.Algorithm.ED25519).get()
    )


def test_rows_that_a_key_signed_before_it_was_withdrawn_are_signed_anew_too(admin):
    badge_class = published_badge()
    held = assertion(badge_class)
    badge = assertion(badge_class, email="ona@example.org")
    report_compromised(badge.issuer.keys.get(), by=admin, words="Lost.")
    later = assertion(badge_class, email="third@example.org")
    carry_out()
    sign_anew()
    sign_stale_lists()

    assert [state_of(one) for one in (held, badge, later)] == [State.VERIFIED] * 3


def test_a_withdrawn_key_is_published_as_such_and_its_tokens_end(client, admin):
    badge = assertion()
    where = f"/issuers/{badge.issuer.key}"
    before = client.get(f"{where}/keys/1.json")
    report_compromised(badge.issuer.keys.get(), by=admin, words="Lost.")

    published = json.loads(client.get(f"{where}/did.json").content)
    assert [("revoked" in one) for one in published["verificationMethod"]] == [True, False]
    assert published["assertionMethod"] == [published["verificationMethod"][1]["id"]]
    assert (before.status_code, client.get(f"{where}/keys/1.json").status_code) == (200, 410)
    sign_anew()
    token = client.get(f"/assertions/{badge.key}.jwt").content
    assert read_token(token)[0]["kid"].endswith(f"{where}/keys/2.json")


def test_only_the_network_and_the_operator_touch_keys():
    key = assertion().issuer.keys.get()
    for somebody in [PersonFactory(), PersonFactory(roles=["coordinator"])]:
        for act in [
            lambda by: rotate_key(key.issuer, by=by),
            lambda by: report_compromised(key, by=by, words="Lost."),
            lambda by: encrypt_keys_anew(by=by),
        ]:
            with pytest.raises(PermissionDenied):
                act(somebody)
    assert list(key.issuer.keys.in_use()) == [key]


def test_a_key_is_withdrawn_once(admin):
    key = assertion().issuer.keys.get()
    report_compromised(key, by=admin, words="Lost.")

    with pytest.raises(StepRefused):
        report_compromised(key, by=admin, words="Lost again.")


def test_all_keys_are_encrypted_anew_or_none(settings):
    badge = assertion()
    old = settings.KEY_ENCRYPTION_KEY
    settings.KEY_ENCRYPTION_KEY = "N3wBqv0Xh2kT9sLrYd8fUaZc4gJmPe7iWoVt"
    key = badge.issuer.keys.get()
    assert not can_open(key)
    with pytest.raises(CommandError, match="Set KEY_ENCRYPTION_KEY_PREVIOUS"):
        call_command("encrypt_keys_anew")
    settings.KEY_ENCRYPTION_KEY_PREVIOUS = "of another installation, and long enough"
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("encrypt_keys_anew")

    settings.KEY_ENCRYPTION_KEY_PREVIOUS = old
    assert can_open(key)
    call_command("encrypt_keys_anew")
    settings.KEY_ENCRYPTION_KEY_PREVIOUS = ""
    key.refresh_from_db()
    assert can_open(key)
    settings.KEY_ENCRYPTION_KEY = old
    assert not can_open(key)
    with pytest.raises(InvalidTag):
        signer(key, created=clock.now())


def test_the_operator_replaces_keys_of_one_or_of_all(capsys):
    one, other = assertion(published_badge()), assertion(published_badge())
    call_command("rotate_keys", one.issuer.organiser.slug)
    assert IssuerKey.objects.count() == 3
    call_command("rotate_keys", all=True)
    assert [issuer.keys.count() for issuer in (one.issuer, other.issuer)] == [3, 2]
    assert capsys.readouterr().out.count("#key-") == 3
    for words in [[], ["nobody"]]:
        with pytest.raises(CommandError):
            call_command("rotate_keys", *words)


def test_no_private_byte_shows_itself(caplog, settings):
    secrets = []
    caplog.set_level(logging.DEBUG)
    badge = assertion()
    key = badge.issuer.keys.get()
    made = signer(key, created=clock.now())
    secrets.append(made._key.private_bytes_raw())
    shown = "".join([repr(key), str(key), repr(made), str(vars(made)), caplog.text, repr(settings)])

    assert not [secret for secret in secrets if secret.hex() in shown or repr(secret)[2:-1] in shown]
    with pytest.raises(TypeError):
        pickle.dumps(made)


def test_the_pages_of_keys_are_the_network_administrators(client, admin):
    badge = assertion()
    where = f"/network/keys/{badge.issuer.key}/"
    for somebody in [PersonFactory(), PersonFactory(roles=["coordinator"])]:
        client.force_login(somebody)
        assert [client.get(page).status_code for page in ["/network/keys/", where]] == [403, 403]
        assert client.post(f"{where}1/replace/").status_code == 403

    client.force_login(admin)
    assert badge.issuer.organiser.name in client.get("/network/keys/").content.decode()
    assert client.get("/network/keys/?q=nobody at all").status_code == 200
    page = client.post(f"{where}1/replace/", follow=True).content.decode()
    assert "Key 2 signs from now on." in page
    assert client.post(f"{where}1/replace/").status_code == 404
    assert "What happened" in client.get(f"{where}1/withdraw/").content.decode()
    assert client.post(f"{where}1/withdraw/", {"words": ""}).status_code == 422
    page = client.post(f"{where}1/withdraw/", {"words": "A laptop was stolen."}, follow=True).content.decode()
    assert "1 badge still to be signed anew" in page
    assert client.get(f"{where}1/withdraw/").status_code == 404
    assert client.get(f"{where}9/withdraw/").status_code == 404


def test_the_list_asks_as_often_for_many_issuers_as_for_one(client, admin):
    client.force_login(admin)
    assertion(published_badge())
    few = queries_of(client, "/network/keys/")
    for _more in range(3):
        assertion(published_badge())

    assert queries_of(client, "/network/keys/") == few
    assert Issuer.objects.count() == 4


def test_statements_about_organisers_are_signed_anew(admin):
    network, holder = OrganiserFactory(is_network=True), OrganiserFactory(verified=True)
    row = endorse(network, about=holder, name="Label", comment="Good.", valid_until=in_a_year(), by=admin)
    report_compromised(row.signing_key, by=admin, words="Lost.")
    sign_anew()
    sign_stale_lists()

    newer = Attestation.objects.get()
    content = decode(newer.body.encode())
    proof = content.pop("proof")
    assert (newer.signing_key.number, key_named(newer.body)) == (2, "key-2")
    assert {**content, "proof": None} == {**decode(row.body.encode()), "proof": None}
    verify_proof(content, proof, bytes(newer.signing_key.public), now=clock.now())
    assert list(violations()) == []


def in_a_year():
    return clock.now().replace(microsecond=0) + timedelta(days=365)
