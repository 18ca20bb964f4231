"""Accepting an invitation: the roles it gives, who is told, the way to it and back."""

import re

import pytest
from django.core import mail

from organisers.actions import accept_invitation, revoke_invitation
from organisers.links import invitation_path
from organisers.models import Invitation
from organisers.permissions import may_accept
from portal.notifications.models import Notification
from portal.notifications.schedule import send_due_mail
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.organisers import InvitationFactory, MembershipFactory, OrganiserFactory, owner_of, roles_of
from tests.portal.accidents import at_once

pytestmark = pytest.mark.services


@pytest.mark.django_db
def test_looking_changes_nothing_and_accepting_gives_the_roles(client, ona):
    invitation = InvitationFactory(roles=["author", "issuer"])
    organiser = invitation.organiser

    page = client.get(invitation_path(invitation)).content.decode()
    looked = roles_of(organiser, ona)
    response = client.post(invitation_path(invitation))

    assert owner_of(organiser).name in page
    assert organiser.name in page
    assert "writes activities and playlists" in page
    assert "judges what learners hand in" not in page
    assert looked == set()
    assert response["Location"] == f"/workspace/{organiser.slug}/"
    assert roles_of(organiser, ona) == {"author", "issuer"}
    assert client.get(f"/workspace/{organiser.slug}/").status_code == 200


@pytest.mark.django_db
def test_roles_come_to_those_that_are_held(ona):
    invitation = InvitationFactory(roles=["issuer"])
    MembershipFactory(organiser=invitation.organiser, person=ona, role="owner")

    accept_invitation(invitation, by=ona)

    assert roles_of(invitation.organiser, ona) == {"owner", "issuer"}


@pytest.mark.django_db
def test_every_owner_is_told_who_came(client, ona):
    invitation = InvitationFactory()
    second = MembershipFactory(organiser=invitation.organiser, role="owner").person
    MembershipFactory(organiser=invitation.organiser, role="issuer")

    accept_invitation(invitation, by=ona)

    told = Notification.objects.filter(event="organisers/joined").values_list("person", flat=True)
    assert set(told) == {invitation.invited_by_id, second.pk}
    client.force_login(second)
    assert f"{ona.name} joined {invitation.organiser.name}" in client.get("/inbox/").content.decode()


@pytest.mark.django_db
def test_who_registers_by_the_link_comes_back_to_it(client):
    path = invitation_path(InvitationFactory())
    answers = {"name": "Ona", "email": "ona@example.org", "country": "LT", "age": "yes", "password1": PASSWORD}

    client.post("/accounts/signup/", answers | {"terms": "on", "next": path})
    send_due_mail()
    confirm = re.search(r"/accounts/confirm-email/\S+", mail.outbox[0].body)[0]

    assert client.post(confirm)["Location"] == path
    assert client.post(path).status_code == 302


@pytest.mark.django_db
def test_who_comes_back_another_way_finds_the_invitation(client, ona):
    invitation = InvitationFactory()
    InvitationFactory(email="somebody.else@example.org", organiser__words="Not for Ona")

    page = client.get("/workspace/").content.decode()

    assert invitation_path(invitation).split(":")[0] in page  # the rest says the second in which it was made
    assert "Not for Ona" not in page


@pytest.mark.django_db
def test_list_of_a_person_agrees_with_the_predicate(ona):
    mine, other = InvitationFactory(), InvitationFactory(email="other@example.org")

    assert [may_accept(one, ona) for one in (mine, other)] == [True, False]
    assert list(Invitation.objects.for_person(ona)) == [mine]


@pytest.mark.django_db
def test_page_keeps_its_token_to_itself(client):
    response = client.get(invitation_path(InvitationFactory()))

    assert response["Referrer-Policy"] == "strict-origin"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_invitation_by_an_owner_above_counts(ona):
    school = OrganiserFactory()
    invitation = InvitationFactory(organiser=OrganiserFactory(parent=school), invited_by=owner_of(school))

    accept_invitation(invitation, by=ona)

    assert roles_of(invitation.organiser, ona) == {"issuer"}


@pytest.mark.django_db
def test_used_link_leads_its_owner_to_the_workspace(client, ona):
    invitation = InvitationFactory()
    accept_invitation(invitation, by=ona)

    response = client.get(invitation_path(invitation))

    assert response["Location"] == f"/workspace/{invitation.organiser.slug}/"


def test_invitation_that_is_taken_back_while_it_is_accepted_does_one_of_the_two(committing_db):
    person, invitation = PersonFactory(email="ona@example.org"), InvitationFactory()
    owner = owner_of(invitation.organiser)

    at_once(lambda: accept_invitation(invitation, by=person), lambda: revoke_invitation(invitation, by=owner))

    state = Invitation.objects.get().state
    assert roles_of(invitation.organiser, person) == ({"issuer"} if state == "accepted" else set())
