"""The public lists, and the front door."""

from itertools import islice

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from badges.models import Assertion, BadgeClass
from badges.models.skill import name_skills
from cms.feeds import PlainFeed
from cms.forms import CatalogueForm, OrganiserForm
from cms.maps import with_map
from cms.search import ActivitySearch, PlaceSearch, PlaylistSearch
from cms.structured import organisation
from cms.views.content import on_home
from organisers.models import City, Organiser
from pathways.models import ActivityDate, ActivityPage, PlaylistPage
from portal.access import public
from portal.pages import kept_for_strangers
from portal.ui.alternates import alternates_of_list, alternates_of_page
from portal.ui.maps import tiles
from portal.versions import kept_part
from quality_label.models import Label

PAGE_SIZE = 24
COMPACT = {"ensure_ascii": False, "separators": (",", ":")}


@kept_for_strangers
def home(request, page):
    """Show the front door; a section appears when there is something to show."""
    playlists = PlaylistSearch({}, reverse("cms:playlists"))
    activities = ActivitySearch({}, reverse("cms:activities"))
    organisers = list(Organiser.objects.visible_to(request.user).with_words().on_map()[:6])
    context = {
        "page": page,
        "alternates": alternates_of_page(page),
        "figures": figures(playlists, activities, request.user),
        "playlist_cards": playlists.page(1, 6),
        "organisers": organisers,
        "label_holders": Label.objects.holders(organisers),
        "hero_badges": kept_part(("hero badges",), hero_badges),
        "contributors": [block.value for block in page.contributors],
        "structured": organisation(),
    } | kept_part(("on home", page.locale_id), lambda: on_home(page.locale))
    return render(request, "cms/home_page.html", context)


def figures(playlists, activities, user) -> list[dict]:
    """Return the live figures of the network, leaving out those that are nothing yet."""
    counted = [
        (Assertion.objects.out().collected().count(), _("badges collected"), ""),
        (len(activities.found), _("activities"), activities.path),
        (len(playlists.found), _("playlists"), playlists.path),
        (City.objects.with_organisers_for(user).count(), _("cities"), reverse("cms:organisers")),
    ]
    return [{"number": number, "label": label, "url": url} for number, label, url in counted if number]


def hero_badges() -> list:
    """Return the badges of up to three playlists, each of another organiser, for the picture at the top."""
    with_badge = PlaylistPage.objects.live().exclude(badge_class=None).select_related("badge_class").order_by("-pk")
    by_organiser = {page.organiser_id: page.badge_class for page in with_badge[:24]}
    return list(by_organiser.values())[:3]


@public
@kept_for_strangers
def playlists(request):
    """List the playlists, narrowed down as the reader likes."""
    return show_search(request, PlaylistSearch, "cms/playlist_list.html")


@public
@kept_for_strangers
@with_map
def activities(request):
    """List the activities, narrowed down as the reader likes."""
    return show_search(request, ActivitySearch, "cms/activity_list.html")


def show_search(request, kind, template):
    """Show a page of what a search found."""
    search = kind(request.GET, request.path)
    search.form.offer(search.findings)
    context = {
        "search": search,
        "page": search.page(request.GET.get("page"), PAGE_SIZE),
        "alternates": alternates_of_list(request.path),
        "tiles": tiles(),
    }
    return render(request, template, context, status=search.status)


@public
@kept_for_strangers
@with_map
def learning_map(request):
    """Show where activities take place, on a map and in a list beside it."""
    return show_search(request, PlaceSearch, "cms/map.html")


@public
@kept_for_strangers
@gzip_page
def places(request):
    """Give the map its points: id, latitude, longitude and title of each, and nothing else."""
    search = PlaceSearch(request.GET, request.path)
    return JsonResponse({"places": search.places()}, status=search.status, json_dumps_params=COMPACT)


@public
def place(request, pk):
    """Say what a point on the map is: title, kind, next date."""
    activity = get_object_or_404(ActivityPage.objects.open_to_all().placed().with_facts(), pk=pk)
    dates = ActivityDate.objects.to_come().of(activity)
    return render(request, "cms/includes/place_popup.html", {"activity": activity, "next_date": dates.first()})


@public
def playlist_feed(request):
    """Give the newest playlists of a search to a feed reader."""
    return feed_of(PlaylistSearch(request.GET, request.path), _("Learning playlists"), reverse("cms:playlists"))


@public
def activity_feed(request):
    """Give the newest activities of a search to a feed reader."""
    return feed_of(ActivitySearch(request.GET, request.path), _("Activities"), reverse("cms:activities"))


def feed_of(search, title, path):
    """Write a search down as an Atom feed."""
    words = [title, *(f"{chip['thing']}: {chip['word']}" for chip in search.chips)]
    address = f"{settings.BASE_URL}{path}{search.query}"
    own = f"{settings.BASE_URL}{search.path}{search.query}"
    feed = PlainFeed(" · ".join(words), address, "", language=search.language, feed_url=own, feed_guid=own)
    for page in search.pages_of(search.findings.ordered()[:PAGE_SIZE]):
        link = f"{settings.BASE_URL}{page.url}"
        feed.add_item(
            page.title,
            link,
            page.summary,
            unique_id=f"urn:uuid:{page.translation_key}",
            pubdate=page.first_published_at,
            updateddate=page.last_published_at,
            author_name=page.organiser.name,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=PlainFeed.content_type, status=search.status)


@public
@kept_for_strangers
def badges(request):
    """List the badges that can be earned in the network, narrowed down as the reader likes."""
    form = CatalogueForm(request.GET)
    chosen = form.chosen()
    offered = BadgeClass.objects.on_offer()
    found = offered.with_words().with_counts().prefetch_related("skills").found_by_readers(**chosen)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    name_skills_of(page.object_list)
    context = {
        "page": page,
        "form": form,
        "is_narrowed": bool(chosen.keys() - {"order"}),
        "is_empty": not offered.exists(),
        "alternates": alternates_of_list(request.path),
    }
    return render(request, "cms/badge_list.html", context)


def name_skills_of(badge_classes) -> None:
    """Give badge classes their skills as the reader sees them, as `skills_named`; one query for all of them."""
    skills = [(skill.label, skill.uri) for badge in badge_classes for skill in badge.skills.all()]
    named = iter(name_skills(skills, get_language()))
    for badge in badge_classes:
        badge.skills_named = list(islice(named, len(badge.skills.all())))


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
    """List the organisers of the network, or those of a city."""
    found = Organiser.objects.visible_to(request.user).with_words()
    form = OrganiserForm(request.GET, user=request.user)
    if city := form.chosen():
        found = found.in_city(city)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "is_narrowed": bool(city),
        "label_holders": Label.objects.holders(page.object_list),
        "alternates": alternates_of_list(request.path),
    }
    return render(request, "cms/organiser_list.html", context)
