"""Signing leased rows: outside any transaction, the same bytes each time."""

import logging
from datetime import UTC, datetime, time

from badges.documents import award_facts, batch_facts, signed_forms
from badges.models import AwardRow, Issuer, IssuerKey
from badges.openbadges import BatchSigner
from badges.signing import can_open, signer
from portal.clock import months_later

log = logging.getLogger("portal.badges")


def with_open_keys(rows: list[AwardRow]) -> list[AwardRow]:
    """Return the rows whose key opens; the others wait for the operator and are tried again when their lease ends."""
    present = {row.signing_key for row in rows if row.signing_key.valid_to is None}
    closed = {key for key in present if not can_open(key)}
    for key in closed:
        log.error("key %s does not open with KEY_ENCRYPTION_KEY: what it is to sign waits", key.method)
    return [row for row in rows if row.signing_key not in closed]


def sign_rows(rows: list[AwardRow]) -> dict[int, dict[str, str]]:
    """Return the signed forms by row; a row that cannot be signed is left out and counted."""
    issuers = {
        issuer.organiser_id: issuer
        for issuer in Issuer.objects.with_words().filter(
            organiser__in={row.batch.badge_class.organiser_id for row in rows}
        )
    }
    signers: dict[tuple[IssuerKey, datetime], BatchSigner] = {}
    alike = {}
    signed = {}
    for row in rows:
        seal = (row.signing_key, row.issued_at)
        badge = (row.batch.badge_version_id, row.badge_language)
        try:
            if seal not in signers:
                signers[seal] = BatchSigner(signer(row.signing_key, created=row.issued_at))
            if badge not in alike:
                alike[badge] = batch_facts(row.batch, issuers[row.batch.badge_class.organiser_id], row.badge_language)
            signed[row.pk] = signed_forms(award_facts(row, *alike[badge], expiry(row)), signers[seal])
        except Exception:
            log.exception("award row %s could not be signed (try %s)", row.pk, row.attempts)
    return signed


def expiry(row: AwardRow) -> datetime | None:
    """Return when the badge of a row expires: with the day that it names, else after the months of its class."""
    if row.valid_until:
        return datetime.combine(row.valid_until, time(23, 59, 59), UTC)
    months = row.batch.badge_version.content["valid_months"]
    return months_later(row.issued_at, months) if months else None
