"""A chunk holds rows of many batches; each badge says its own."""

import json
import uuid

import pytest

from badges import ledger
from badges.actions import Recipient, award
from badges.models import SignedDocument
from portal.workflow import take
from tests.factories.badges import draft_badge, issuer_of, published_badge

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_badges_signed_together_each_speak_of_their_own_badge_in_their_own_language():
    badge = draft_badge(name="Brake Check")
    badge.texts.create(language="lt", name="Stabdžių patikra", description="Derina stabdžius.", criteria="Suderink.")
    badge = take(badge.publish, by=issuer_of(badge.organiser))
    other = published_badge(name="Wheel Check")
    for number, (badge_class, language) in enumerate([(badge, "en"), (badge, "lt"), (other, "en")] * 2):
        people = [Recipient(f"p{number}-{n}@example.org", f"P {n}") for n in range(2)]
        award(badge_class, people, by=None, source="playlist", language=language, once_key=str(number))
    rows = ledger.lease_rows(uuid.uuid4())

    signed = ledger.sign_rows(rows)

    documents = [json.loads(signed[row.pk][SignedDocument.Format.OB3]) for row in rows]
    names = ["Brake Check", "Stabdžių patikra", "Wheel Check"] * 2
    assert [document["name"] for document in documents] == [name for name in names for _ in range(2)]
    assert [document["issuer"]["id"] for document in documents] == [row.signing_key.issuer.did for row in rows]
    assert [document["id"].split("/")[-2] for document in documents] == [str(row.assertion_key) for row in rows]
