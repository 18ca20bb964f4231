"""Badges of somebody who waits for a guardian: they wait as well, and nobody learns of the account."""

import pytest

from badges.models import Assertion
from portal import clock
from portal.accounts.guardians import agree_for_child
from portal.accounts.models import Guardian
from portal.notifications.models import Notification, OutgoingMail
from tests.badges.pages import confirm_path, said
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, issuer_of
from tests.factories.codes import WANTED, claim_code, proven_use

pytestmark = pytest.mark.django_db

CHILD = "vaiva@example.org"


@pytest.fixture
def child(client):
    """A child who waits, signed in."""
    person = PersonFactory(email=CHILD, is_of_age=False, awaits_guardian=True)
    Guardian.objects.create(child=person, email="rasa@example.org", asked_at=clock.now())
    client.force_login(person)
    return person


def test_badge_waits_until_the_guardian_agrees(client, child):
    badge = assertion(email=CHILD)

    for answer in (client.get("/backpack/"), client.post("/backpack/add/", {"text": "x"})):
        assert answer["Location"].startswith("/waiting/")
    client.post(f"/backpack/{badge.key}/collect/")
    badge.refresh_from_db()
    assert badge.collected_at is None
    assert not Notification.objects.filter(person=child).exists()
    assert OutgoingMail.objects.get(event="badges/badge_waiting").person is None

    agree_for_child(Guardian.objects.get(), name="Rasa")
    client.post(f"/backpack/{badge.key}/collect/")

    badge.refresh_from_db()
    assert badge.collected_at is not None


def test_claim_by_code_needs_neither_account_nor_guardian(client, child):
    code = claim_code(uses=9)

    page = said(client.get(code.get_absolute_url()))
    answer = client.post(code.get_absolute_url(), WANTED)
    use = proven_use(code)
    carry_out()

    assert 'name="email"' in page
    assert answer["Location"] == "/c/sent/"
    assert use.person is None
    assert Assertion.objects.get().email == CHILD
    assert client.get(confirm_path(use)).status_code == 200


def test_issuer_is_shown_the_same_for_a_child_who_waits_as_for_nobody(client, child):
    badge = assertion(email=CHILD)
    issuer = issuer_of(badge.badge_class.organiser)
    client.force_login(issuer)
    with_child = client.get(badge.workspace_url).text
    child.delete()
    without = client.get(badge.workspace_url).text

    assert [line for line in with_child.splitlines() if "csrf" not in line] == [
        line for line in without.splitlines() if "csrf" not in line
    ]
