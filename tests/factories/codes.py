"""Claim codes for tests, made and used by the product's own actions."""

from datetime import timedelta

from badges.actions.codes import ask_with_code, make_codes, prove_use
from badges.models import ClaimCode, CodeSeries, CodeUse
from portal import clock
from tests.factories.badges import issuer_of, published_badge

WANTED = {"name": "Vaiva Šaltenytė", "email": "Vaiva@Example.org"}


def code_series(badge=None, *, number=1, uses=1, days=7, **facts) -> CodeSeries:
    """Return a series of codes that is open for so many days."""
    badge = badge or published_badge()
    facts = {"title": "Repair Fair", "valid_until": clock.now() + timedelta(days=days), **facts}
    return make_codes(badge, by=issuer_of(badge.organiser), number=number, uses=uses, **facts)


def claim_code(badge=None, **facts) -> ClaimCode:
    """Return the first code of a new series."""
    return code_series(badge, **facts).codes.first()


def proven_use(code, email="vaiva@example.org", name="Vaiva Šaltenytė") -> CodeUse:
    """Return the use of somebody who opened the mailed link."""
    return prove_use(ask_with_code(code, email=email, name=name), by=None, name=name)
