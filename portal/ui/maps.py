"""The ground that maps stand on, and the small map by which editors set a place."""

from django.conf import settings
from wagtail.admin.panels import FieldPanel, FieldRowPanel


def tiles() -> dict:
    """Return where tiles come from and who is to be named for them; empty where the shipped base map is the ground."""
    if not settings.MAP_TILES:
        return {}
    return {"address": settings.MAP_TILES, "credit": settings.MAP_CREDIT, "credit_url": settings.MAP_CREDIT_URL}


class PlacePanel(FieldRowPanel):
    """Latitude and longitude, with a small map that sets both; the numbers can be typed as well."""

    def __init__(self, children=(), **facts):
        super().__init__(children or [FieldPanel("latitude"), FieldPanel("longitude")], **facts)

    class BoundPanel(FieldRowPanel.BoundPanel):
        template_name = "components/place_panel.html"

        def middle(self):
            """Return something with a latitude and a longitude where the map begins; None for all of Europe."""
            return

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"tiles": tiles(), "middle": self.middle()}
