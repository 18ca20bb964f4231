"""A suspended organiser takes nobody in, and writes to nobody."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from organisers.actions import (
    accept_invitation,
    accept_request,
    record_standing,
    revoke_invitation,
    send_invitation_again,
)
from organisers.links import invitation_path
from organisers.models import Invitation, Membership
from portal import clock
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import InvitationFactory, JoinRequestFactory, owner_of

pytestmark = pytest.mark.django_db

SAID = "This organiser may not act at the moment"


@pytest.fixture
def invitation():
    """Return an invitation that has rested, of an organiser that was suspended since."""
    invitation = InvitationFactory(sent_at=clock.now() - timedelta(days=2))
    record_standing(invitation.organiser, by=None, standing="suspended")
    return Invitation.objects.get(pk=invitation.pk)


def test_its_invitations_are_not_sent_again(client, invitation):
    owner, organiser = owner_of(invitation.organiser), invitation.organiser
    client.force_login(owner)

    page = client.get(f"/workspace/{organiser.slug}/people/").content.decode()
    answer = client.post(f"/workspace/{organiser.slug}/people/{invitation.key}/send/")

    with pytest.raises(PermissionDenied):
        send_invitation_again(invitation, by=owner)
    assert ("Take back" in page, "Send again" in page, answer.status_code) == (True, False, 403)
    assert not OutgoingMail.objects.exists()


def test_its_invitations_are_still_taken_back(invitation):
    assert revoke_invitation(invitation, by=owner_of(invitation.organiser)).state == "revoked"


def test_an_invited_person_reads_why_they_cannot_accept_and_may_later(client, invitation):
    person = PersonFactory(email=invitation.email)
    client.force_login(person)

    answer = client.post(invitation_path(invitation))

    assert (answer.status_code, SAID in answer.content.decode()) == (410, True)
    with pytest.raises(StepRefused, match=SAID):
        accept_invitation(invitation, by=person)
    assert not Membership.objects.filter(person=person).exists()
    record_standing(invitation.organiser, by=None, standing="unverified")
    assert accept_invitation(invitation, by=person).state == "accepted"


def test_those_who_asked_to_join_are_not_let_in():
    request = JoinRequestFactory()
    record_standing(request.organiser, by=None, standing="suspended")

    with pytest.raises(StepRefused, match=SAID):
        accept_request(request, roles=["issuer"], by=owner_of(request.organiser))

    assert not Membership.objects.filter(person=request.person).exists()
