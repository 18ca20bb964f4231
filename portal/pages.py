"""Pages as strangers see them, kept for the next stranger: answered before policies, sessions and views wake up.

A view says by `kept_for_strangers` that its page is the same for everybody who has not signed in. Any audited change
and any published page empties the store in all processes, since its entries are named by a version; what changes with
the clock alone is little older than KEPT_FOR.
"""

import hashlib
from functools import wraps
from time import monotonic
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from portal.frames import with_room
from portal.versions import renew, version_of

KEPT_FOR = 60  # seconds
AT_HAND_FOR, AT_HAND = 5, 200  # seconds and pages that a process has without asking the store
LONGEST_QUERY = 300
HARMLESS = {"language", "theme"}  # cookies that only choose how a page looks, and are part of its name
VERSION = "version"
TEXTS = ("text/", "image/svg+xml", "application/json", "application/ld+json", "application/geo+json", "application/xml")
NOT_KEPT = {"content-length", "date"}

_at_hand: dict[str, tuple[float, "Kept"]] = {}


def kept_for_strangers(view):
    """Mark the page of a view as the same for everybody who has not signed in."""

    @wraps(view)
    def marked(*args, **kwargs):
        response = view(*args, **kwargs)
        response._same_for_strangers = True
        return response

    return marked


def forget_pages() -> None:
    """Empty the store in all processes, once the present transaction has committed."""
    renew(VERSION)


class KeptPagesMiddleware:
    """Answer strangers from the store; keep what their views mark. What has to be made gets room for its frames."""

    def __init__(self, get_response):
        self.get_response = with_room(get_response)

    def __call__(self, request):
        name = name_of(request)
        if name is None:
            return self.get_response(request)
        if kept := kept_as(name):
            return answer_from(kept, request)
        response = self.get_response(request)
        if is_keepable(request, response):
            kept = packed(response)
            caches["pages"].set(name, kept, KEPT_FOR)
            return answer_from(kept, request)
        return response


def name_of(request) -> str | None:
    """Return the name of a page in the store; None where somebody may be more than a stranger, or wants something else.

    The version is read before the page is made: what a change overtakes is kept under a name that nobody asks for.
    """
    if request.method not in ("GET", "HEAD") or not HARMLESS.issuperset(request.COOKIES):
        return None
    if request.path_info.startswith(settings.STATIC_URL):
        return None
    headers = request.headers
    if "Authorization" in headers or "Range" in headers or len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    parts = [
        version_of(VERSION),
        request.scheme,
        headers.get("Host", ""),
        request.get_full_path(),
        headers.get("Accept", ""),
        "gzip" if "gzip" in headers.get("Accept-Encoding", "") else "",
        translation.get_language_from_request(request, check_path=True),
        request.COOKIES.get("language", ""),
        request.COOKIES.get("theme", ""),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def kept_as(name: str) -> "Kept | None":
    """Return what is kept under a name; what is asked for often stays at hand, and the store is not read each time."""
    now = monotonic()
    since, kept = _at_hand.get(name, (0.0, None))
    if kept and now - since < AT_HAND_FOR:
        return kept
    if kept := caches["pages"].get(name):
        if len(_at_hand) >= AT_HAND:
            _at_hand.clear()
        _at_hand[name] = (now, kept)
    return kept


def is_keepable(request, response) -> bool:
    """Say whether an answer is the same for all strangers: marked, whole, and without anything of one's own."""
    return (
        getattr(response, "_same_for_strangers", False)
        and response.status_code == 200
        and not response.streaming
        and not request.user.is_authenticated
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not hasattr(request, "_csp_nonce")  # one for each answer
        and set(response.cookies) <= {settings.LANGUAGE_COOKIE_NAME}
        and "Cache-Control" not in response
    )


class CompressTextMiddleware(GZipMiddleware):
    """Compress what is text; Django pads each answer, so that its length tells nothing of what it hides (BREACH)."""

    def process_response(self, request, response):
        is_text = response.get("Content-Type", "").startswith(TEXTS) and not response.streaming
        return super().process_response(request, response) if is_text else response


class Kept(NamedTuple):
    """What is kept of an answer."""

    content: bytes
    headers: dict
    cookie: str  # the language that it makes a browser remember


def packed(response) -> Kept:
    """Return what is kept of an answer."""
    headers = {name: value for name, value in response.items() if name.lower() not in NOT_KEPT}
    headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    headers["Cache-Control"] = "no-cache"
    cookie = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    return Kept(response.content, headers, cookie.OutputString() if cookie else "")


def answer_from(kept: Kept, request) -> HttpResponse:
    """Return a kept page, or that the reader has it already."""
    response = HttpResponse(kept.content, headers=kept.headers)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    if kept.cookie:
        response.cookies.load(kept.cookie)
    found = get_conditional_response(request, etag=kept.headers["ETag"], response=response)
    return found if isinstance(found, HttpResponseNotModified) else response
