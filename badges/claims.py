"""Claim links: an HMAC over row, nonce and purpose; nothing that opens a badge lies in the database."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from badges.models import Assertion

SALT = "badges.claim"


def claim_link(assertion: Assertion) -> str:
    """Return the link that is mailed to the recipient of a badge."""
    token = signing.dumps([assertion.row_id, assertion.row.nonce], salt=SALT)
    return settings.BASE_URL + reverse("badges:claim", args=[token])


def claimed_assertion(token: str) -> Assertion | None:
    """Return the badge of a claim link that is out; None for anything else."""
    try:
        row, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Assertion.objects.out().with_words().filter(row=row, row__nonce=nonce).select_related("row", "batch").first()
