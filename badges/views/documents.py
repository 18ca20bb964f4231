"""What software reads: badges, versions, issuers, keys and status lists, at addresses that stay."""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers

from badges.documents import (
    did_document,
    issuer_profile,
    revocations,
    token_of,
    tokens_of,
    version_achievement,
    version_hosted,
)
from badges.models import (
    Assertion,
    Attestation,
    BadgeClassVersion,
    Issuer,
    IssuerKey,
    SignedDocument,
    StatusList,
)
from badges.openbadges import bake_png, bake_svg, encode, framed_png, public_jwk, revoked_assertion
from badges.openbadges import vocabulary as ob_vocabulary
from badges.views.drawings import DRAWING_POLICY
from badges.workflow import DRAFT
from portal.access import public
from portal.files.pictures import read_picture

LD_JSON = "application/ld+json"


def for_machines(response, *, max_age: int = 30):
    """Let any site read a badge document; what was taken back is to be seen everywhere within a minute."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers.setdefault("Cache-Control", f"public, max-age={max_age}")
    return response


def document(content: dict):
    """Answer with a JSON document."""
    return for_machines(HttpResponse(encode(content), content_type=LD_JSON))


def hosted(request, content: bytes, *, page: str, status: int = 200):
    """Answer with a 2.0 document as the reader prefers it; who prefers pages, as browsers do, is led to the page."""
    kind = request.get_preferred_type([LD_JSON, "application/json", "text/html"]) or LD_JSON
    response = redirect(page) if kind == "text/html" else HttpResponse(content, content_type=kind, status=status)
    patch_vary_headers(response, ["Accept"])
    return for_machines(response)


def stored(assertion, form: str) -> str:
    """Return the current text of one form of a badge."""
    return assertion.documents.get(format=form, replaced_by=None).body


def public_assertion(key) -> Assertion:
    """Fetch a badge that is out, for software."""
    return get_object_or_404(Assertion.objects.out().with_words(), key=key)


def frozen_version(key, number) -> BadgeClassVersion:
    """Fetch a version of a badge class; one that was never published has none to show."""
    versions = BadgeClassVersion.objects.select_related("badge_class__organiser")
    return get_object_or_404(versions.exclude(badge_class__state=DRAFT), badge_class__key=key, number=number)


def removed(request, found=None, *, kinds=("application/json", "text/html")):
    """Answer 410 for what its holder had removed: to software as JSON, to people as a page, in doubt the first kind."""
    if (request.get_preferred_type(list(kinds)) or kinds[0]) == "text/html":
        response = render(request, "badges/removed.html", {"assertion": found}, status=410)
    else:
        said = {"id": settings.BASE_URL + request.path, "removed": True, "description": "Removed by its holder."}
        response = for_machines(JsonResponse(said, status=410))
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Accept", "Cookie", "Accept-Language"])
    return response


def erased_badge(key) -> Assertion | None:
    """Return a badge of which its holder had everything removed."""
    return Assertion.objects.out().with_words().exclude(erased_at=None).filter(key=key).first()


def of_badge(view):
    """Fetch the badge of a document that is out, and answer 410 where its holder had it removed."""

    @wraps(view)
    def served(request, key):
        found = public_assertion(key)
        return removed(request, found) if found.is_erased else view(request, found)

    return served


@public
def version_as_class(request, key, number):
    """Serve a version as Open Badges 2.0 BadgeClass."""
    frozen = frozen_version(key, number)
    issuer = get_object_or_404(Issuer.objects.with_words(), organiser=frozen.badge_class.organiser)
    return hosted(request, encode(version_hosted(frozen, issuer)), page=frozen.get_absolute_url())


@public
def achievement(request, key, number):
    """Serve a version as Open Badges 3.0 Achievement."""
    frozen = frozen_version(key, number)
    issuer = Issuer.objects.with_words().filter(organiser=frozen.badge_class.organiser).first()
    return document(version_achievement(frozen, issuer))


@public
def assertion_hosted(request, key):
    """Serve a badge as Open Badges 2.0 Assertion; 410 with the reason when it was taken back."""
    found = public_assertion(key)
    page = found.get_absolute_url()
    if found.is_revoked:
        stub = revoked_assertion(settings.BASE_URL + request.path, found.revocation_reason)
        return hosted(request, encode(stub), page=page, status=410)
    if found.is_erased:
        return removed(request, found)
    return hosted(request, stored(found, SignedDocument.Format.OB2).encode(), page=page)


@public
@of_badge
def assertion_credential(request, found):
    """Serve a badge as signed Open Badges 3.0 credential: the bytes that were signed."""
    return for_machines(HttpResponse(stored(found, SignedDocument.Format.OB3), content_type="application/vc+ld+json"))


@public
@of_badge
def assertion_token(request, found):
    """Serve a badge as JSON Web Token: what was signed, once more by the issuer's present key."""
    signing = token_key_of(found.issuer)
    if signing is None:
        return not_yet("The key is being made.")
    token = token_of(stored(found, SignedDocument.Format.OB3), tokens_of(signing))
    return for_machines(HttpResponse(token, content_type="application/jwt"))


