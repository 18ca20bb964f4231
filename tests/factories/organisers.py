"""Organisers for tests."""

from datetime import date

import factory

from organisers.actions import ask_for_information, request_verification, suspend_organiser, take_up_verification
from organisers.models import (
    Invitation,
    JoinRequest,
    Membership,
    Organiser,
    OrganiserText,
    Suspension,
    VerificationCase,
)
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


def requested_case(organiser=None, **facts) -> VerificationCase:
    """Let the owner of an organiser, or of a new one, ask to be verified."""
    organiser = organiser or OrganiserFactory()
    filed = {"registration": "304 111 222", "signatory": "Ona O.", "values_version": "1"} | facts
    return request_verification(organiser, by=owner_of(organiser), **filed)


def case_in_check(coordinator, organiser=None) -> VerificationCase:
    """Return a case that a coordinator took up."""
    return take_up_verification(requested_case(organiser), by=coordinator)


def case_with_question(coordinator, organiser=None) -> VerificationCase:
    """Return a case with an open question on a document."""
    words = "Please attach your statutes, the last version."
    case = case_in_check(coordinator, organiser)
    return ask_for_information(case, about=["document"], words=words, by=coordinator)


def suspended_by(person, organiser=None, **facts) -> Suspension:
    """Return the suspension of an organiser, or of a new one."""
    return suspend_organiser(
        organiser or OrganiserFactory(), by=person, **{"reason": "complaint", "words": "A complaint."} | facts
    )
