"""Badges that somebody collected, put together."""

from badges.actions import Recipient, award, collect_badge
from badges.actions.collections import choose_badges, create_collection, share_collection
from badges.actions.showing import publish_badge
from badges.models import Assertion, Collection, ImportedBadge
from portal.files.actions import store_file
from portal.files.gate import Admitted
from tests.factories.badges import carry_out, published_badge
from tests.factories.organisers import OrganiserFactory


def collected(person, count=1, organiser=None) -> list[Assertion]:
    """Return new badges that a person collected, named “Badge 1” and on."""
    organiser = organiser or OrganiserFactory(verified=True)
    there = Assertion.objects.for_person(person).count()
    classes = [published_badge(organiser, name=f"Badge {there + number}") for number in range(1, count + 1)]
    for badge in classes:
        award(badge, [Recipient(person.email, person.name)], by=None, source="playlist", once_key=f"{badge.pk}")
    carry_out()
    return [collect_badge(Assertion.objects.get(badge_class=badge, email=person.email), by=person) for badge in classes]


def published(person, badges) -> list[Assertion]:
    """Publish badges that a person collected."""
    return [publish_badge(badge, by=person, shows_name=True) for badge in badges]


def imported(person, name="Cook", **facts) -> ImportedBadge:
    """Return a badge of another platform that a person keeps."""
    file = store_file(Admitted("badge.json", b"{}", "application/json"), owner=person)
    facts = {"finding": "genuine", "generation": "2.0", "issuer_name": "Elsewhere"} | facts
    return ImportedBadge.objects.create(
        person=person, address=person.email, file=file, name=name, identifier=f"urn:{name}", **facts
    )


def collection(person, badges=(), visibility="", **shown) -> Collection:
    """Return a collection of a person with these badges, shared where it is said how."""
    made = create_collection(by=person, name="Things I can repair", description="Mended and tested.")
    made = choose_badges(made, [badge.key for badge in badges], by=person)
    return share_collection(made, by=person, visibility=visibility, **shown) if visibility else made
