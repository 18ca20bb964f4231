"""An address that only its canonical form makes too long is refused with a sentence, wherever somebody types it."""

import pytest

from badges.models import AwardRow, CodeUse
from organisers.models import Invitation
from portal.accounts.models import Person
from tests.factories.accounts import PASSWORD
from tests.factories.badges import assertion, issuer_of, published_badge
from tests.factories.codes import claim_code
from tests.factories.organisers import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]
LONG = "l" * 180 + "@" + "ą." * 20 + "lt"  # 223 characters, of which IDNA makes 343


def is_refused(answer):
    return answer.status_code == 422 and "An e-mail address has at most 254 characters." in answer.content.decode()


def test_award_to_one(client):
    badge = published_badge()
    client.force_login(issuer_of(badge.organiser))

    sent = {"first_name": "A", "last_name": "B", "email": LONG}
    assert is_refused(client.post(f"{badge.workspace_url}award/one/?path=quick", sent))
    assert not AwardRow.objects.exists()


def test_correction(client):
    badge = assertion()
    client.force_login(issuer_of(badge.badge_class.organiser))

    assert is_refused(client.post(f"{badge.workspace_url}correct/", {"name": "A", "email": LONG, "narrative": ""}))
    assert AwardRow.objects.count() == 1


def test_code(client):
    assert is_refused(client.post(claim_code(uses=3).get_absolute_url(), {"name": "A", "email": LONG}))
    assert not CodeUse.objects.exists()


@pytest.mark.parametrize("address", [LONG, "l" * 200 + "@" + "x" * 60 + "." + "y" * 40 + ".lt"])
def test_invitation(client, address):
    owner = MembershipFactory(role="owner")
    client.force_login(owner.person)

    path = f"/workspace/{owner.organiser.slug}/people/invite/"
    answer = client.post(path, {"addresses": address, "roles": ["issuer"]})

    assert "is not an e-mail address." in answer.content.decode()
    assert not Invitation.objects.exists()


def test_sign_up(client):
    sent = {"name": "Ona", "email": LONG, "password1": PASSWORD, "country": "LT", "age": "yes", "terms": "on"}
    answer = client.post("/accounts/signup/", sent)

    assert "An e-mail address has at most 254 characters." in answer.content.decode()
    assert not Person.objects.exists()
