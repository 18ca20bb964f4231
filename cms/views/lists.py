"""The public lists, and the front door."""

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Locale

from badges.models import Assertion, BadgeClass
from cms.forms import CatalogueForm
from cms.structured import organisation
from cms.views.content import on_home
from organisers.models import Organiser
from pathways.models import ActivityPage, PlaylistPage
from portal.access import public
from portal.pages import kept_for_strangers
from portal.ui.alternates import alternates_of_list, alternates_of_page
from quality_label.models import Label

PAGE_SIZE = 24


@kept_for_strangers
def home(request, page):
    """Show the front door; a section appears when there is something to show."""
    playlists = routes_on_show(page.locale)
    organisers = list(Organiser.objects.visible_to(request.user).with_words().on_map()[:6])
    context = {
        "page": page,
        "alternates": alternates_of_page(page),
        "figures": figures(page.locale),
        "playlists": playlists[:6],
        "playlist_count": playlists.count(),
        "organisers": organisers,
        "label_holders": Label.objects.holders(organisers),
        "hero_badges": hero_badges(),
        "contributors": [block.value for block in page.contributors],
        "structured": organisation(),
    } | on_home(page.locale)
    return render(request, "cms/home_page.html", context)


def routes_on_show(locale):
    """Return the published playlists of a language with the length of their routes."""
    found = PlaylistPage.objects.on_show(locale).with_facts()
    return found.annotate(minutes=Sum("steps__activity__minutes"), stops=Count("steps"))


def figures(locale) -> list[dict]:
    """Return the live figures of the network, leaving out those that are nothing yet."""
    counted = [
        (Assertion.objects.out().collected().count(), _("badges collected")),
        (ActivityPage.objects.on_show(locale).count(), _("activities")),
        (PlaylistPage.objects.on_show(locale).count(), _("playlists")),
        (Organiser.objects.aggregate(cities=Count("city", distinct=True))["cities"], _("cities")),
    ]
    return [{"number": number, "label": label} for number, label in counted if number]


def hero_badges() -> list:
    """Return the badges of up to three playlists, each of another organiser, for the picture at the top."""
    with_badge = PlaylistPage.objects.live().exclude(badge_class=None).select_related("badge_class").order_by("-pk")
    by_organiser = {page.organiser_id: page.badge_class for page in with_badge[:24]}
    return list(by_organiser.values())[:3]


def here() -> Locale:
    return Locale.get_active()


@public
@kept_for_strangers
def playlists(request):
    """List the playlists in the reader's language."""
    page = Paginator(routes_on_show(here()), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "cms/playlist_list.html", {"page": page, "alternates": alternates_of_list(request.path)})


@public
@kept_for_strangers
def activities(request):
    """List the activities in the reader's language, all or in one form."""
    mode = request.GET.get("mode", "")
    found = ActivityPage.objects.on_show(here()).with_facts()
    if mode in ActivityPage.Mode:
        found = found.filter(mode=mode)
    filters = [{"name": _("All"), "url": request.path, "current": mode not in ActivityPage.Mode}] + [
        {"name": label, "url": f"{request.path}?mode={value}", "current": mode == value}
        for value, label in ActivityPage.Mode.choices
    ]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "cms/activity_list.html",
        {"page": page, "filters": filters, "alternates": alternates_of_list(request.path)},
    )


@public
@kept_for_strangers
def badges(request):
    """List the badges that can be earned in the network, narrowed down as the reader likes."""
    form = CatalogueForm(request.GET)
    chosen = form.chosen()
    offered = BadgeClass.objects.on_offer()
    found = offered.with_words().with_counts().prefetch_related("skills").found_by_readers(**chosen)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": form,
        "is_narrowed": bool(chosen.keys() - {"order"}),
        "is_empty": not offered.exists(),
        "alternates": alternates_of_list(request.path),
    }
    return render(request, "cms/badge_list.html", context)


@public
@kept_for_strangers
def open_badge(request):
    """Explain what an Open Badge is and what it is good for."""
    return render(request, "cms/open_badge.html", {"alternates": alternates_of_list(request.path)})


@public
@kept_for_strangers
def checking(request):
    """Explain to employers and schools how a badge is checked."""
    return render(request, "cms/checking.html", {"alternates": alternates_of_list(request.path)})


@public
@kept_for_strangers
def organisers(request):
    """List the organisers of the network."""
    found = Organiser.objects.visible_to(request.user).with_words()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "label_holders": Label.objects.holders(page.object_list),
        "alternates": alternates_of_list(request.path),
    }
    return render(request, "cms/organiser_list.html", context)
