"""Organisers for tests."""

import factory

from organisers.models import Membership, Organiser, OrganiserText
from tests.factories.accounts import PersonFactory


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
        verified = factory.Trait(standing="verified", verified_until=factory.Faker("future_date"))

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
