"""An organiser's claim codes: made, shown, printed, closed; the people who used them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from badges import cards
from badges.actions import codes as actions
from badges.forms.codes import CodesForm
from badges.models import CodeSeries, CodeUse
from badges.permissions import may_award, may_offer_codes, may_see_codes
from badges.views.badge_classes import badge_seen
from organisers.permissions import may_issue
from organisers.views import organiser_seen
from portal.access import requires
from portal.asked import numbers_asked

STATES = dict(CodeUse.STATES[1:])


def codes_seen(user, slug, key) -> CodeSeries:
    """Fetch a series of codes of an organiser that the person belongs to."""
    organiser = organiser_seen(user, slug)
    return get_object_or_404(CodeSeries.objects.of(organiser).with_words().with_counts(), key=key)


@requires(may_issue, of=organiser_seen)
def code_list(request, organiser):
    """List the series of codes of an organiser, with how often they were used."""
    series = CodeSeries.objects.of(organiser).with_words().with_counts()
    page = Paginator(series, 30).get_page(request.GET.get("page"))
    return render(request, "badges/code_list.html", {"organiser": organiser, "page": page})


@requires(may_award, of=badge_seen)
def codes_make(request, badge_class):
    """Make codes for a badge."""
    form = CodesForm(request.POST or None, badge_class=badge_class)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.make_codes(badge_class, by=request.user, **form.cleaned_data))
    context = {"organiser": badge_class.organiser, "badge": badge_class, "form": form}
    return render(request, "badges/code_make.html", context, status=422 if form.is_bound else 200)


def series_context(request, series) -> dict:
    """Return what both pages of a series show."""
    address = series.get_absolute_url()
    tabs = [
        {"name": _("Codes"), "url": address, "current": request.path == address},
        {"name": _("People"), "url": f"{address}people/", "current": request.path != address, "count": series.waiting},
    ]
    return {
        "organiser": series.badge_class.organiser,
        "badge": series.badge_class,
        "series": series,
        "tabs": tabs,
        "may_offer": may_offer_codes(series, request.user),
        "may_print": cards.may_print(),
        "files": cards.files(series.code_count),
        "is_poster": cards.is_poster(series.code_count, series.uses),
        "figures": [
            {"label": _("codes"), "number": series.code_count},
            {"label": _("used"), "number": series.used, "note": _("of %(uses)d") % {"uses": series.uses}},
            {"label": _("waiting"), "number": series.waiting, "url": f"{address}people/?show=waiting"},
        ],
    }


@requires(may_see_codes, of=codes_seen)
def codes(request, series):
    """Show a series: its facts, its codes, the ways to hand them out."""
    page = Paginator(series.codes.all(), 50).get_page(request.GET.get("page"))
    only = page[0] if series.code_count == 1 else None
    context = {**series_context(request, series), "page": page, "only": only, "qr": only and cards.qr_picture(only)}
    return render(request, "badges/code_series.html", context)


@requires(may_see_codes, of=codes_seen)
def code_people(request, series):
    """List who used the codes, those who wait for an answer first on demand."""
    shown = request.GET.get("show", "")
    uses = series.people.proven().select_related("code", "batch").order_by("-proved_at", "-pk")
    people = uses.in_state(shown) if shown in STATES else uses
    context = {
        **series_context(request, series),
        "page": Paginator(people, 100).get_page(request.GET.get("page")),
        "filters": [
            {"name": name, "url": f"?show={state}" if state else request.path, "current": state == shown}
            for state, name in {"": _("All"), **STATES}.items()
        ],
        "all_ticked": "all" in request.GET,
        "may_answer": may_award(series.badge_class, request.user) and series.waiting,
    }
    return render(request, "badges/code_people.html", context)


@require_POST
@requires(may_see_codes, of=codes_seen)
def code_answer(request, series):
    """Accept or decline the people who were ticked."""
    ticked = series.people.filter(pk__in=numbers_asked(request.POST, "use"))
    if request.POST.get("step") == "accept":
        count = actions.accept_uses(ticked, by=request.user)
        text = ngettext("%(count)d person gets the badge.", "%(count)d people get the badge.", count)
    else:
        count = actions.decline_uses(ticked, by=request.user)
        text = ngettext("%(count)d person is told no.", "%(count)d people are told no.", count)
    if count:
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Tick the people whom you want to answer."))
    return redirect(f"{series.get_absolute_url()}people/?show=waiting")


@require_POST
@requires(may_see_codes, of=codes_seen)
def codes_close(request, series):
    """Close a series for good."""
    actions.close_codes(series, by=request.user)
    messages.success(request, _("These codes work no longer. Badges that were collected stay valid."))
    return redirect(series)


@requires(may_offer_codes, of=codes_seen)
def code_show(request, series, number):
    """Show the QR code of one code as large as the screen is."""
    code = get_object_or_404(series.codes, number=number)
    context = {
        "series": series,
        "badge": series.badge_class,
        "code": code,
        "qr": cards.qr_picture(code),
        "place": cards.place_to_type(code),
    }
    return render(request, "badges/code_show.html", context)


@requires(may_offer_codes, of=codes_seen)
def code_cards(request, series, first):
    """Send a file of codes as sheets of cards, or as one poster."""
    if not cards.may_print():
        messages.error(request, _("This portal cannot make PDF files at the moment; its keepers can see why."))
        return redirect(series)
    last = dict(cards.files(series.code_count)).get(first)
    if last is None:
        raise Http404
    content = cards.cards_pdf(series, list(series.codes.filter(number__range=(first, last))))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(series.title) or "codes"}-{first}-{last}.pdf"'
    return answer
