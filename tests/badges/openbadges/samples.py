"""Badges to test with, and the small world in which they can be verified."""

import io
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image as Picture

from badges import openbadges as ob

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
EMAIL = "a@example.com"
BASE = "http://localhost:8000"
STATUS_URL = f"{BASE}/status/1"
KEY_URL = f"{BASE}/issuers/7b0e/keys/%d.json"
SECRET, OTHER_SECRET = bytes(range(32)), bytes(range(1, 33))
RSA_SECRET = ob.generate_rsa_secret()
PUBLIC_KEYS = [ob.public_key(secret) for secret in (SECRET, OTHER_SECRET, RSA_SECRET)]
DID = ob.did_web(BASE, ["issuers", "7b0e"])
OTHER_DID = ob.did_web(BASE, ["issuers", "0000"])
HOSTILE = 'A\x00B\x1f\x7f\x85 "q" \\n <b>&amp; 🎓👩‍🏫 שלום ‮evil‬ a\u2028b\u2029c \ud83d é̂ \t\r\n${x} {{y}} _:c14n0 .'

VOCABULARY_URL = f"{BASE}/contexts/waymark-1.json"
WORDS = ob.CredentialWords(
    learning_outcomes="Leads\nListens",
    assessment="Portfolio",
    quality_assurance="The network's label",
    prerequisites="None",
    grading="Passed or not",
    stackability="Counts towards a diploma",
    further_information="Ask us",
)

