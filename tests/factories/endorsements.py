"""Endorsements for tests, made by the product's own actions."""

from badges.actions import endorsements as actions
from badges.models import BadgeClass, Endorsement
from badges.subjects import BADGE, ORGANISER, find
from portal.accounts.models import Person
from tests.factories.badges import issuer_of, published_badge
from tests.factories.organisers import OrganiserFactory, owner_of

TEXT = "We worked beside them for two years: whoever holds this mends brakes that hold."


def subject_of(thing):
    """Return an organiser or a badge as what is endorsed."""
    return find(BADGE if isinstance(thing, BadgeClass) else ORGANISER, thing.key)


def asked(thing=None, endorser=None, *, by=None) -> Endorsement:
    """Return a request about a badge, or an organiser, to another organiser."""
    subject = subject_of(thing or published_badge())
    return actions.ask_for_endorsement(
        subject,
        endorser=endorser or OrganiserFactory(verified=True),
        message="You know our workshop.",
        by=by or issuer_of(subject.organiser),
    )


def given(thing=None, endorser=None, *, text=TEXT) -> Endorsement:
    """Return an endorsement that was asked for and written."""
    request = asked(thing, endorser)
    return actions.answer_request(request, endorser=request.endorser, text=text, by=writer_of(request))


def offered(thing=None, endorser=None, *, text=TEXT) -> Endorsement:
    """Return an endorsement that nobody asked for and that waits to be accepted."""
    endorser = endorser or OrganiserFactory(verified=True)
    subject = subject_of(thing or published_badge())
    return actions.offer_endorsement(subject, endorser=endorser, text=text, by=owner_of(endorser))


def withdrawn(endorsement=None) -> Endorsement:
    """Return an endorsement that was given and withdrawn."""
    endorsement = endorsement or given()
    return actions.withdraw_endorsement(endorsement, by=writer_of(endorsement))


def writer_of(endorsement) -> Person:
    """Return the owner of the organiser that endorses, as read anew."""
    return owner_of(endorsement.endorser)
