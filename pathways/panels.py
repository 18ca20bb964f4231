"""What learning shows on the pages of other apps."""

from django.template.loader import render_to_string
from wagtail.models import Locale

from pathways.models import PlaylistPage, lay_routes


def organiser_playlists(request, organiser):
    """Show an organiser's playlists on its public page."""
    playlists = PlaylistPage.objects.on_show(Locale.get_active()).of(organiser).with_facts().prefetch_related("steps")
    routes = lay_routes(playlists, locale=Locale.get_active())
    return render_to_string("pathways/organiser_playlists.html", {"routes": routes}, request) if routes else None
