"""What a page with a map needs beyond its words: the tiles of the operator's choice, and leave to fetch them."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings


def tiles() -> dict:
    """Return where tiles come from and who is to be named for them; empty where the shipped base map is the ground."""
    if not settings.MAP_TILES:
        return {}
    return {"address": settings.MAP_TILES, "credit": settings.MAP_CREDIT, "credit_url": settings.MAP_CREDIT_URL}


def with_map(view):
    """Let browsers fetch tiles for the page of a view: no other page may."""

    @wraps(view)
    def shown(*args, **kwargs):
        response = view(*args, **kwargs)
        if settings.MAP_TILES:
            server = urlsplit(settings.MAP_TILES)
            response._csp_update = {"img-src": [f"{server.scheme}://{server.netloc}"]}
        return response

    return shown
