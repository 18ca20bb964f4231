"""Open Badges 3.0: the facts of an award as an AchievementCredential, not yet signed."""

from base64 import b64encode
from collections.abc import Iterable

from .contexts import CREDENTIALS_V2, OPEN_BADGES_V3
from .facts import (
    Achievement,
    Alignment,
    Award,
    Creator,
    CredentialWords,
    Endorsement,
    Evidence,
    Image,
    Issuer,
    MicroCredential,
    Recipient,
    Resource,
    StatusEntry,
    Translation,
)
from .wire import Document, decode, tidy, timestamp


def achievement_credential(award: Award) -> Document:
    """Return the credential for `award` (OB 3.0, B.1.1 AchievementCredential), ready for a Signer."""
    return written_out(outline(award))


def outline(award: Award) -> Document:
    """Return the credential with its issuer and achievement still as facts, for they are the same in a whole batch."""
    return tidy(
        {
            "@context": _contexts(award.achievement),
            "id": award.id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": award.achievement.name,
            "issuer": award.issuer,
            "validFrom": timestamp(award.issued_at),
            "validUntil": timestamp(award.expires_at),
            "awardedDate": timestamp(award.awarded_at or award.issued_at),
            "credentialSubject": {
                "id": award.recipient.id,
                "type": ["AchievementSubject"],
                "identifier": [_identity(award.recipient)] if award.recipient.identity_hash else [],
                "activityStartDate": timestamp(award.activity_started_on),
                "activityEndDate": timestamp(award.activity_ended_on),
                "narrative": award.narrative,
                "creditsEarned": award.credits_earned,
                "result": _results(award.results),
                "achievement": award.achievement,
            },
            "evidence": [_evidence(item) for item in award.evidence],
            "credentialStatus": _status(award.status),
        }
    )


def credential_showing(
    credential: Document, narrative: str, evidence: Iterable[Evidence], results: Iterable[str]
) -> Document:
    """Return a credential, not yet signed, that names this of its subject and else says the same."""
    subject = {**credential["credentialSubject"], "narrative": narrative, "result": _results(results)}
    said = {**credential, "credentialSubject": subject, "evidence": [_evidence(item) for item in evidence]}
    said.pop("proof", None)
    return tidy(said)


def endorsement_credential(facts: Endorsement) -> Document:
    """Return the EndorsementCredential (OB 3.0, B.1.8), ready for a Signer."""
    return tidy(
        {
            "@context": [CREDENTIALS_V2, OPEN_BADGES_V3],
            "id": facts.id,
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": facts.name,
            "issuer": profile(facts.issuer),
            "validFrom": timestamp(facts.issued_at),
            "validUntil": timestamp(facts.expires_at),
            "credentialSubject": {
                "id": facts.about,
                "type": ["EndorsementSubject"],
                "endorsementComment": facts.comment,
            },
            "relatedResource": [_resource(one) for one in facts.resources],
            "credentialStatus": _status(facts.status),
        }
    )


def _resource(facts: Resource) -> Document:
    """Return a file as VC 2.0 names it (5.3, integrity of related resources)."""
    digest = b64encode(bytes.fromhex(facts.sha256)).decode()
    return {"id": facts.url, "digestSRI": f"sha256-{digest}", "mediaType": facts.media_type}


def written_out(draft: Document) -> Document:
    """Return an outline with its issuer and achievement written out."""
    subject = draft["credentialSubject"]
    return {
        **draft,
        "issuer": profile(draft["issuer"]),
        "credentialSubject": {**subject, "achievement": achievement(subject["achievement"])},
    }


def achievement(facts: Achievement) -> Document:
    """Return the Achievement (B.1.2): what the badge says, the same for everyone who holds this version."""
    return tidy(
        {
            "id": facts.id,
            "type": ["Achievement"],
            "achievementType": facts.type,
            "name": facts.name,
            "description": facts.description,
            "criteria": {"id": facts.criteria_url, "narrative": criteria_narrative(facts)},
            "image": _image(facts.image),
            "inLanguage": facts.language,
            "alignment": [_alignment(item) for item in facts.alignments],
            "tag": facts.tags,
            "version": facts.version,
            "creator": _creator(facts.creator),
            "creditsAvailable": facts.credits,
            "microCredential": _micro_credential(facts.micro_credential),
            "translation": [_translation(one) for one in facts.translations],
            "endorsement": _signed(facts.endorsements),
        }
    )


def profile(issuer: Issuer) -> Document:
    """Return the issuer's Profile (B.1.18); its id is the DID that controls the signing keys."""
    return tidy(
        {
            "id": issuer.did,
            "type": ["Profile"],
            "name": issuer.name,
            "url": issuer.url,
            "email": issuer.email,
            "description": issuer.description,
            "image": _image(issuer.image),
            "endorsement": _signed(issuer.endorsements),
        }
    )


def criteria_narrative(facts: Achievement) -> str:
    """Return the criteria as Markdown, the workload as their last paragraph."""
    return "\n\n".join(part for part in (facts.criteria_text, facts.workload) if part)


def _signed(endorsements: Iterable[str]) -> list[Document]:
    return [decode(signed.encode()) for signed in endorsements]


def _contexts(facts: Achievement) -> list[str]:
    return [CREDENTIALS_V2, OPEN_BADGES_V3, *([facts.vocabulary_url] if facts.needs_vocabulary else [])]


def _creator(creator: Creator | None) -> Document | None:
    return creator and {"id": creator.did, "type": ["Profile"], "name": creator.name, "url": creator.url}


def _micro_credential(facts: MicroCredential | None) -> Document | None:
    return facts and {
        "level": facts.level,
        "cycle": facts.cycle,
        "workload": f"PT{facts.workload_minutes}M" if facts.workload_minutes else "",
        "participation": facts.participation,
        "supervision": facts.supervision,
        "awardingCountry": facts.awarding_country,
        **_words(facts.words),
    }


def _words(words: CredentialWords) -> Document:
    return {
        "learningOutcomes": words.learning_outcomes,
        "assessment": words.assessment,
        "qualityAssurance": words.quality_assurance,
        "prerequisites": words.prerequisites,
        "grading": words.grading,
        "stackability": words.stackability,
        "furtherInformation": words.further_information,
    }


def _translation(one: Translation) -> Document:
    return {
        "inLanguage": one.language,
        "name": one.name,
        "description": one.description,
        "criteria": one.criteria_text,
        **_words(one.words),
    }


def _identity(recipient: Recipient) -> Document:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": recipient.identity_hash,
        "identityType": "emailAddress",
        "salt": recipient.salt,
    }


def _alignment(item: Alignment) -> Document:
    return {
        "type": ["Alignment"],
        "targetCode": item.code,
        "targetDescription": item.description,
        "targetFramework": item.framework,
        "targetName": item.name,
        "targetType": item.type,
        "targetUrl": item.url,
    }


def _evidence(item: Evidence) -> Document:
    return {
        "id": item.url,
        "type": ["Evidence"],
        "name": item.name,
        "narrative": item.narrative,
        "description": item.description,
    }


def _results(values: Iterable[str]) -> list[Document]:
    return [{"type": ["Result"], "value": value} for value in values]


def _image(image: Image | None) -> Document | None:
    return None if image is None else {"id": image.url, "type": "Image", "caption": image.caption}


def _status(entry: StatusEntry | None) -> Document | None:
    # The 1EdTech schema takes one object, not a list, and the index is a string.
    return (
        None
        if entry is None
        else {
            "id": f"{entry.list_url}#{entry.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": entry.purpose,
            "statusListIndex": str(entry.index),
            "statusListCredential": entry.list_url,
        }
    )
