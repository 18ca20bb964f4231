"""@digitalbazaar/vc, vc-bitstring-status-list and the 1EdTech schema judge what we issue."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from badges import openbadges as ob
from badges.openbadges.contexts import CREDENTIALS_V1
from tests.interop.engines import signed_2020, verify_ob3, verify_ob3_jobs

from .samples import (
    DID,
    FULL,
    HOSTILE,
    MINIMAL,
    NOW,
    OTHER_SECRET,
    RSA_SECRET,
    SECRET,
    SHAPES,
    World,
    png,
    signed,
    signer,
    status_list,
    tampered,
    token,
)

SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
pytestmark = pytest.mark.interop


def written(directory, badges):
    files = {name: directory / f"badge-{number}" for number, name in enumerate(badges)}
    for name, file in files.items():
        file.write_bytes(badges[name])
    return files


def verdicts(directory, badges, world=None, **options):
    files = written(directory, badges)
    answers = verify_ob3(files.values(), (world or World()).maps(directory / "world"), **options)
    return dict(zip(files, answers, strict=True))


def test_every_shape_is_valid_as_json_and_as_picture(tmp_path):
    badges = {name: signed(award) for name, award in SHAPES.items()}
    pictures = {f"{name} baked": ob.bake_png(png(), badge, b"https://example.org/1") for name, badge in badges.items()}

    answers = verdicts(tmp_path, badges | pictures)

    assert answers == {name: ("VALID", []) for name in badges | pictures}


def test_every_shape_is_valid_as_token(tmp_path):
    keys = {"EdDSA": (SECRET, 1), "RS256": (RSA_SECRET, 3)}
    tokens = {
        f"{name} {alg}": token(award, secret=secret, number=number)
        for name, award in SHAPES.items()
        for alg, (secret, number) in keys.items()
    }
    pictures = {"baked": ob.bake_png(png(), token())}
    spoilt = {"spoilt": token()[:-9] + b"AAAAAAAAA", "forged": token(secret=OTHER_SECRET)}

    answers = verdicts(tmp_path, tokens | pictures | spoilt)

    assert [answers.pop(name).verdict for name in spoilt] == ["INVALID", "INVALID"]
    assert answers == {name: ("VALID", []) for name in tokens | pictures}


def test_every_tampered_copy_is_invalid(tmp_path):
    answers = verdicts(tmp_path, tampered())

    assert len(answers) >= 20
    assert {name: answer for name, answer in answers.items() if answer.verdict != "INVALID"} == {}


def test_revoked_badge_is_invalid_and_its_neighbour_is_not(tmp_path):
    neighbour = signed(replace(FULL, status=ob.StatusEntry(list_url=FULL.status.list_url, index=8)))

    answers = verdicts(tmp_path, {"revoked": signed(), "neighbour": neighbour}, World(listing=status_list(7)))

    assert answers == {"revoked": ("INVALID", ["status is set"]), "neighbour": ("VALID", [])}


def test_expired_and_future_badges_are_invalid(tmp_path):
    badge = {"badge": signed(replace(FULL, expires_at=NOW + timedelta(days=1)))}

    assert verdicts(tmp_path, badge, now="2026-01-03T00:00:00Z")["badge"].verdict == "VALID"
    assert verdicts(tmp_path, badge, now="2026-01-04T00:00:00Z")["badge"].verdict == "INVALID"
    assert verdicts(tmp_path, badge, now="2026-01-01T00:00:00Z")["badge"].verdict == "INVALID"


def test_badge_of_the_older_data_model_signed_elsewhere_is_verified():
    ours = ob.achievement_credential(MINIMAL)
    older = {
        **{name: part for name, part in ours.items() if name not in ("validFrom", "awardedDate")},
        "@context": [CREDENTIALS_V1, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", SUITE_2020],
        "issuanceDate": ours["validFrom"],
    }
    method = ob.verification_method(DID, 1)

    badge = signed_2020(older, secret=SECRET, method=method, date="2026-01-02T03:04:05Z")

    assert json.loads(badge)["proof"]["type"] == "Ed25519Signature2020"
    assert World().verify(badge).state == ob.State.VERIFIED
    for was, instead in [(b"Facilitator", b"Professor"), (b"assertionMethod", b"authentication"), (b":05Z", b":06Z")]:
        assert World().verify(badge.replace(was, instead)).state == ob.State.INVALID


def test_unknown_issuer_is_unresolved(tmp_path):
    assert verdicts(tmp_path, {"badge": signed()}, World(issuers={}))["badge"].verdict == "UNRESOLVED"


def test_badge_of_a_retired_key_stays_valid(tmp_path):
    world = World()
    world.issuers[DID] = ob.did_document(DID, [ob.public_key(bytes(range(32))), ob.public_key(bytes(32))])
    world.listing = ob.Signer(bytes(32), verification_method=ob.verification_method(DID, 2), created=NOW).sign(
        ob.status_list_credential(url=FULL.status.list_url, issuer=DID, encoded_list=ob.encode_list([]), valid_from=NOW)
    )

    assert verdicts(tmp_path, {"badge": signed()}, world)["badge"].verdict == "VALID"
    assert world.verify(signed()).state == ob.State.VERIFIED


def test_canonical_forms_agree_on_every_awkward_character(tmp_path):
    codes = [*range(32), *range(127, 161), 0x200B, 0x2028, 0x202E, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F393]
    texts = [chr(code) for code in codes]
    texts += ['"', "\\", "\\u0041", "'", "<a>", "\\\n", HOSTILE, "é", "e\u0301", "שלום", "﷽", "1E0", "true"]
    badges = {
        str(number): signed(replace(FULL, narrative=f"x{text}y", evidence=(ob.Evidence(narrative=f"{text}."),)))
        for number, text in enumerate(texts)
    }

    answers = verdicts(tmp_path, badges)

    assert {answer.verdict for answer in answers.values()} == {"VALID"}


def test_canonical_forms_agree_whoever_the_recipient_is(tmp_path):
    # The labels of nameless nodes follow hashes that differ from person to person.
    people = [
        ob.Recipient.by_email(f"{n}@example.com", id=f"urn:uuid:00000000-0000-4000-8000-{n:012}", salt=f"salt{n}")
        for n in range(40)
    ]
    badges = {person.id: signed(replace(FULL, recipient=person)) for person in people}

    answers = verdicts(tmp_path, badges)

    assert {answer.verdict for answer in answers.values()} == {"VALID"}


def test_both_verifiers_agree_on_every_moment_of_a_life(tmp_path):
    badge = signed()
    lives = {"sound": World(), "revoked": World(listing=status_list(7))}
    moments = [datetime(year, 6, 1, tzinfo=UTC) for year in (2025, 2026, 2098)]
    file = written(tmp_path, {"badge": badge})["badge"]
    cases = [(world, world.maps(tmp_path / name), moment) for name, world in lives.items() for moment in moments]

    answers = verify_ob3_jobs(
        {"file": str(file), "maps": {url: str(path) for url, path in maps.items()}, "now": moment.isoformat()}
        for _, maps, moment in cases
    )

    ours = [world.verify(badge, moment).state == ob.State.VERIFIED for world, _, moment in cases]
    assert [answer.verdict == "VALID" for answer in answers] == ours
    assert ours == [False, True, True, False, False, False]


def test_engine_sees_what_lint_refuses(tmp_path):
    document = json.loads(signed())
    document["credentialSubject"]["achievement"]["id"] = "badges/1"

    assert verdicts(tmp_path, {"relative": ob.encode(document)})["relative"].verdict == "INVALID"
    with pytest.raises(ob.LintError):
        signer().sign({key: value for key, value in document.items() if key != "proof"})


def test_statement_about_a_file_is_valid_and_not_for_another_digest(tmp_path):
    def statement(digest):
        return ob.endorsement_credential(
            ob.Endorsement(
                id="http://localhost:8000/supplements/1/statement.json",
                name="Diploma Supplement",
                issuer=FULL.issuer,
                about=FULL.id,
                comment="Diploma Supplement",
                issued_at=NOW,
                status=FULL.status,
                resources=(
                    ob.Resource(
                        url="http://localhost:8000/supplements/1/", sha256=digest, media_type="application/pdf"
                    ),
                ),
            )
        )

    sound = signer().sign(statement("ab" * 32))
    other = sound.replace(
        statement("ab" * 32)["relatedResource"][0]["digestSRI"].encode(),
        statement("cd" * 32)["relatedResource"][0]["digestSRI"].encode(),
    )

    answers = verdicts(tmp_path, {"sound": sound, "other": other}, strict=False)

    assert answers["sound"] == ("VALID", [])
    assert answers["other"].verdict == "INVALID"
