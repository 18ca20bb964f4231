"""What owners do with an open invitation, and nobody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from organisers.actions import invite, revoke_invitation, send_invitation_again
from organisers.links import invitation_path
from organisers.models import Invitation
from portal import clock
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import InvitationFactory, MembershipFactory, OrganiserFactory, owner_of
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    """Sign in the owner of an organiser."""
    organiser = OrganiserFactory()
    client.force_login(owner_of(organiser))
    return organiser


def test_second_invitation_to_an_address_replaces_the_first(client, organiser):
    first = InvitationFactory(organiser=organiser, sent_at=clock.now() - timedelta(days=2))

    (second,) = invite(organiser, [first.email], roles=["author"], by=owner_of(organiser))

    assert list(Invitation.objects.open()) == [second]
    assert client.get(invitation_path(first)).status_code == 410


def test_invitation_is_sent_again_after_a_day_by_whoever_then_stands_behind_it(organiser):
    invitation = InvitationFactory(organiser=organiser)
    second = MembershipFactory(organiser=organiser, role="owner").person
    with pytest.raises(StepRefused, match="less than a day ago"):
        send_invitation_again(invitation, by=second)

    with clock.moved_to(timedelta(days=20)):
        again = send_invitation_again(invitation, by=second)

        assert (again.invited_by, again.has_run_out) == (second, False)
        assert OutgoingMail.objects.get().to == invitation.email


def test_owner_corrects_the_roles_of_an_invitation_at_once_without_a_second_letter(client, organiser):
    (invitation,) = invite(organiser, ["ona@example.org"], roles=["issuer"], by=owner_of(organiser))
    path = f"/workspace/{organiser.slug}/people/{invitation.key}/roles/"
    assert client.get(path).context["form"]["roles"].value() == ["issuer"]

    client.post(path, {"roles": ["reviewer", "author"]})

    assert Invitation.objects.get().roles == ["author", "reviewer"]
    assert OutgoingMail.objects.count() == 1
    client.force_login(PersonFactory(email="ona@example.org"))
    shown = client.get(invitation_path(invitation)).content.decode()
    assert ("Reviewer" in shown, "Issuer" in shown) == (True, False)


def test_an_invitation_offers_a_role_and_changes_no_more_once_it_is_taken_back(client, organiser):
    (invitation,) = invite(organiser, ["ona@example.org"], roles=["issuer"], by=owner_of(organiser))
    path = f"/workspace/{organiser.slug}/people/{invitation.key}/roles/"

    assert "Choose at least one." in client.post(path, {"csrfmiddlewaretoken": "x"}).content.decode()
    client.post(f"/workspace/{organiser.slug}/people/{invitation.key}/revoke/")
    assert client.post(path, {"roles": ["author"]}).status_code == 404

    assert Invitation.objects.get().roles == ["issuer"]


def test_taking_back_stops_the_letter_that_has_not_left(client, organiser):
    (invitation,) = invite(organiser, ["ona@example.org"], roles=["issuer"], by=owner_of(organiser))

    client.post(f"/workspace/{organiser.slug}/people/{invitation.key}/revoke/")

    assert Invitation.objects.get().state == "revoked"
    assert OutgoingMail.objects.get().state == "cancelled"


@pytest.mark.parametrize("verb", ["revoke", "send", "roles"])
def test_owner_touches_no_invitation_of_another_organiser(client, organiser, verb):
    foreign = InvitationFactory(sent_at=clock.now() - timedelta(days=2))

    here = client.post(f"/workspace/{organiser.slug}/people/{foreign.key}/{verb}/")
    there = client.post(f"/workspace/{foreign.organiser.slug}/people/{foreign.key}/{verb}/")

    assert (here.status_code, there.status_code) == (404, 404)
    foreign.refresh_from_db()
    assert (foreign.state, OutgoingMail.objects.count()) == ("open", 0)


@pytest.mark.parametrize("role", ["issuer", "author", "reviewer"])
def test_other_members_neither_see_nor_touch_invitations(client, role):
    member = PersonFactory()
    organiser = OrganiserFactory(**{role: member})
    invitation = InvitationFactory(organiser=organiser)
    client.force_login(member)

    page = client.get(f"/workspace/{organiser.slug}/people/").content.decode()
    answers = [
        client.post(f"/workspace/{organiser.slug}/people/{invitation.key}/{verb}/").status_code
        for verb in ("revoke", "send", "roles")
    ]

    assert invitation.email not in page
    assert answers == [403, 403, 403]
    with pytest.raises(PermissionDenied):
        revoke_invitation(invitation, by=member)


def test_people_page_asks_as_often_for_many_invitations_as_for_one(client, organiser):
    InvitationFactory(organiser=organiser)
    few = queries_of(client, f"/workspace/{organiser.slug}/people/")

    for number in range(5):
        InvitationFactory(organiser=organiser, email=f"p{number}@example.org")

    assert queries_of(client, f"/workspace/{organiser.slug}/people/") == few
