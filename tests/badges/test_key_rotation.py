"""A key is replaced while a long list is awarded: each badge holds under the key that it names, and none is lost."""

import os
import uuid
from collections import Counter

import pytest

from badges import ledger
from badges.actions import Recipient, award
from badges.actions.keys import rotate_key
from badges.ledger import leases
from badges.models import Assertion, AwardRow, Issuer, SignedDocument
from badges.openbadges import State, Verifier, decode
from badges.published import own_document
from portal import clock
from portal.invariants import violations
from portal.notifications.models import OutgoingMail
from tests.factories.badges import carry_out, published_badge

ROWS, CHUNK = (5000, 500) if os.environ.get("FULL_SIZE") == "1" else (300, 50)
pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.timeout(1200)]


def test_each_badge_holds_under_the_key_that_it_names(monkeypatch):
    monkeypatch.setattr(leases, "CHUNK", CHUNK)
    people = [Recipient(f"p{number}@example.org", f"Person {number}") for number in range(ROWS)]
    award(published_badge(), people, by=None, source="playlist", once_key="long")
    for _chunk in range(ROWS // CHUNK // 3):
        ledger.award_chunk()
    begun = uuid.uuid4()
    rows = ledger.lease_rows(begun)  # planned under the former key, signed when there is a new one

    rotate_key(Issuer.objects.get(), by=None)
    ledger.commit(rows, ledger.sign_rows(rows), begun)
    carry_out()

    bodies = SignedDocument.objects.filter(format=SignedDocument.Format.OB3).values_list("body", flat=True)
    verifier = Verifier(resolve=own_document, now=clock.now())
    named = Counter(decode(body.encode())["proof"]["verificationMethod"].partition("#")[2] for body in bodies)
    former = CHUNK * (ROWS // CHUNK // 3 + 1)
    assert Counter(verifier.verify(body.encode()).state for body in bodies) == {State.VERIFIED: ROWS}
    assert named == {"key-1": former, "key-2": ROWS - former}
    assert Assertion.objects.values("email").distinct().count() == Assertion.objects.count() == ROWS
    assert OutgoingMail.objects.filter(key__startswith="award:").count() == ROWS
    assert not AwardRow.objects.exclude(state=AwardRow.State.AWARDED).exists()
    assert list(violations()) == []
