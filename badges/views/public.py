"""What a stranger opens, and what software fetches."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from badges import art
from badges.documents import (
    did_document,
    issuer_profile,
    linkedin_address,
    revocations,
    token_of,
    tokens_of,
    version_achievement,
    version_hosted,
)
from badges.models import (
    Assertion,
    Attestation,
    BadgeClass,
    BadgeClassVersion,
    Issuer,
    IssuerKey,
    SignedDocument,
    StatusList,
)
from badges.openbadges import bake_png, bake_svg, encode, framed_png, public_jwk, revoked_assertion
from badges.openbadges import vocabulary as ob_vocabulary
from badges.permissions import may_hold, may_see_name
from badges.verdicts import verdict_on
from badges.views.elements import credential_elements
from badges.workflow import DRAFT
from portal.access import public
from portal.files.pictures import read_picture
from portal.ui.templatetags.ui import duration

LD_JSON = "application/ld+json"
DRAWING_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"]}


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


# --- badge classes --------------------------------------------------------------------------------------------------


@public
def badge(request, key):
    """Show a badge class: what it stands for, how it is earned, who issues it."""
    found = BadgeClass.objects.with_words().visible_to(request.user).prefetch_related("skills")
    badge_class = get_object_or_404(found, key=key)
    words = badge_class.words()
    facts = badge_facts(badge_class.organiser, badge_class.workload_minutes, badge_class.valid_months)
    facts.append({"name": _("Collected"), "value": badge_class.assertions.out().collected().count()})
    content = badge_class.content()
    context = {
        "badge": badge_class,
        "words": words,
        "facts": facts,
        "elements": credential_elements(content, content["texts"][words.language], badge_class.organiser),
        "digest": BadgeClassVersion.digest_of(content),
        "seal": seal(badge_class.organiser),
        "lang": foreign(words.language),
    }
    return render(request, "badges/badge_detail.html", context)


def badge_facts(organiser, workload_minutes, valid_months) -> list[dict]:
    """Return the facts that a badge's sheet shows, whoever holds it."""
    place = f", {organiser.city}" if organiser.city else ""
    facts = [
        {
            "name": _("Issued by"),
            "value": organiser.name,
            "url": organiser.get_absolute_url(),
            "note": place.strip(", "),
        }
    ]
    if workload_minutes:
        facts.append({"name": _("Workload"), "value": duration(workload_minutes)})
    if valid_months:
        months = ngettext("%(count)d month", "%(count)d months", valid_months) % {"count": valid_months}
        facts.append({"name": _("Valid for"), "value": months})
    return facts


def seal(organiser) -> dict:
    """Return whether the network knows the organiser, as the sheet shows it."""
    if organiser.has_mark:
        return {"kind": "verified"}
    if not organiser.may_operate:
        return {"kind": "unverified", "text": _("This organiser may not act at the moment.")}
    return {"kind": "unverified", "text": _("The network has not verified this organiser yet.")}


def foreign(language: str) -> str:
    """Return a language when it is not the page's own, for the lang attribute."""
    return "" if language == get_language() else language


@public
def version(request, key, number):
    """Show a badge class as it was when a badge was awarded."""
    frozen = frozen_version(key, number)
    newest = frozen.badge_class.versions.order_by("-number").first()
    words = frozen.words()
    context = {
        "version": frozen,
        "words": words,
        "elements": credential_elements(frozen.content, words, frozen.badge_class.organiser),
        "newest": newest,
        "newest_label": _("The badge as it is now"),
        "lang": foreign(words["language"]),
    }
    return render(request, "badges/version_detail.html", context)


@public
def version_hosted_json(request, key, number):
    """Serve a version as Open Badges 2.0 BadgeClass."""
    frozen = frozen_version(key, number)
    issuer = get_object_or_404(Issuer.objects.with_words(), organiser=frozen.badge_class.organiser)
    return hosted(request, encode(version_hosted(frozen, issuer)), page=frozen.get_absolute_url())


@public
def version_achievement_json(request, key, number):
    """Serve a version as Open Badges 3.0 Achievement."""
    frozen = frozen_version(key, number)
    issuer = Issuer.objects.with_words().filter(organiser=frozen.badge_class.organiser).first()
    return document(version_achievement(frozen, issuer))


def frozen_version(key, number) -> BadgeClassVersion:
    """Fetch a version of a badge class; one that was never published has none to show."""
    versions = BadgeClassVersion.objects.select_related("badge_class__organiser")
    return get_object_or_404(versions.exclude(badge_class__state=DRAFT), badge_class__key=key, number=number)


@public
def art_badge(request, seed):
    """Draw the badge of a seed."""
    return drawing(art.from_seed(seed))


@public
def art_cover(request, slug):
    """Draw the cover of a page."""
    return drawing(art.cover(slug))


@public
def art_banner(request, slug):
    """Draw the wide picture at the head of a page."""
    return drawing(art.cover(slug, width=1440, height=300))


def drawing(svg: str):
    """Answer with a drawing, which is the same for ever and can do nothing."""
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response._csp_config = DRAWING_POLICY
    return response


# --- assertions -----------------------------------------------------------------------------------------------------


