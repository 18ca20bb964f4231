"""Sending a private file to somebody who was just allowed to see it."""

from django.http import FileResponse

SANDBOX = {"default-src": ["'none'"], "img-src": ["'self'"], "media-src": ["'self'"], "sandbox": True}


def private_response(stored) -> FileResponse:
    """Return the file: pictures inline, the rest as a download; never cached, shut off from the site."""
    response = FileResponse(
        stored.content.open("rb"),
        content_type=stored.content_type,
        as_attachment=not stored.is_image,
        filename=stored.name,
    )
    response["Cache-Control"] = "no-store, private"
    response._csp_config = SANDBOX
    return response
