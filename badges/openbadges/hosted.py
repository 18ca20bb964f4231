"""Open Badges 2.0: the same facts as three documents that vouch for each other by the addresses serving them."""

from collections.abc import Iterable

from .credentials import criteria_narrative
from .facts import Achievement, Alignment, Award, Evidence, Image, Issuer
from .wire import Document, tidy, timestamp

OPEN_BADGES_V2 = "https://w3id.org/openbadges/v2"


def assertion(award: Award) -> Document:
    """Return the hosted Assertion, to be served at its own id (OB 2.0, Assertion)."""
    return tidy(
        {
            "@context": OPEN_BADGES_V2,
            "type": "Assertion",
            "id": award.hosted_url,
            "recipient": {
                "type": "email",
                "hashed": True,
                "salt": award.recipient.salt,
                "identity": award.recipient.identity_hash,
            },
            "badge": award.achievement.hosted_url,
            "issuedOn": timestamp(award.issued_at),
            "expires": timestamp(award.expires_at),
            "verification": {"type": "hosted"},
            "image": award.image_url,
            "narrative": award.narrative,
            "evidence": [_evidence(item) for item in award.evidence],
        }
    )


def assertion_showing(document: Document, narrative: str, evidence: Iterable[Evidence]) -> Document:
    """Return an Assertion that names this narrative and evidence and else says the same."""
    return tidy({**document, "narrative": narrative, "evidence": [_evidence(item) for item in evidence]})


def badge_class(facts: Achievement, issuer: Issuer) -> Document:
    """Return the BadgeClass of one frozen version (OB 2.0, BadgeClass)."""
    return tidy(
        {
            "@context": OPEN_BADGES_V2,
            "type": "BadgeClass",
            "id": facts.hosted_url,
            "@language": facts.language,
            "name": facts.name,
            "description": facts.description,
            "image": _image(facts.image),
            "criteria": {"id": facts.criteria_url, "narrative": criteria_narrative(facts)},
            "issuer": issuer.profile_url,
            "alignment": [_alignment(item) for item in facts.alignments],
            "tags": facts.tags,
        }
    )


def issuer_profile(issuer: Issuer) -> Document:
    """Return the issuer's Profile (OB 2.0, Profile)."""
    return tidy(
        {
            "@context": OPEN_BADGES_V2,
            "type": "Issuer",
            "id": issuer.profile_url,
            "name": issuer.name,
            "url": issuer.url,
            "email": issuer.email,
            "description": issuer.description,
            "image": _image(issuer.image),
            "revocationList": issuer.revocations_url,
        }
    )


def revocation_list(issuer: Issuer, revoked: Iterable[str]) -> Document:
    """Return the RevocationList of an issuer, by the addresses of its assertions (OB 2.0, RevocationList).

    It names no reasons: those stand where an assertion was, for who knows its address.
    """
    return {
        "@context": OPEN_BADGES_V2,
        "type": "RevocationList",
        "id": issuer.revocations_url,
        "issuer": issuer.profile_url,
        "revokedAssertions": list(revoked),
    }


def revoked_assertion(url: str, reason: str = "") -> Document:
    """Return what to answer, with status 410, for an assertion that was taken back (OB 2.0, hosted revocation).

    It says nothing else on purpose: the official validator overlooks `revoked` in a complete assertion.
    """
    return tidy(
        {
            "@context": OPEN_BADGES_V2,
            "type": "Assertion",
            "id": url,
            "revoked": True,
            "revocationReason": reason,
        }
    )


def _alignment(item: Alignment) -> Document:
    return {
        "targetName": item.name,
        "targetUrl": item.url,
        "targetDescription": item.description,
        "targetFramework": item.framework,
        "targetCode": item.code,
    }


def _evidence(item: Evidence) -> Document:
    return {
        "id": item.url,
        "name": item.name,
        "narrative": item.narrative,
        "description": item.description,
    }


def _image(image: Image | None) -> Document | str | None:
    if image is None:
        return None
    return image.url if not image.caption else {"id": image.url, "type": "Image", "caption": image.caption}
