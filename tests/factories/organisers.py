"""Organisers for tests."""

from datetime import date

import factory

from organisers.models import Invitation, JoinRequest, Membership, Organiser, OrganiserText
from portal.accounts.models import Person
from tests.factories.accounts import PersonFactory

RATAS = {
    "name": "Ratas",
    "kind": "group",
    "description": "We mend bicycles.",
    "language": "en",
    "website": "https://ratas.example.org",
    "country": "LT",
}


class OrganiserFactory(factory.django.DjangoModelFactory):
    """An unverified organiser with English words; `owner=`, `issuer=`, `author=`, `reviewer=` take a person."""

    class Meta:
        model = Organiser
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"organiser-{n}")
    website = "https://organiser.example.org"
    contact_email = "contact@example.org"
    country = "LT"

    class Params:
        verified = factory.Trait(standing="verified", verified_until=date(2099, 1, 1))

    @factory.post_generation
    def words(self, create, value, **kwargs):
        OrganiserText.objects.create(
            owner=self, language="en", is_original=True, name=value or f"Organiser {self.slug}", description="We learn."
        )

    @factory.post_generation
    def owner(self, create, value, **kwargs):
        MembershipFactory(organiser=self, person=value or PersonFactory(), role="owner")

    @factory.post_generation
    def issuer(self, create, value, **kwargs):
        if value:
            MembershipFactory(organiser=self, person=value, role="issuer")

    @factory.post_generation
    def author(self, create, value, **kwargs):
        if value:
            MembershipFactory(organiser=self, person=value, role="author")

    @factory.post_generation
    def reviewer(self, create, value, **kwargs):
        if value:
            MembershipFactory(organiser=self, person=value, role="reviewer")


class MembershipFactory(factory.django.DjangoModelFactory):
    """One role of one person."""

    class Meta:
        model = Membership

    organiser = factory.SubFactory(OrganiserFactory)
    person = factory.SubFactory(PersonFactory)
    role = "owner"


class InvitationFactory(factory.django.DjangoModelFactory):
    """An open invitation to award badges, by the organiser's owner."""

    class Meta:
        model = Invitation

    organiser = factory.SubFactory(OrganiserFactory)
    email = "ona@example.org"
    roles = ["issuer"]
    invited_by = factory.LazyAttribute(lambda facts: owner_of(facts.organiser))


class JoinRequestFactory(factory.django.DjangoModelFactory):
    """An open request of somebody."""

    class Meta:
        model = JoinRequest

    organiser = factory.SubFactory(OrganiserFactory)
    person = factory.SubFactory(PersonFactory)
    message = "I teach here."


def owner_of(organiser) -> Person:
    """Return the owner, as read anew."""
    return Person.objects.get(pk=organiser.memberships.owners().first().person_id)


def line_of(count, owner=None) -> list[Organiser]:
    """Return so many organisers, each inside the one before it, the first with an owner of one's choice."""
    line = [OrganiserFactory(owner=owner or PersonFactory())]
    for _number in range(count - 1):
        line.append(OrganiserFactory(parent=line[-1]))
    return line


def roles_of(organiser, person) -> set[str]:
    """Return the roles that a person holds."""
    return set(organiser.memberships.filter(person=person).values_list("role", flat=True))
