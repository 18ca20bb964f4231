"""What stands at the addresses of this portal, for the portal itself: it does not ask itself over the network."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

from badges.documents import address, did_document, issuer_profile, revocations, version_hosted
from badges.models import (
    Assertion,
    Attestation,
    BadgeClassVersion,
    Endorsement,
    Issuer,
    IssuerKey,
    SignedDocument,
    StatusList,
)
from badges.openbadges import WITHDRAWN, decode, did_address, public_jwk, revoked_assertion
from badges.workflow import DRAFT
from portal.versions import kept_part


def is_own(name: str) -> bool:
    """Say whether an address, or what a DID leads to, belongs to this portal."""
    own = urlsplit(settings.BASE_URL)
    try:
        found = urlsplit(did_address(name) or name)
    except ValueError:
        return False
    return (found.scheme, found.netloc) == (own.scheme, own.netloc)


def own_document(name: str) -> dict | None:
    """Return the document that stands at an address or for a DID of this portal; None for any other name."""
    where = _page(did_address(name) or name)
    produce = where and _DOCUMENTS.get(where.url_name)
    return produce(**where.kwargs) if produce else None


def own_badge(name: str) -> bytes | None:
    """Return the credential of the badge or endorsement whose page, document or picture has this address, or None."""
    where = _page(name)
    if where is None or where.url_name not in _ASSERTIONS | _ATTESTATIONS:
        return None
    if where.url_name in _ATTESTATIONS:
        return _only(Attestation.objects.filter(**where.kwargs).values_list("body", flat=True))
    current = SignedDocument.objects.filter(format=SignedDocument.Format.OB3, replaced_by=None)
    return _only(
        current.filter(assertion__in=Assertion.objects.out().filter(**where.kwargs)).values_list("body", flat=True)
    )


def own_issuer(name: str) -> Issuer | None:
    """Return the issuer of this portal whose DID or profile this is."""
    where = _page(did_address(name) or name)
    if where is None or where.url_name not in ("issuer-did", "issuer-profile"):
        return None
    return Issuer.objects.select_related("organiser").filter(**where.kwargs).first()


def own_assertion(name: str, issuer: str) -> Assertion | None:
    """Return the badge of this portal that has this name and this issuer."""
    where = _page(name)
    if where is None or where.url_name not in _ASSERTIONS:
        return None
    return Assertion.objects.out().filter(issuer=own_issuer(issuer), **where.kwargs).first()


def own_endorsement(name: str) -> Endorsement | None:
    """Return the endorsement of this portal whose page or document this is."""
    where = _page(name)
    if where is None or where.url_name not in _ATTESTATIONS:
        return None
    return Endorsement.objects.filter(attestation__key=where.kwargs["key"]).first()


_ASSERTIONS = {"assertion", *(f"assertion-{form}" for form in ("credential", "hosted", "token", "png", "svg", "pdf"))}
_ATTESTATIONS = {"attestation-credential", "attestation-png", "attestation-token", "endorsement"}


def _page(name: str) -> ResolverMatch | None:
    if not is_own(name):
        return None
    try:
        where = resolve(urlsplit(name).path)
    except Resolver404:
        return None
    return where if where.namespace == "badges" else None


def _only(bodies) -> bytes | None:
    body = bodies.first()
    return body.encode() if body else None


def _did(key: UUID) -> dict | None:
    return kept_part(("did", key), lambda: _did_now(key))


def _did_now(key: UUID) -> dict | None:
    issuer = Issuer.objects.prefetch_related("keys").filter(key=key).first()
    return issuer and did_document(issuer)


def _key(key: UUID, number: int) -> dict | None:
    found = IssuerKey.objects.filter(issuer__key=key, number=number).first()
    return found and (WITHDRAWN if found.compromised_at else public_jwk(bytes(found.public)))


def _profile(key: UUID) -> dict | None:
    issuer = Issuer.objects.with_words().filter(key=key).first()
    return issuer and issuer_profile(issuer)


def _revocations(key: UUID) -> dict | None:
    issuer = Issuer.objects.with_words().filter(key=key).first()
    return issuer and revocations(issuer)


def _badge_class(key: UUID, number: int) -> dict | None:
    versions = BadgeClassVersion.objects.exclude(badge_class__state=DRAFT)
    frozen = versions.select_related("badge_class__organiser").filter(badge_class__key=key, number=number).first()
    issuer = frozen and Issuer.objects.with_words().filter(organiser=frozen.badge_class.organiser).first()
    return issuer and version_hosted(frozen, issuer)


def _assertion(key: UUID) -> dict | None:
    found = Assertion.objects.out().filter(key=key).first()
    if found is None:
        return None
    if found.is_revoked:
        return revoked_assertion(address("assertion-hosted", key), found.revocation_reason)
    if found.is_erased:
        return None
    return decode(found.documents.get(format=SignedDocument.Format.OB2, replaced_by=None).body.encode())


def _status_list(key: UUID) -> dict | None:
    body = StatusList.objects.filter(key=key).values_list("body", flat=True).first()
    return decode(body.encode()) if body else None


_DOCUMENTS = {
    "issuer-did": _did,
    "issuer-key": _key,
    "issuer-profile": _profile,
    "issuer-revocations": _revocations,
    "version-hosted": _badge_class,
    "assertion-hosted": _assertion,
    "status-list": _status_list,
}
