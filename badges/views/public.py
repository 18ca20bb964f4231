"""What strangers see: badge classes, their versions, badges that people hold."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from badges.documents import (
    linkedin_address,
)
from badges.models import (
    Assertion,
    BadgeClass,
    BadgeClassVersion,
    SignedDocument,
)
from badges.permissions import may_hold, may_see_name
from badges.verdicts import verdict_on
from badges.views.documents import erased_badge, frozen_version, known_issuer, removed, stored
from badges.views.elements import credential_elements
from badges.views.holding import holding
from portal.access import public
from portal.pages import kept_for_strangers
from portal.ui.templatetags.ui import duration
from portal.ui.webapp import kept_on_device


@public
@kept_for_strangers
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
@kept_for_strangers
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
@kept_for_strangers
def assertion(request, key):
    """Show a badge: what it says, and whether it holds, computed from the signed bytes.

    Strangers see the published ones; every other address leads to one page. Holders may look as a stranger does.
    """
    found = page_seen(request.user, key) or erased_badge(key)
    if found and found.is_erased:
        return removed(request, found, kinds=["text/html", "application/json"])
    if found and "preview" in request.GET and may_hold(found, request.user):
        response = previewed(request, found)
    elif found:
        response = render(request, "badges/assertion_detail.html", facts_of(found, request.user))
        if may_hold(found, request.user):
            response = kept_on_device(response)
    else:
        response = render(request, "badges/assertion_private.html", status=404)
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def page_seen(user, key) -> Assertion | None:
    """Return the badge whose page a person may open."""
    badges = Assertion.objects.select_related("badge_version", "badge_class__organiser__city", "issuer", "batch", "row")
    found = badges.prefetch_related("badge_class__organiser__texts").visible_to(user).filter(key=key).first()
    if found:
        found.badge_version.badge_class = found.badge_class
    return found


def previewed(request, assertion):
    """Answer its holder with what a stranger sees of a badge, with nobody signed in while the page is written."""
    holder, request.user = request.user, AnonymousUser()
    found = page_seen(request.user, assertion.key)
    facts = facts_of(found, request.user) if found else {}
    page = "badges/assertion_detail.html" if found else "badges/assertion_private.html"
    response = render(request, page, facts | {"previewed": assertion})
    request.user = holder
    return response


def facts_of(found, user) -> dict:
    """Return what a person sees on the page of a badge."""
    credential = stored(found, SignedDocument.Format.OB3)
    content, words = found.badge_version.content, words_for_reader(found)
    # Whoever may open the page of the badge without signing in sees what is shown with it.
    supplements = found.supplements.visible_to(user) if user.is_authenticated else found.supplements.shown()
    organiser, is_holder = found.badge_class.organiser, may_hold(found, user)
    return {
        "assertion": found,
        "version": found.badge_version,
        "words": words,
        "kicker": found.badge_class.get_kind_display(),
        "facts": [
            *badge_facts(organiser, content["workload_minutes"], None),
            {"name": _("Issued on"), "value": date_format(localtime(found.issued_at), "DATE_FORMAT")},
            *result_facts(found, is_holder),
        ],
        "evidence": evidence_shown(found, is_holder),
        "narrative": narrative_shown(found, is_holder),
        "supplements": list(supplements.select_related("file")),
        "seal": seal(organiser),
        "lang": foreign(words["language"]),
        "links": software_links(found),
        "verdict": verdict_on(found, credential),
        "linkedin": linkedin_address(found, words["name"]),
        "address": settings.BASE_URL + found.get_absolute_url(),
        "replacing": found.replacement_for(user),
        "is_holder": is_holder,
        "name": found.name if may_see_name(found, user) else "",
    } | (holding(found, user) if is_holder else {})


def result_facts(assertion, is_holder) -> list[dict]:
    """Return the result as a fact, for those who may see it."""
    result = assertion.row.result
    if assertion.shown.result:
        return [{"name": _("Result"), "value": result}]
    return [{"name": _("Result"), "value": result, "note": _("only you see it")}] if is_holder and result else []


def evidence_shown(assertion, is_holder) -> list[dict]:
    """Return the evidence that everybody may see; for the holder all of it."""
    public = assertion.shown.evidence
    return [
        {"url": url, "is_private": url not in public} for url in assertion.row.evidence if is_holder or url in public
    ]


def narrative_shown(assertion, is_holder) -> dict | None:
    """Return what the holder did, in the organiser's words, where everybody may read it; for the holder always."""
    text = assertion.row.narrative if is_holder else assertion.shown.narrative
    return {"text": text, "is_private": not assertion.shown.narrative} if text else None


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
def issuer(request, key):
    """Lead people from an issuer's address to the organiser's page."""
    return redirect(known_issuer(key).organiser)
