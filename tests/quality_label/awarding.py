"""Awards on a day of one's choice."""

from datetime import UTC, date, datetime

from badges.actions import Recipient, award, revoke_badge
from badges.actions.assertions import correct_badge
from badges.models import Assertion
from portal import clock
from tests.factories.badges import carry_out, issuer_of

TODAY = date(2026, 11, 22)


def at(day, hour=12):
    """Return an hour of a day in UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def give(badge, *emails, on=TODAY, hour=12):
    """Award a badge that is out at once."""
    with clock.moved_to(at(on, hour)):
        recipients = [Recipient(email, email) for email in emails]
        award(badge, recipients, by=None, source="playlist", once_key=f"{badge.pk}:{hash(emails)}")
        carry_out()
    return Assertion.objects.filter(badge_class=badge, email__in=emails)


def emails(count, start=0):
    """Return so many addresses."""
    return [f"learner{number}@example.org" for number in range(start, start + count)]


def corrected(assertion, then_revoked=False):
    """Put a corrected badge in the place of another, and take it back as well."""
    issuer = issuer_of(assertion.badge_class.organiser)
    correct_badge(assertion, by=issuer, email=assertion.email, name="Another Name")
    carry_out()
    assertion.refresh_from_db()
    if then_revoked:
        revoke_badge(assertion.superseded_by, by=issuer, reason="A mistake after all.")
