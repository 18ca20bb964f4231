"""Badges for tests, made by the product's own actions."""

from datetime import timedelta

from badges.actions import Recipient, award, collect_badge, release_batch, save_badge_class
from badges.actions.showing import publish_badge
from badges.models import Assertion, BadgeClass
from badges.schedule import award_due_rows, sign_stale_lists
from organisers.models import Membership
from portal import clock
from portal.accounts.models import Person
from portal.workflow import take
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import MembershipFactory, OrganiserFactory

WORDS = {
    "language": "en",
    "name": "Brake Check",
    "description": "Adjusts and tests brakes.",
    "criteria": "Adjust two brakes against the bench standard.",
    "picture_text": "Hexagon with a wheel",
}
FACTS = {"level": "eqf-5", "participation": "online", "workload_minutes": 600}
SAID = {"outcomes": "Adjusts brakes\nTests brakes", "assessment": "A practical test.", "quality": "Two trainers agree."}


def issuer_of(organiser):
    """Return a person who may award the organiser's badges."""
    held = Membership.objects.filter(organiser=organiser, role="issuer").select_related("person").first()
    return held.person if held else MembershipFactory(organiser=organiser, role="issuer").person


def draft_badge(organiser=None, **words) -> BadgeClass:
    """Return a complete badge class that is not published."""
    organiser = organiser or OrganiserFactory(verified=True)
    badge = BadgeClass(organiser=organiser, kind="skill", workload_minutes=90)
    return save_badge_class(badge, by=issuer_of(organiser), words={**WORDS, **words}, skills=[], seed="test.wheel.clay")


def published_badge(organiser=None, **words) -> BadgeClass:
    """Return a badge class that can be awarded."""
    badge = draft_badge(organiser, **words)
    return take(badge.publish, by=issuer_of(badge.organiser))


def micro_credential(words=None, **facts) -> BadgeClass:
    """Return a draft that says what a micro-credential must."""
    organiser = OrganiserFactory(verified=True)
    badge = BadgeClass(organiser=organiser, kind="micro-credential", **{**FACTS, **facts})
    words = {**WORDS, **SAID, **(words or {})}
    return save_badge_class(badge, by=issuer_of(organiser), words=words, skills=[], seed="test.wheel.clay")


def carry_out() -> None:
    """Do what the clock does about awards."""
    while award_due_rows():
        pass
    sign_stale_lists()


def held_award(badge=None, email="jonas@example.org", name="Jonas Petraitis"):
    """Return a batch of one that was signed and can still be undone."""
    badge = badge or published_badge()
    batch = award(badge, [Recipient(email, name)], by=issuer_of(badge.organiser))
    carry_out()
    return batch


def assertion(badge=None, email="jonas@example.org", name="Jonas Petraitis") -> Assertion:
    """Return a badge that is out and waits for its recipient."""
    batch = held_award(badge, email, name)
    with clock.moved_to(timedelta(minutes=11)):
        release_batch(batch, by=None)
    return Assertion.objects.get(batch=batch)


def published_assertion(badge=None, email="jonas@example.org", name="Jonas Petraitis", *, shows_name=True) -> Assertion:
    """Return a badge that its holder collected and published."""
    held = assertion(badge, email, name)
    holder = Person.objects.with_verified_address(held.email).first() or PersonFactory(email=held.email)
    return publish_badge(collect_badge(held, by=holder), by=holder, shows_name=shows_name)
