"""Public pictures."""

from django.http import Http404, HttpResponse

from portal.access import public
from portal.files.pictures import read_picture


@public
def picture(request, digest):
    """Serve a picture by the digest of its bytes; it never changes, and other sites may show it."""
    try:
        png = read_picture(digest)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
