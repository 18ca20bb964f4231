"""Drawings made from a seed: badges, covers and banners."""

from django.http import HttpResponse

from badges import art
from portal.access import public

DRAWING_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"]}


@public
def art_badge(request, seed):
    """Draw the badge of a seed."""
    return drawing(art.from_seed(seed))


@public
def art_cover(request, slug):
    """Draw the cover of a page."""
    return drawing(art.cover(slug))


@public
def art_banner(request, slug):
    """Draw the wide picture at the head of a page."""
    return drawing(art.cover(slug, width=1440, height=300))


def drawing(svg: str):
    """Answer with a drawing, which is the same for ever and can do nothing."""
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response._csp_config = DRAWING_POLICY
    return response
