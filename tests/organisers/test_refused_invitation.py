"""An invitation gives nothing to another address, when it is spoiled, or without an owner behind it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import PermissionDenied

from organisers.actions import accept_invitation, revoke_invitation, set_roles
from organisers.links import SALT, invitation_path
from organisers.models import Invitation
from portal import clock
from portal.accounts.models import Person
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import InvitationFactory, MembershipFactory, OrganiserFactory, owner_of, roles_of


@pytest.mark.django_db
def test_another_account_with_the_link_is_refused_and_learns_nothing(client):
    organiser = OrganiserFactory(owner=PersonFactory(name="Rita the inviter"))
    invitation = InvitationFactory(organiser=organiser, email="ona.secret@example.org")
    thief = PersonFactory()
    client.force_login(thief)

    looked, tried = client.get(invitation_path(invitation)), client.post(invitation_path(invitation))

    assert (looked.status_code, tried.status_code) == (200, 403)
    for answer in (looked, tried):
        page = answer.content.decode()
        assert "This invitation is for another address" in page
        assert "ona.secret" not in page
        assert "Rita" not in page
        assert "makes badges and awards them" not in page
    assert roles_of(invitation.organiser, thief) == set()
    with pytest.raises(PermissionDenied):
        accept_invitation(invitation, by=thief)


@pytest.mark.django_db
def test_address_counts_only_once_it_is_proved(client):
    invitation = InvitationFactory()
    person = PersonFactory(email="first@example.org")
    address = EmailAddress.objects.create(user=person, email="ona@example.org", verified=False)
    client.force_login(person)

    assert client.post(invitation_path(invitation)).status_code == 403
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)

    assert client.post(invitation_path(invitation)).status_code == 302
    assert roles_of(invitation.organiser, person) == {"issuer"}


@pytest.mark.django_db
def test_stranger_is_led_to_sign_in_or_register_and_back(client):
    invitation = InvitationFactory()
    path = invitation_path(invitation)

    page = client.get(path).content.decode()

    assert "o…@example.org" in page
    assert "ona@example.org" not in page
    assert invitation.invited_by.name not in page
    assert f"/accounts/signup/?next={quote(path)}" in page
    assert client.post(path).status_code == 403


def revoked(invitation, _ona):
    revoke_invitation(invitation, by=owner_of(invitation.organiser))


def used(invitation, ona):
    accept_invitation(invitation, by=ona)
    MembershipFactory(organiser=invitation.organiser, role="owner")
    set_roles(invitation.organiser, ona, [], by=owner_of(invitation.organiser))


def run_out(invitation, _ona):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now() - timedelta(seconds=1))


def inviter_demoted(invitation, _ona):
    second = MembershipFactory(organiser=invitation.organiser, role="owner").person
    set_roles(invitation.organiser, invitation.invited_by, ["issuer"], by=second)


def inviter_deactivated(invitation, _ona):
    Person.objects.filter(pk=invitation.invited_by_id).update(is_active=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (revoked, "was taken back"),
        (used, "was used already"),
        (run_out, "ran out"),
        (inviter_demoted, "may no longer give roles"),
        (inviter_deactivated, "may no longer give roles"),
    ],
)
def test_spoiled_invitation_says_why_and_gives_nothing(client, ona, spoil, said):
    invitation = InvitationFactory()
    path = invitation_path(invitation)
    spoil(invitation, ona)

    answers = client.get(path), client.post(path)

    assert [(answer.status_code, said in answer.content.decode()) for answer in answers] == [(410, True)] * 2
    assert roles_of(invitation.organiser, ona) == set()
    with pytest.raises(StepRefused, match=said):
        accept_invitation(invitation, by=ona)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token",
    ["nonsense", signing.dumps("no key", salt=SALT), signing.dumps("1", salt="else")],
    ids=["nonsense", "unknown", "number"],
)
def test_made_up_link_leads_nowhere(client, token):
    assert client.get(f"/invitations/{token}/").status_code == 404