ISSUER = ob.Issuer(
    did=DID,
    profile_url=f"{BASE}/issuers/7b0e.json",
    name="Escola Oberta",
    url=f"{BASE}/organisers/escola",
    email="hello@escola.example",
    description="Courses for everyone",
    image=ob.Image(url=f"{BASE}/media/logo.png", caption="A door"),
)
ACHIEVEMENT = ob.Achievement(
    id=f"{BASE}/badges/5c1d/1/achievement.json",
    hosted_url=f"{BASE}/badges/5c1d/1.json",
    name="Facilitator",
    description="Leads a workshop",
    criteria_text="Lead one workshop.",
    image=ob.Image(url=f"{BASE}/media/badge.png", caption="A circle"),
)
MINIMAL = ob.Award(
    id=f"{BASE}/assertions/9a2f/credential.json",
    hosted_url=f"{BASE}/assertions/9a2f.json",
    issuer=replace(ISSUER, description="", image=None),
    achievement=replace(ACHIEVEMENT, image=ob.Image(url=f"{BASE}/media/badge.png")),
    recipient=ob.Recipient.by_email(EMAIL, id="urn:uuid:6a0b3a6e-7a0e-4d0f-8a67-0d6fcd6e6a11", salt="Kosher"),
    issued_at=NOW,
)
FULL = replace(
    MINIMAL,
    issuer=ISSUER,
    achievement=replace(
        ACHIEVEMENT,
        type="MicroCredential",
        criteria_url=f"{BASE}/badges/5c1d",
        workload="12 hours of learning.",
        language="ca",
        alignments=(
            ob.Alignment(
                name="lead a team",
                url="http://data.europa.eu/esco/skill/cb668e89-6ef5-4ff3-ab4a-506010e7e70b",
                framework="ESCO",
                description="Lead, supervise and motivate",
            ),
            ob.Alignment(name="Listening", url="https://example.org/listening", code="L1", type="CFItem"),
        ),
        tags=("listening", "planning"),
        version="1",
        creator=ob.Creator(did=DID, name="Escola Oberta", url=f"{BASE}/organisers/escola"),
        credits=2.5,
        micro_credential=ob.MicroCredential(
            level="eqf-5",
            cycle="short",
            participation="blended",
            supervision="verified",
            awarding_country="ES",
            workload_minutes=720,
            words=WORDS,
        ),
        translations=(
            ob.Translation(language="en", name="Facilitator", description="Leads a workshop", words=WORDS),
            ob.Translation(language="lt", name="Vedėja", description="Veda dirbtuves", criteria_text="Vesti kartą."),
        ),
        vocabulary_url=VOCABULARY_URL,
    ),
    credits_earned=2.5,
    results=("9 of 10",),
    awarded_at=NOW - timedelta(days=1),
    expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    activity_started_on=date(2025, 11, 1),
    activity_ended_on=date(2025, 12, 1),
    narrative="Led it *well*.",
    evidence=(
        ob.Evidence(url="https://example.org/plan.pdf", name="Plan", narrative="How it went"),
        ob.Evidence(narrative="Only a story"),
    ),
    status=ob.StatusEntry(list_url=STATUS_URL, index=7),
)
SHAPES = {
    "minimal": MINIMAL,
    "full": FULL,
    "expiring": replace(MINIMAL, expires_at=FULL.expires_at),
    "with status": replace(MINIMAL, status=FULL.status),
    "with evidence": replace(MINIMAL, evidence=FULL.evidence),
    "with one story": replace(MINIMAL, evidence=FULL.evidence[1:], narrative=FULL.narrative),
    "with issuer picture": replace(MINIMAL, issuer=ISSUER),
    "with skills": replace(MINIMAL, achievement=replace(ACHIEVEMENT, alignments=FULL.achievement.alignments)),
    "with tags": replace(MINIMAL, achievement=replace(ACHIEVEMENT, tags=("one",), language="en-GB")),
    "criteria elsewhere": replace(
        MINIMAL, achievement=replace(ACHIEVEMENT, criteria_text="", criteria_url=f"{BASE}/badges/5c1d")
    ),
    **{
        f"{credits} credits": replace(
            MINIMAL, achievement=replace(ACHIEVEMENT, credits=credits), credits_earned=credits, results=("A", "B")
        )
        for credits in (0.1, 1.0, 7.5, 60.0, 359.9)
    },
    "with a translation": replace(
        MINIMAL,
        achievement=replace(
            ACHIEVEMENT,
            translations=(ob.Translation(language="el", name="Συντονίστρια", description="Συντονίζει"),),
            vocabulary_url=VOCABULARY_URL,
        ),
    ),
    "with activity": replace(MINIMAL, activity_started_on=date(2025, 1, 1), activity_ended_on=date(2025, 1, 2)),
    "hostile": replace(
        FULL,
        narrative=HOSTILE,
        issuer=replace(ISSUER, name=HOSTILE),
        achievement=replace(FULL.achievement, name=HOSTILE, description=HOSTILE, tags=(HOSTILE, "שלום")),
        evidence=(ob.Evidence(name=HOSTILE, narrative=HOSTILE),),
    ),
}


def signer(secret: bytes = SECRET, did: str = DID, number: int = 1) -> ob.Signer:
    return ob.Signer(secret, verification_method=ob.verification_method(did, number), created=NOW)


def signed(award: ob.Award = FULL) -> bytes:
    return signer().sign(ob.achievement_credential(award))


def token(award: ob.Award = FULL, *, secret: bytes = SECRET, number: int = 1) -> bytes:
    return token_signer(secret, number).sign(ob.achievement_credential(award))


def token_signer(secret: bytes, number: int) -> ob.TokenSigner:
    algorithm = ob.RS256 if secret == RSA_SECRET else ob.ED25519
    return ob.TokenSigner(secret, algorithm=algorithm, key_address=KEY_URL % number)


def status_list(*revoked: int, did: str = DID, secret: bytes = SECRET, **facts: Any) -> bytes:
    options = {"url": STATUS_URL, "issuer": did, "valid_from": NOW, "ttl": timedelta(minutes=5)} | facts
    document = ob.status_list_credential(encoded_list=ob.encode_list(revoked), **options)
    return signer(secret, did).sign(document)


