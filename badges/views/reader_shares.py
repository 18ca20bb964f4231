"""Badges shared with one reader: making and ending such a link, and what opens under it."""

from urllib.parse import quote

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from badges.actions import reader_shares as actions
from badges.forms.reader_shares import ReaderShareForm
from badges.models import ReaderShare, SignedDocument, Supplement
from badges.permissions import may_keep, may_show_collections
from badges.verdicts import verdict_on
from badges.views.backpack import backpack_tabs
from badges.views.collections import ROWS, offered
from badges.views.documents import stored
from badges.views.public import foreign, words_for_reader
from portal.access import public, requires, signed_in
from portal.asked import keys_asked
from portal.files.responses import private_response
from portal.workflow import StepRefused


def share_seen(user, key) -> ReaderShare:
    """Fetch a share of the person; those of others are not there."""
    return get_object_or_404(ReaderShare.objects.of(user).select_related("person"), key=key)


@signed_in
def share_list(request):
    """List what the person shows to single readers, and what is over."""
    shares = ReaderShare.objects.of(request.user).select_related("person")
    context = {
        "running": shares.running(),
        "over": shares.over()[:50],
        "tabs": backpack_tabs(request, current="shares"),
        "under_age": "" if may_show_collections(request.user) else actions.UNDER_AGE,
    }
    return render(request, "badges/reader_share_list.html", context)


@signed_in
def share_create(request):
    """Choose badges, what belongs to them, a reader and an end, and make the link."""
    if not may_show_collections(request.user):
        return redirect("badges:reader-shares")
    sent = request.POST if request.method == "POST" else None
    form = ReaderShareForm(sent, person=request.user)
    chosen = keys_asked(request.POST if sent else request.GET, "badge")
    refusal = ""
    if form.is_valid():
        try:
            made = actions.make_share(by=request.user, badges=chosen_badges(sent, chosen), **form.cleaned_data)
            messages.success(request, _("The link is ready. Send it to your reader."))
            return redirect(made)
        except StepRefused as refused:
            refusal = refused.reasons[0]
    context = {"form": form, "refusal": refusal, "rows": badge_rows(request.user, sent, set(chosen))}
    return render(request, "badges/reader_share_form.html", context, status=422 if form.is_bound else 200)


def chosen_badges(sent, keys) -> list[actions.Chosen]:
    """Return the badges that were ticked, each with its evidence and whether its result is shown."""
    results = set(keys_asked(sent, "result"))
    return [actions.Chosen(key, tuple(sent.getlist(f"evidence-{key}")), key in results) for key in keys]


def badge_rows(person, sent, chosen) -> list[dict]:
    """Return the badges that a page offers, those that are ticked first, with what may be shown of each."""
    items = sorted(offered(person, []), key=lambda item: item.key not in chosen)[: max(ROWS, len(chosen))]
    results = set(keys_asked(sent, "result")) if sent else set()
    return [
        {
            "item": item,
            "checked": item.key in chosen,
            "evidence": [
                {"url": url, "checked": bool(sent) and url in sent.getlist(f"evidence-{item.key}")}
                for url in (item.assertion.row.evidence if item.assertion else [])
            ],
            "result": item.assertion.row.result if item.assertion else "",
            "result_checked": item.key in results,
        }
        for item in items
    ]


@requires(may_keep, of=share_seen)
def share(request, share):
    """Show a share to its owner: the link, what is in it, how often it was opened."""
    mail = _("My badges"), share.address
    context = {
        "share": share,
        "badges": share.badges.with_badges().select_related("assertion__row"),
        "mail": "mailto:?subject={}&body={}".format(*map(quote, mail)),
        "qr": segno.make(share.address, error="m", micro=False).svg_data_uri(border=2, omitsize=True),
    }
    return render(request, "badges/reader_share_detail.html", context)


@require_POST
@requires(may_keep, of=share_seen)
def share_stop(request, share):
    """End a share now."""
    actions.stop_share(share, by=request.user)
    messages.success(request, _("Stopped. Whoever opens the link reads that it is over."))
    return redirect(share)


def share_of(token) -> ReaderShare | None:
    """Return the share of a link, running or over; None for one that leads nowhere."""
    found = ReaderShare.objects.select_related("person").filter(person__is_of_age=True, person__is_active=True)
    return found.filter(token=token).first()


@require_safe
@public
def shared(request, token):
    """Show a reader what was put together for them, in their language; afterwards, that it is over."""
    found = share_of(token)
    if found is None:
        response = render(request, "badges/shared_unknown.html", status=404)
    else:
        known = dict(settings.LANGUAGES)
        language = request.GET.get("language", "")
        with translation.override(language if language in known else found.language):
            response = shown(request, found) if found.is_running else over(request, found)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store, private"
    return response


def shown(request, share):
    """Answer with the badges of a share; its owner's own look is not counted."""
    standing = share.badges.standing(share.person).with_badges()
    items = standing.select_related("assertion__row", "assertion__issuer")
    if request.method == "GET" and request.user != share.person:
        actions.note_opening(share)
    context = {"share": share, "badges": [seen_in(item) for item in items], "languages": page_languages()}
    response = render(request, "badges/shared.html", context)
    response["Content-Language"] = translation.get_language()
    return response


def over(request, share):
    """Answer that a share is over."""
    return render(request, "badges/shared_over.html", {"share": share, "languages": page_languages()}, status=410)


def page_languages() -> list[dict]:
    """Return the languages in which the same page can be read."""
    here = translation.get_language()
    return [
        {"code": code, "name": name, "url": f"?language={code}", "current": code == here}
        for code, name in settings.LANGUAGES
    ]


def seen_in(item) -> dict:
    """Return what a reader sees of a badge: its words in their language, and whether it holds now."""
    if item.imported:
        return {"item": item}
    assertion = item.assertion
    words = words_for_reader(assertion)
    return {
        "item": item,
        "words": words,
        "lang": foreign(words["language"]),
        "verdict": verdict_on(assertion, stored(assertion, SignedDocument.Format.OB3)),
        "documents": assertion.supplements.shown().select_related("file"),
    }


@require_safe
@public
def shared_document(request, token, key):
    """Hand out a document that stands on a badge of a share, while the share runs."""
    found = share_of(token)
    if found is None or not found.is_running:
        raise Http404
    badges = found.badges.standing(found.person).values("assertion")
    documents = Supplement.objects.shown().filter(assertion__in=badges).select_related("file")
    return private_response(get_object_or_404(documents, key=key).file)
