"""What the database refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from organisers.models import Membership, Organiser, OrganiserText
from tests.factories.organisers import OrganiserFactory

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
