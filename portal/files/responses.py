"""Sending a private file to somebody who was just allowed to see it."""

import io

from django.http import FileResponse

from portal.files.gate import check_picture

SANDBOX = {"default-src": ["'none'"], "img-src": ["'self'"], "media-src": ["'self'"], "sandbox": True}
UNNAMED_SIDE = 2400  # pixels of a picture that is drawn anew


def private_response(stored) -> FileResponse:
    """Return the file: pictures inline, the rest as a download; never cached, shut off from the site."""
    return _private(
        stored.content.open("rb"),
        content_type=stored.content_type,
        as_attachment=not stored.is_image,
        filename=stored.name,
    )


def unnamed_response(stored, name: str) -> FileResponse:
    """Return the file under another name; pictures drawn anew, without where and by whom they were taken."""
    if not stored.is_image:
        stored.name = name
        return private_response(stored)
    with stored.content.open("rb") as picture:
        redrawn = check_picture(picture.read(), side=UNNAMED_SIDE)
    return _private(io.BytesIO(redrawn), content_type="image/png", filename=f"{name}.png")


def _private(file, **facts) -> FileResponse:
    response = FileResponse(file, **facts)
    response["Cache-Control"] = "no-store, private"
    response._csp_config = SANDBOX
    return response