@dataclass
class World:
    """What a verifier can look up: two issuers, two keys by themselves and one status list."""

    listing: bytes | None = field(default_factory=status_list)
    issuers: dict[str, Any] = field(
        default_factory=lambda: {
            DID: ob.did_document(DID, PUBLIC_KEYS),
            OTHER_DID: ob.did_document(OTHER_DID, PUBLIC_KEYS[1:2]),
            KEY_URL % 1: ob.public_jwk(PUBLIC_KEYS[0]),
            KEY_URL % 3: ob.public_jwk(PUBLIC_KEYS[2]),
        }
    )

    def resolve(self, name: str) -> dict[str, Any] | None:
        if name == STATUS_URL:
            return self.listing and json.loads(self.listing)
        return self.issuers.get(name)

    def maps(self, directory: Path) -> dict[str, Path]:
        """Write everything down for an engine that reads files."""
        directory.mkdir(exist_ok=True)
        contents = {name: json.dumps(document).encode() for name, document in self.issuers.items()}
        contents[VOCABULARY_URL] = ob.vocabulary()
        if self.listing:
            contents[STATUS_URL] = self.listing
        maps = {name: directory / f"{number}.json" for number, name in enumerate(contents)}
        for name, file in maps.items():
            file.write_bytes(contents[name])
        return maps

    def verify(self, badge: bytes, now: datetime = NOW) -> ob.Verification:
        return ob.verify(badge, resolve=self.resolve, now=now)


def png() -> bytes:
    picture = io.BytesIO()
    Picture.new("RGB", (8, 8), "teal").save(picture, "PNG")
    return picture.getvalue()


def tampered() -> dict[str, bytes]:
    """Copies of a sound badge, each changed in one way that a forger might try."""

    def changed(change) -> bytes:
        document = json.loads(signed())
        change(document, document["credentialSubject"], document["credentialSubject"]["achievement"])
        return ob.encode(document)

    other = ob.recipients.identity_hash("mallory@example.com", "Kosher")
    elsewhere = json.loads(signed(replace(FULL, issued_at=NOW - timedelta(days=9))))["proof"]
    changes = {
        "another achievement name": lambda d, s, a: a.update(name="Professor"),
        "another recipient": lambda d, s, a: s["identifier"][0].update(identityHash=other),
        "another subject": lambda d, s, a: s.update(id="urn:uuid:00000000-0000-4000-8000-000000000000"),
        "a longer life": lambda d, s, a: d.update(validUntil="2199-01-01T00:00:00Z"),
        "no end": lambda d, s, a: d.pop("validUntil"),
        "no status": lambda d, s, a: d.pop("credentialStatus"),
        "another status bit": lambda d, s, a: d["credentialStatus"].update(statusListIndex="8"),
        "evidence removed": lambda d, s, a: d["evidence"].pop(),
        "a skill added": lambda d, s, a: a["alignment"].append(
            {"type": ["Alignment"], "targetName": "x", "targetUrl": "https://example.org/x"}
        ),
        "an undefined member": lambda d, s, a: a.update(grade="A+"),
        "an undefined member in the proof": lambda d, s, a: d["proof"].update(strength="high"),
        "another issuer name": lambda d, s, a: d["issuer"].update(name="Harvard"),
        "another issuer": lambda d, s, a: d["issuer"].update(id=OTHER_DID),
        "another key": lambda d, s, a: d["proof"].update(verificationMethod=f"{DID}#key-2"),
        "a key never published": lambda d, s, a: d["proof"].update(verificationMethod=f"{DID}#key-3"),
        "another date of signing": lambda d, s, a: d["proof"].update(created="2026-01-02T03:04:06Z"),
        "another purpose": lambda d, s, a: d["proof"].update(proofPurpose="authentication"),
        "another type of proof": lambda d, s, a: d["proof"].update(type="Ed25519Signature2020"),
        "a proof of another badge": lambda d, s, a: d.update(proof=elsewhere),
        "a spoilt signature": lambda d, s, a: d["proof"].update(proofValue=d["proof"]["proofValue"][:-1] + "1"),
        "no proof": lambda d, s, a: d.pop("proof"),
        "contexts turned round": lambda d, s, a: d["@context"].reverse(),
    }
    return {name: changed(change) for name, change in changes.items()}
