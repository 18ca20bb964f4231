"""What a page with a map needs beyond its words: leave to fetch the tiles of the operator's choice."""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings


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
