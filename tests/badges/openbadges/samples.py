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
SECRET, OTHER_SECRET = bytes(range(32)), bytes(range(1, 33))
DID = ob.did_web(BASE, ["issuers", "7b0e"])
OTHER_DID = ob.did_web(BASE, ["issuers", "0000"])
HOSTILE = 'A\x00B\x1f\x7f\x85 "q" \\n <b>&amp; 🎓👩‍🏫 שלום ‮evil‬ a\u2028b\u2029c \ud83d é̂ \t\r\n${x} {{y}} _:c14n0 .'

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
    ),
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


def status_list(*revoked: int, did: str = DID, secret: bytes = SECRET, **facts: Any) -> bytes:
    options = {"url": STATUS_URL, "issuer": did, "valid_from": NOW, "ttl": timedelta(minutes=5)} | facts
    document = ob.status_list_credential(encoded_list=ob.encode_list(revoked), **options)
    return signer(secret, did).sign(document)


@dataclass
class World:
    """What a verifier can look up: two issuers and one status list."""

    listing: bytes | None = field(default_factory=status_list)
    issuers: dict[str, Any] = field(
        default_factory=lambda: {
            DID: ob.did_document(DID, [ob.public_key(SECRET), ob.public_key(OTHER_SECRET)]),
            OTHER_DID: ob.did_document(OTHER_DID, [ob.public_key(OTHER_SECRET)]),
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
