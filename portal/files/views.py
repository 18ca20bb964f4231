"""Public pictures."""

from django.http import Http404, HttpResponse

from portal.access import public
from portal.files.pictures import read_picture, shown_picture


@public
def picture(request, digest):
    """Serve a picture by the digest of its bytes; it never changes, and other sites may show it."""
    return _kept(read_picture, digest, "image/png")


@public
def small_picture(request, digest):
    """Serve a picture as our pages show it."""
    return _kept(shown_picture, digest, "image/webp")


def _kept(read, digest: str, content_type: str) -> HttpResponse:
    try:
        content = read(digest)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