def token_key_of(issuer) -> IssuerKey | None:
    """Return the key that signs tokens for an issuer now; None while it is being made."""
    return issuer.keys.signing(settings.TOKEN_ALGORITHM).select_related("issuer").first()


@public
@of_badge
def assertion_png(request, found):
    """Serve the picture with both forms of the badge baked in."""
    return baked_picture(request, found, bake_png(picture_of(found.badge_version), *forms_of(found)), "png")


@public
@of_badge
def assertion_svg(request, found):
    """Serve the picture as a drawing with both forms of the badge baked in."""
    drawing = framed_png(picture_of(found.badge_version))
    return baked_picture(request, found, bake_svg(drawing, *forms_of(found)), "svg")


def picture_of(version) -> bytes:
    """Return the picture of a version; 404 where the file is gone."""
    try:
        return read_picture(version.content["picture"])
    except FileNotFoundError as gone:
        raise Http404 from gone


def forms_of(assertion) -> tuple[bytes, bytes]:
    """Return both forms of a badge as they are baked into its picture, the newer one first."""
    return tuple(stored(assertion, form).encode() for form in (SignedDocument.Format.OB3, SignedDocument.Format.OB2))


def baked_picture(request, assertion, content: bytes, ending: str):
    """Answer with a picture that is a badge."""
    kind = {"png": "image/png", "svg": "image/svg+xml"}[ending]
    response = for_machines(HttpResponse(content, content_type=kind))
    response._csp_config = DRAWING_POLICY
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="badge-{assertion.key}.{ending}"'
    return response


@public
def attestation_credential(request, key):
    """Serve a statement about an organiser: the bytes that were signed."""
    found = get_object_or_404(Attestation, key=key)
    if not found.body:
        return removed(request)
    return for_machines(HttpResponse(found.body, content_type="application/vc+ld+json"))


@public
def attestation_png(request, key):
    """Serve the picture of a badge that an organiser earned, with the credential baked in."""
    found = get_object_or_404(Attestation.objects.select_related("badge_version").exclude(badge_version=None), key=key)
    baked = bake_png(picture_of(found.badge_version), found.body.encode())
    response = for_machines(HttpResponse(baked, content_type="image/png"))
    response["Content-Disposition"] = f'inline; filename="label-{found.key}.png"'
    return response


def known_issuer(key) -> Issuer:
    """Fetch an issuer with its keys."""
    return get_object_or_404(Issuer.objects.with_words().prefetch_related("keys"), key=key)


@public
def issuer_profile_json(request, key):
    """Serve an issuer as Open Badges 2.0 Profile."""
    found = known_issuer(key)
    return hosted(request, encode(issuer_profile(found)), page=found.get_absolute_url())


@public
def issuer_revocations(request, key):
    """Serve which of an issuer's badges were taken back, as Open Badges 2.0 RevocationList."""
    return document(revocations(known_issuer(key)))


@public
def issuer_did(request, key):
    """Serve an issuer's DID document with all its keys."""
    return for_machines(JsonResponse(did_document(known_issuer(key)), content_type="application/did+ld+json"))


@public
def issuer_key(request, key, number):
    """Serve one public key of an issuer as JWK; those that sign no more stay, those in wrong hands are gone."""
    found = get_object_or_404(IssuerKey, issuer__key=key, number=number)
    if found.compromised_at:
        return for_machines(HttpResponse("This key was withdrawn.\n", status=410, content_type="text/plain"))
    return for_machines(JsonResponse(public_jwk(bytes(found.public)), content_type="application/jwk+json"))


@public
def vocabulary(request):
    """Serve the JSON-LD context for what the standards have no term for; it never changes."""
    response = HttpResponse(ob_vocabulary(), content_type=LD_JSON)
    return for_machines(response, max_age=365 * 24 * 3600)


def not_yet(why: str):
    """Answer that the worker is still about it."""
    response = HttpResponse(f"{why}\n", status=503, content_type="text/plain")
    response["Retry-After"] = "5"
    return response


@public
def status_list(request, key):
    """Serve a signed status list."""
    found = get_object_or_404(StatusList, key=key)
    if not found.body:
        return not_yet("The list is being signed.")
    return for_machines(HttpResponse(found.body, content_type="application/vc+ld+json"))
