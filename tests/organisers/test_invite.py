"""Owners invite by mail: who may, whom, how many, and what the letter says."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from organisers.actions import invite, revoke_invitation, send_invitation_again
from organisers.links import invitation_link
from organisers.models import Invitation, Membership
from portal import clock
from portal.notifications.models import OutgoingMail
from portal.notifications.schedule import send_due_mail
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import InvitationFactory, MembershipFactory, OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db

ROLES = Membership.Role.values


@pytest.fixture
def organiser(client):
    """Sign in the owner of an organiser."""
    organiser = OrganiserFactory()
    client.force_login(owner_of(organiser))
    return organiser


def form_of(organiser):
    return f"/workspace/{organiser.slug}/people/invite/"


@pytest.mark.parametrize("held", [*ROLES, "nothing"])
@pytest.mark.parametrize("offered", ROLES)
def test_only_owners_offer_a_role_and_nobody_rises_by_it(held, offered):
    organiser, person = OrganiserFactory(), PersonFactory()
    if held != "nothing":
        MembershipFactory(organiser=organiser, person=person, role=held)

    if held == "owner":
        assert invite(organiser, ["ona@example.org"], roles=[offered], by=person)[0].roles == [offered]
    else:
        with pytest.raises(PermissionDenied):
            invite(organiser, [person.email], roles=[offered], by=person)
        assert not Invitation.objects.exists()


def test_owner_invites_several_people_at_once_each_address_once(client, organiser):
    text = "Ona@Example.org\n\n jonas@example.org;\nona@example.org"

    client.post(form_of(organiser), {"addresses": text, "roles": ["issuer", "author"]})

    rows = Invitation.objects.order_by("email").values_list("email", "roles", "state")
    assert list(rows) == [
        ("jonas@example.org", ["author", "issuer"], "open"),
        ("ona@example.org", ["author", "issuer"], "open"),
    ]
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"jonas@example.org", "ona@example.org"}


@pytest.mark.parametrize(
    "typed",
    [
        "ona@example.org,jonas@example.org",
        "ona@example.org; jonas@example.org;",
        "ona@example.org jonas@example.org\tona@example.org",
        "Ona Onaitė <ona@example.org>, Jonas <Jonas@Example.org>",
        '"Onaitė, Ona" <ona@example.org>; <jonas@example.org>',
        "Ona <ona@example.org> Jonas <jonas@example.org>",
        "Ona <ona@example.org>\r\njonas@example.org",
    ],
)
def test_addresses_are_taken_as_other_programs_write_them(client, organiser, typed):
    client.post(form_of(organiser), {"addresses": typed, "roles": ["issuer"]})

    assert set(Invitation.objects.values_list("email", flat=True)) == {"ona@example.org", "jonas@example.org"}


def test_each_wrong_address_is_named_and_what_was_typed_stays(client, organiser):
    typed = "ona@example.org, jonas; Petras <petras> rasa@"

    page = client.post(form_of(organiser), {"addresses": typed, "roles": ["issuer"]})

    wrong = ["jonas", "<petras>", "rasa@"]
    assert page.context["form"].errors["addresses"] == [f"“{one}” is not an e-mail address." for one in wrong]
    assert page.context["form"]["addresses"].value() == typed
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"addresses": ", ;"}, "Fill this in."),
        ({"addresses": "ona@example.org\n<nobody>"}, "“&lt;nobody&gt;” is not an e-mail address."),
        ({"roles": []}, "Choose at least one."),
        ({"roles": ["admin"]}, "Select a valid choice."),
        ({"addresses": " \n "}, "Fill this in."),
    ],
)
def test_form_says_what_is_wrong_and_invites_nobody(client, organiser, wrong, said):
    page = client.post(form_of(organiser), {"addresses": "ona@example.org", "roles": ["issuer"]} | wrong)

    assert said in page.content.decode()
    assert not Invitation.objects.exists()


def test_letter_names_inviter_and_roles_and_carries_a_link_that_the_database_does_not(organiser):
    person = PersonFactory(email="second@example.org", language="lt")
    (invitation,) = invite(organiser, [person.email], roles=["issuer", "reviewer"], by=owner_of(organiser))

    send_due_mail()

    (letter,) = mail.outbox
    (token,) = re.findall(r"/invitations/(\S+)/", letter.body)
    assert letter.to == ["second@example.org"]
    assert OutgoingMail.objects.get().language == "lt"
    assert token.partition(":")[0] in invitation_link(invitation)  # what follows is signed with the second
    assert owner_of(organiser).name in letter.body
    assert not any(token in str(value) for value in vars(invitation).values())


def test_letter_to_an_unknown_address_reads_well(organiser):
    invite(organiser, ["ona@example.org"], roles=["issuer", "reviewer"], by=owner_of(organiser))

    send_due_mail()

    assert mail.outbox[0].subject == f"An invitation to {organiser.name}"
    assert "Your part would be: Issuer, Reviewer." in mail.outbox[0].body


def test_fifty_are_open_at_most(organiser):
    organiser = OrganiserFactory(verified=True)
    owner = owner_of(organiser)
    invite(organiser, [f"p{n}@example.org" for n in range(50)], roles=["issuer"], by=owner)

    with pytest.raises(StepRefused, match="50 invitations"):
        invite(organiser, ["one.more@example.org"], roles=["issuer"], by=owner)

    revoke_invitation(Invitation.objects.open().first(), by=owner)
    assert len(invite(organiser, ["one.more@example.org"], roles=["issuer"], by=owner)) == 1


def test_unverified_organisers_invite_thirty_a_day_however_many_of_them_one_person_has(organiser):
    owner = owner_of(organiser)
    for invitation in invite(organiser, [f"p{n}@example.org" for n in range(30)], roles=["issuer"], by=owner):
        revoke_invitation(invitation, by=owner)

    for place in (organiser, OrganiserFactory(owner=owner)):
        with pytest.raises(StepRefused, match="30 people a day"):
            invite(place, ["one.more@example.org"], roles=["issuer"], by=owner)
    with clock.moved_to(timedelta(days=1, minutes=1)):
        assert invite(organiser, ["one.more@example.org"], roles=["issuer"], by=owner)


def test_verified_organisers_invite_three_hundred_a_day():
    organiser = OrganiserFactory(verified=True)
    owner = owner_of(organiser)
    for batch in range(6):
        for invitation in invite(
            organiser, [f"p{batch}.{n}@example.org" for n in range(50)], roles=["issuer"], by=owner
        ):
            revoke_invitation(invitation, by=owner)

    with pytest.raises(StepRefused, match="300 people a day"):
        invite(organiser, ["one.more@example.org"], roles=["issuer"], by=owner)


@pytest.mark.parametrize("verified", [True, False])
def test_an_organiser_writes_to_an_address_once_a_day_and_once_more_when_it_takes_back(verified):
    organiser = OrganiserFactory(verified=verified)
    owner = owner_of(organiser)
    (first,) = invite(organiser, ["ona@example.org"], roles=["issuer"], by=owner)
    with pytest.raises(StepRefused, match="less than a day ago: ona@"):
        invite(organiser, ["jonas@example.org", "ona@example.org"], roles=["author"], by=owner)

    revoke_invitation(first, by=owner)
    (second,) = invite(organiser, ["ona@example.org"], roles=["author"], by=owner)
    revoke_invitation(second, by=owner)

    with pytest.raises(StepRefused, match="twice within a day: ona@"):
        invite(organiser, ["jonas@example.org", "ona@example.org"], roles=["author"], by=owner)
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["ona@example.org"] * 2
    assert (Invitation.objects.open().count(), Invitation.objects.count()) == (0, 2)
    with clock.moved_to(timedelta(days=1, minutes=1)):
        assert len(invite(organiser, ["ona@example.org"], roles=["author"], by=owner)) == 1


def test_an_address_gets_five_invitations_a_day_from_all_organisers_together():
    old = InvitationFactory(sent_at=clock.now() - timedelta(days=2))
    for _number in range(5):
        organiser = OrganiserFactory(verified=True)
        invite(organiser, [old.email], roles=["issuer"], by=owner_of(organiser))
    sixth = OrganiserFactory(verified=True)

    with pytest.raises(StepRefused, match="many invitations today: ona@"):
        invite(sixth, [old.email], roles=["issuer"], by=owner_of(sixth))
    with pytest.raises(StepRefused, match="many invitations today: ona@"):
        send_invitation_again(old, by=owner_of(old.organiser))

    assert OutgoingMail.objects.count() == 5


def test_tags_get_a_mailbox_no_more_letters(organiser):
    owner = owner_of(organiser)
    tagged = [f"ona+{number}@example.org" for number in range(6)]

    with pytest.raises(StepRefused, match="many invitations today: ona"):
        invite(organiser, tagged, roles=["issuer"], by=owner)
    invite(organiser, tagged[:5], roles=["issuer"], by=owner)
    with pytest.raises(StepRefused, match="many invitations today: ona@"):
        invite(organiser, ["ona@example.org"], roles=["issuer"], by=owner)

    assert invite(organiser, ["jona@example.org"], roles=["issuer"], by=owner)
    assert OutgoingMail.objects.count() == 6


def test_suspended_organiser_invites_nobody():
    organiser = OrganiserFactory(standing="suspended")

    with pytest.raises(PermissionDenied):
        invite(organiser, ["ona@example.org"], roles=["issuer"], by=owner_of(organiser))
