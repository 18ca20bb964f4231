from dataclasses import replace

import pytest

from badges import openbadges as ob

from .samples import ACHIEVEMENT, BASE, DID, FULL, MINIMAL, SHAPES


def members(value):
    if isinstance(value, dict):
        yield from value.values()
        for member in value.values():
            yield from members(member)
    elif isinstance(value, list):
        yield from value
        for item in value:
            yield from members(item)


def test_smallest_credential_says_just_what_the_standard_asks():
    assert ob.achievement_credential(MINIMAL) == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"{BASE}/assertions/9a2f/credential.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Facilitator",
        "issuer": {
            "id": DID,
            "type": ["Profile"],
            "name": "Escola Oberta",
            "url": f"{BASE}/organisers/escola",
            "email": "hello@escola.example",
        },
        "validFrom": "2026-01-02T03:04:05Z",
        "awardedDate": "2026-01-02T03:04:05Z",
        "credentialSubject": {
            "id": "urn:uuid:6a0b3a6e-7a0e-4d0f-8a67-0d6fcd6e6a11",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
                    "identityType": "emailAddress",
                    "salt": "Kosher",
                }
            ],
            "achievement": {
                "id": f"{BASE}/badges/5c1d/1/achievement.json",
                "type": ["Achievement"],
                "achievementType": "Badge",
                "name": "Facilitator",
                "description": "Leads a workshop",
                "criteria": {"narrative": "Lead one workshop."},
                "image": {"id": f"{BASE}/media/badge.png", "type": "Image"},
            },
        },
    }


def test_status_is_one_entry_with_a_written_index():
    assert ob.achievement_credential(FULL)["credentialStatus"] == {
        "id": f"{BASE}/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": f"{BASE}/status/1",
    }


def test_skills_workload_and_dates_are_told():
    document = ob.achievement_credential(FULL)
    subject = document["credentialSubject"]
    achievement = subject["achievement"]

    assert achievement["alignment"][0]["targetFramework"] == "ESCO"
    assert achievement["tag"] == ["listening", "planning"]
    assert achievement["criteria"]["narrative"] == "Lead one workshop.\n\n12 hours of learning."
    assert subject["activityStartDate"] == "2025-11-01T00:00:00Z"
    assert document["awardedDate"] == "2026-01-01T03:04:05Z"


def test_status_list_is_a_credential_of_the_issuer():
    assert ob.status_list_credential(
        url=f"{BASE}/status/1", issuer=DID, encoded_list="u", valid_from=MINIMAL.issued_at
    ) == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": f"{BASE}/status/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID,
        "validFrom": "2026-01-02T03:04:05Z",
        "credentialSubject": {
            "id": f"{BASE}/status/1#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u",
        },
    }


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("build", [ob.achievement_credential, ob.assertion])
def test_nothing_empty_and_no_address_of_the_recipient_is_written(shape, build):
    written = list(members(build(SHAPES[shape])))

    assert [value for value in written if value in (None, "", [], {})] == []
    assert [value for value in written if isinstance(value, str) and "a@example.com" in value] == []


def test_badge_without_criteria_cannot_be_described():
    with pytest.raises(ValueError):
        replace(ACHIEVEMENT, criteria_text="", criteria_url="")
