"""A person's portfolio: their own side, and the page that others open."""

import segno
from allauth.core.internal.ratelimit import consume, respond_429
from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from badges.actions import portfolio as actions
from badges.actions.arranging import DOWN, UP
from badges.booklets import portfolio_pdf
from badges.forms.portfolio import PortfolioSharingForm, PortfolioWordsForm
from badges.models import Collection, CollectionItem, Portfolio
from badges.models.portfolio import SHOWN
from badges.permissions import may_show_collections
from badges.views.backpack import backpack_tabs
from badges.views.certificates import pdf_answer, refused
from badges.views.collections import ROWS, offered
from portal.access import public, signed_in
from portal.asked import keys_asked, wants_json
from portal.workflow import Stale, StepRefused

LIMITS = {"portfolio": "120/m/ip"}  # the largest takes a second


def own(request) -> Portfolio:
    """Return the portfolio of the person; an unsaved one where they have none yet."""
    return Portfolio.objects.filter(person=request.user).first() or Portfolio(person=request.user)


@signed_in
def portfolio(request):
    """Show a person their portfolio: what is on it in its order, and whether others may open it."""
    found = own(request)
    may_show = may_show_collections(request.user)
    context = {
        "portfolio": found,
        "items": found.items.with_badges().select_related("collection") if found.pk else [],
        "form": PortfolioSharingForm(initial={"shows_name": found.shows_name, "may_be_indexed": found.may_be_indexed}),
        "under_age": "" if may_show else actions.UNDER_AGE,
        "seen": seen_on(found),
        "hidden_count": actions.private_badges(found).count() if found.pk else 0,
        "tabs": backpack_tabs(request, current="portfolio"),
    }
    return render(request, "badges/portfolio.html", context)


@signed_in
def portfolio_words(request):
    """Change headline and text."""
    found = own(request)
    initial = {"headline": found.headline, "about": found.about, "seen": found.version}
    form = PortfolioWordsForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.describe_portfolio(by=request.user, **form.cleaned_data)
            return redirect("badges:portfolio")
        except Stale as stale:
            status = 409
            form.overtaken_by(stale.current, stale.reasons)
    return render(request, "badges/portfolio_words.html", {"form": form, "portfolio": found}, status=status)


@signed_in
def portfolio_choose(request):
    """Choose which badges and collections are on it."""
    there = actions.items_of(own(request))
    chosen, refusal = {item.key for item in there}, ""
    if request.method == "POST":
        chosen = {*keys_asked(request.POST, "thing")}
        try:
            actions.choose_for_portfolio(chosen, by=request.user)
            return redirect("badges:portfolio")
        except StepRefused as refused:
            refusal = refused.reasons[0]
    context = {
        "collections": [
            {"collection": one, "checked": one.key in chosen}
            for one in Collection.objects.of(request.user).with_cover()
        ],
        "rows": [{"item": item, "checked": item.key in chosen} for item in rows_offered(request.user, there, chosen)],
        "refusal": refusal,
    }
    return render(request, "badges/portfolio_choose.html", context, status=422 if refusal else 200)


def rows_offered(person, there, chosen) -> list[CollectionItem]:
    """Return the badges that a page offers, those that are on the portfolio first, and gone ones that still are."""
    items = offered(person, [item for item in there if item.badge])
    return sorted(items, key=lambda item: item.key not in chosen)[: max(ROWS, len(chosen))]


@require_POST
@signed_in
def portfolio_order(request):
    """Move one thing up or down, or put all in the order that the page sent by itself."""
    row = ""
    for where in (UP, DOWN):
        for key in keys_asked(request.POST, where)[:1]:
            actions.move_in_portfolio(key, where, by=request.user)
            row = f"#thing-{key}"
    if "order" in request.POST:
        actions.arrange_portfolio(keys_asked(request.POST, "order"), by=request.user)
    if wants_json(request):
        return JsonResponse({"said": _("The order is saved.")})
    return redirect(actions.portfolio_of(request.user).get_absolute_url() + row)


@require_POST
@signed_in
def portfolio_show(request):
    """Let others open it, or say what they see then."""
    form = PortfolioSharingForm(request.POST)
    form.is_valid()
    actions.show_portfolio(by=request.user, **form.cleaned_data)
    messages.success(request, _("Your portfolio is on: whoever has its link opens it."))
    return redirect("badges:portfolio")


@require_POST
@signed_in
def portfolio_hide(request):
    """Close it to others."""
    actions.hide_portfolio(by=request.user)
    messages.success(request, _("Your portfolio is off. Its link leads nowhere."))
    return redirect("badges:portfolio")


@require_POST
@signed_in
def portfolio_publish(request):
    """Publish the private badges that are on it."""
    count = actions.publish_badges_on(actions.portfolio_of(request.user), by=request.user)
    text = ngettext("%(count)d badge is published.", "%(count)d badges are published.", count)
    messages.success(request, text % {"count": count})
    return redirect("badges:portfolio")


def portfolio_at(token) -> Portfolio | None:
    """Return the portfolio of a link, while it is on."""
    return Portfolio.objects.shown().select_related("person").filter(token=token).first()


@require_safe
@public
def portfolio_as_pdf(request, token):
    """Send a portfolio as a file to print or to send."""
    found = portfolio_at(token)
    if found is None:
        raise Http404
    if no := refused(request, "booklet"):
        return no
    return pdf_answer(portfolio_pdf(found, parts_of(found)), name="portfolio")


@require_safe
@public
def portfolio_shown(request, token):
    """Show a portfolio to whoever has its link, while it is on."""
    found = portfolio_at(token)
    if not consume(request, app="badges", action="portfolio", config=LIMITS, limit_get=True):
        return respond_429(request)
    if found is None:
        response = render(request, "badges/shared_unknown.html", status=404)
    else:
        qr = segno.make(found.address, error="m", micro=False).svg_data_uri(border=2, omitsize=True)
        context = {"portfolio": found, "parts": parts_of(found), "qr": qr}
        response = render(request, "badges/portfolio_shown.html", context)
    if found is None or not found.may_be_indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


def seen_on(portfolio) -> set[int]:
    """Return the keys of the badges on a portfolio that others may see."""
    if portfolio.pk is None:
        return set()
    return set(portfolio.items.seen_by_others(portfolio.person).values_list("pk", flat=True))


def parts_of(portfolio) -> list[dict]:
    """Return what others see of a portfolio: runs of badges, and of each collection the first ones; nothing empty."""
    seen = seen_on(portfolio)
    parts = []
    for item in portfolio.items.with_shown(portfolio.person):
        if item.collection:
            shown = item.collection.shown
            parts.append({"collection": item.collection, "items": shown[:SHOWN], "has_more": len(shown) > SHOWN})
        elif item.pk in seen:
            if not parts or parts[-1]["collection"]:
                parts.append({"collection": None, "items": []})
            parts[-1]["items"].append(item)
    return [part for part in parts if part["items"]]
