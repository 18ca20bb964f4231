"""Parts of files, which players of films and recordings ask for (RFC 9110, section 14)."""

import re

from django.http import FileResponse, HttpResponse

BLOCK = 65_536  # bytes
# No file has more bytes than eighteen digits count; Python reads no number of thousands of them.
_ASKED = re.compile(r"bytes=(?:(?P<first>\d{1,18})-(?P<last>\d{0,18})|-(?P<length>\d{1,18}))", re.ASCII)


class RangesMiddleware:
    """Answer with the part of a file that is asked for; with the whole where several are, or it changed meanwhile."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if isinstance(response, FileResponse) and response.status_code == 200 and response.file_to_stream:
            return in_part(request, response)
        return response


def in_part(request, response: FileResponse) -> HttpResponse:
    """Return the answer with a file, cut to what the request asks for."""
    file = response.file_to_stream
    size = file.seek(0, 2)
    file.seek(0)
    response["Accept-Ranges"] = "bytes"
    asked = _ASKED.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not asked or not _is_same(request, response):
        return response
    first, last = _bounds(asked, size)
    if first > last:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response.streaming_content = _read(file, first, last - first + 1)
    response.status_code = 206
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _is_same(request, response) -> bool:
    known = request.headers.get("If-Range")
    return known is None or known in (response.get("ETag"), response.get("Last-Modified"))


def _bounds(asked, size: int) -> tuple[int, int]:
    if asked["length"]:
        return max(0, size - int(asked["length"])), size - 1 if int(asked["length"]) else -1
    last = int(asked["last"]) if asked["last"] else size - 1
    return int(asked["first"]), min(last, size - 1)


def _read(file, first: int, length: int):
    file.seek(first)
    while length and (block := file.read(min(BLOCK, length))):
        length -= len(block)
        yield block
