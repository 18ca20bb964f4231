"""The cities of the network, and what there is to learn and whom to learn with in each."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from badges.models import Assertion
from cms.maps import with_map
from cms.models import CityPage
from cms.search import ActivitySearch, PlaylistSearch
from cms.views.content import a_page_of, facts_of, index_facts
from organisers.models import City, Organiser
from portal.access import public
from portal.pages import kept_for_strangers
from portal.ui.maps import tiles
from quality_label.models import Label

SHOWN = 6  # of each kind; the lists have the rest


@public
@require_safe
@kept_for_strangers
def city_index(request, page):
    """List the cities by name; those without a page lead to their organisers."""
    cities = CityPage.objects.for_readers(page.locale).select_related("city", "picture").order_by("title", "pk")
    others = City.objects.with_organisers_for(request.user).exclude(pk__in=cities.order_by().values("city"))
    context = index_facts(page) | a_page_of(request, cities) | {"others": others}
    return render(request, "cms/city_index.html", context)


@public
@require_safe
@kept_for_strangers
@with_map
def city_page(request, page):
    """Show a city: its map, its playlists and activities, its organisers and who of them holds the label."""
    here = {"city": page.city.slug}
    activities = ActivitySearch(here, reverse("cms:activities"))
    playlists = PlaylistSearch(here, reverse("cms:playlists"))
    organisers = Organiser.objects.visible_to(request.user).in_city(page.city)
    organiser_count = organisers.count()
    shown = list(organisers.with_words()[:SHOWN])
    labels = Label.objects.standing().filter(organiser__in=organisers)
    awarded = Assertion.objects.out().awarded_by(organisers).tallied()["awarded"]
    figures = [
        (len(activities.found), _("activities")),
        (organiser_count, _("organisers")),
        (awarded, _("badges awarded")),
    ]
    context = {
        "activities": activities,
        "activity_cards": activities.page(1, SHOWN, level=3),
        "playlists": playlists,
        "playlist_cards": playlists.page(1, SHOWN, level=3),
        "organisers": shown,
        "organiser_count": organiser_count,
        "label_holders": Label.objects.holders(shown),
        "labels": labels.with_words().order_by("organiser__slug")[:SHOWN],
        "figures": [{"number": number, "label": label} for number, label in figures],
        "tiles": tiles(),
    }
    return render(request, "cms/city_page.html", facts_of(page) | context)
