"""What the database refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from organisers.models import Invitation, JoinRequest, Membership, Organiser, OrganiserText
from portal import clock
from tests.factories.organisers import InvitationFactory, JoinRequestFactory, OrganiserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(latitude=54.7),
        lambda rows: rows.update(longitude=25.2),
        lambda rows: rows.update(standing="verified", verified_until=None),
    ],
)
def test_database_refuses_half_facts(change):
    organiser = OrganiserFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        change(Organiser.objects.filter(pk=organiser.pk))


def test_there_is_one_network():
    OrganiserFactory(is_network=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        OrganiserFactory(is_network=True)


def test_words_stand_once_in_a_language_and_have_one_original():
    organiser = OrganiserFactory()

    for text in ({"language": "en"}, {"language": "lt", "is_original": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrganiserText.objects.create(owner=organiser, name="Again", description="Again", **text)


def test_person_has_a_role_once():
    membership = OrganiserFactory().memberships.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organiser=membership.organiser, person=membership.person, role=membership.role)


@pytest.mark.parametrize(
    "change",
    [{"state": "accepted"}, {"state": "revoked"}, {"accepted_at": clock.now()}, {"roles": []}],
)
def test_database_refuses_an_invitation_whose_facts_do_not_fit(change):
    invitation = InvitationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**change)


@pytest.mark.parametrize("change", [{"state": "declined"}, {"answered_at": clock.now()}])
def test_database_refuses_an_answer_without_a_date_and_a_date_without_an_answer(change):
    asked = JoinRequestFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.filter(pk=asked.pk).update(**change)


def test_one_invitation_to_an_address_and_one_request_of_a_person_are_open():
    invitation, asked = InvitationFactory(), JoinRequestFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(organiser=invitation.organiser)
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequestFactory(organiser=asked.organiser, person=asked.person)
