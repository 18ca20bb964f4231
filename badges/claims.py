"""Mailed links: an HMAC over row, nonce and purpose; nothing that opens a badge lies in the database."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import Resolver404, resolve, reverse

from badges.models import Assertion, CodeUse
from portal import clock

SALT = "badges.claim"
CODE_SALT = "badges.code"
CODE_AGE = timedelta(hours=48)


def claim_link(assertion: Assertion) -> str:
    """Return the link that is mailed to the recipient of a badge, the same each time."""
    token = signing.Signer(salt=SALT).sign_object([assertion.row_id, assertion.row.nonce])
    return settings.BASE_URL + reverse("badges:claim", args=[token])


def claimed_assertion(token: str) -> Assertion | None:
    """Return the badge of a claim link that is out; None for anything else."""
    try:
        row, nonce = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    found = Assertion.objects.out().with_words().filter(row=row, row__nonce=nonce, erased_at=None)
    return found.select_related("row", "batch", "superseded_by__row").first()


def linked_assertion(link: str) -> Assertion | None:
    """Return the badge of a mailed link or of the address of its page; None for anything else."""
    found = badge_route(link)
    if found is None:
        return None
    if found.url_name == "claim":
        return claimed_assertion(found.kwargs["token"])
    return Assertion.objects.out().with_words().filter(key=found.kwargs["key"]).first()


def is_badge_link(link: str) -> bool:
    """Say whether a link is made like that of a badge here, whether or not there is one."""
    return badge_route(link) is not None


def badge_route(link: str):
    """Return where a link leads, when it is made like that of a badge here."""
    try:
        parts = urlsplit(link)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    is_ours = f"{parts.scheme}://{parts.netloc}" == settings.BASE_URL
    return found if is_ours and found.view_name in {"badges:claim", "badges:assertion"} else None


def is_used(assertion: Assertion) -> bool:
    """Say whether a mailed link has done its work, so that it tells nobody but the holder anything any more."""
    return assertion.collected_at is not None or assertion.is_replaced


def replacing_link(assertion: Assertion) -> str:
    """Return the link to the badge that took the place of one; a wrong address does not learn of the right one."""
    new = assertion.superseded_by
    return claim_link(new) if new and new.email == assertion.email else ""


def code_link(use: CodeUse) -> str:
    """Return the link that proves the address of somebody who used a claim code."""
    token = signing.dumps([use.pk, use.nonce, clock.now().timestamp()], salt=CODE_SALT)
    return settings.BASE_URL + reverse("badges:code-confirm", args=[token])


def linked_use(token: str) -> CodeUse | None:
    """Return the use of such a link for two days; None for anything else."""
    try:
        pk, nonce, made_at = signing.loads(token, salt=CODE_SALT)
    except (signing.BadSignature, ValueError):
        return None
    if made_at < (clock.now() - CODE_AGE).timestamp():
        return None
    return CodeUse.objects.with_words().filter(pk=pk, nonce=nonce).first()
