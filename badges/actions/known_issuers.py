"""Whom the network knows among issuers elsewhere."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from badges.models import KnownIssuer
from badges.permissions import may_keep_known_issuers
from portal.audit.log import record


@transaction.atomic
def add_known_issuer(*, by, address: str, name: str, note: str = "") -> KnownIssuer:
    """Let the badges of an issuer elsewhere count as those of somebody known; one that is known is put right."""
    if not may_keep_known_issuers(by):
        raise PermissionDenied
    facts = {"name": name, "note": note, "added_by": by}
    known, _is_new = KnownIssuer.objects.update_or_create(address=address, defaults=facts)
    record("badges.known_issuer.add", about=known, by=by, facts={"address": address})
    return known


@transaction.atomic
def forget_known_issuer(known: KnownIssuer, *, by) -> None:
    """Let an issuer elsewhere count as unknown again."""
    if not may_keep_known_issuers(by):
        raise PermissionDenied
    record("badges.known_issuer.forget", about=known, by=by, facts={"address": known.address})
    known.delete()