@public
def assertion(request, key):
    """Show a badge to a stranger: what it says, and whether it holds, computed from the signed bytes."""
    found = get_object_or_404(
        Assertion.objects.visible_to(request.user).with_words().select_related("issuer", "batch", "row"), key=key
    )
    replacing = Assertion.objects.visible_to(request.user).filter(pk=found.superseded_by_id).first()
    credential = stored(found, SignedDocument.Format.OB3)
    content, words = found.badge_version.content, words_for_reader(found)
    organiser = found.badge_class.organiser
    context = {
        "assertion": found,
        "version": found.badge_version,
        "words": words,
        "kicker": found.badge_class.get_kind_display(),
        "facts": [
            *badge_facts(organiser, content["workload_minutes"], None),
            {"name": _("Issued on"), "value": date_format(localtime(found.issued_at), "DATE_FORMAT")},
        ],
        "seal": seal(organiser),
        "lang": foreign(words["language"]),
        "links": software_links(found),
        "verdict": verdict_on(found, credential),
        "linkedin": linkedin_address(found, words["name"], organiser.name),
        "address": settings.BASE_URL + found.get_absolute_url(),
        "replacing": replacing,
        "is_holder": may_hold(found, request.user),
        "name": found.name if may_see_name(found, request.user) else "",
    }
    response = render(request, "badges/assertion_detail.html", context)
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def words_for_reader(assertion) -> dict:
    """Return the frozen words in the reader's language where the version has it, else in the language of the award."""
    here = get_language()
    return assertion.badge_version.words(
        here if here in assertion.badge_version.content["texts"] else assertion.language
    )


def software_links(assertion) -> list[dict]:
    """Return the forms of a badge that software reads."""
    where = [assertion.key]
    return [
        {
            "name": "credential.json",
            "url": reverse("badges:assertion-credential", args=where),
            "note": "Open Badges 3.0",
        },
        {
            "name": "badge.jwt",
            "url": reverse("badges:assertion-token", args=where),
            "note": _("Open Badges 3.0 as a token"),
        },
        {"name": "assertion.json", "url": reverse("badges:assertion-hosted", args=where), "note": "Open Badges 2.0"},
        {"name": "badge.png", "url": reverse("badges:assertion-png", args=where), "note": _("picture with both")},
        {"name": "badge.svg", "url": reverse("badges:assertion-svg", args=where), "note": _("drawing with both")},
        {"name": "badge.pdf", "url": reverse("badges:assertion-pdf", args=where), "note": _("certificate with 3.0")},
    ]


@public
def assertion_hosted(request, key):
    """Serve a badge as Open Badges 2.0 Assertion; 410 with the reason when it was taken back."""
    found = public_assertion(key)
    page = found.get_absolute_url()
    if found.is_revoked:
        stub = revoked_assertion(settings.BASE_URL + request.path, found.revocation_reason)
        return hosted(request, encode(stub), page=page, status=410)
    return hosted(request, stored(found, SignedDocument.Format.OB2).encode(), page=page)


@public
def assertion_credential(request, key):
    """Serve a badge as signed Open Badges 3.0 credential: the bytes that were signed."""
    found = public_assertion(key)
    return for_machines(HttpResponse(stored(found, SignedDocument.Format.OB3), content_type="application/vc+ld+json"))


@public
def assertion_token(request, key):
    """Serve a badge as JSON Web Token: what was signed, once more by the issuer's present key."""
    found = public_assertion(key)
    signing = token_key_of(found.issuer)
    if signing is None:
        return not_yet("The key is being made.")
    token = token_of(stored(found, SignedDocument.Format.OB3), tokens_of(signing))
    return for_machines(HttpResponse(token, content_type="application/jwt"))


def token_key_of(issuer) -> IssuerKey | None:
    """Return the key that signs tokens for an issuer now; None while it is being made."""
    return issuer.keys.signing(settings.TOKEN_ALGORITHM).select_related("issuer").first()


@public
def assertion_png(request, key):
    """Serve the picture with both forms of the badge baked in."""
    found = public_assertion(key)
    return baked_picture(request, found, bake_png(picture_of(found.badge_version), *forms_of(found)), "png")


@public
def assertion_svg(request, key):
    """Serve the picture as a drawing with both forms of the badge baked in."""
    found = public_assertion(key)
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


# --- statements about organisers ------------------------------------------------------------------------------------


@public
def attestation_credential(request, key):
    """Serve a statement about an organiser: the bytes that were signed."""
    found = get_object_or_404(Attestation, key=key)
    return for_machines(HttpResponse(found.body, content_type="application/vc+ld+json"))


@public
def attestation_png(request, key):
    """Serve the picture of a badge that an organiser earned, with the credential baked in."""
    found = get_object_or_404(Attestation.objects.select_related("badge_version").exclude(badge_version=None), key=key)
    baked = bake_png(picture_of(found.badge_version), found.body.encode())
    response = for_machines(HttpResponse(baked, content_type="image/png"))
    response["Content-Disposition"] = f'inline; filename="label-{found.key}.png"'
    return response


# --- issuers --------------------------------------------------------------------------------------------------------


def known_issuer(key) -> Issuer:
    return get_object_or_404(Issuer.objects.with_words().prefetch_related("keys"), key=key)


@public
def issuer(request, key):
    """Lead people from an issuer's address to the organiser's page."""
    return redirect(known_issuer(key).organiser)


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
