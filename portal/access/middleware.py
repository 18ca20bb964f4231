"""Headers on every response, the access rule of every view, and refusals turned into pages."""

import re
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DataError, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from wagtail.log_actions import LogContext

from portal.access.rules import rule_of
from portal.access.typed import forget_typed, keep_typed, recall_typed
from portal.access.views import given_back
from portal.asked import DIGITS, wants_json
from portal.audit.log import record
from portal.workflow import StepRefused

UNKEPT = re.compile(rf"\0|[0-9]{{{DIGITS + 1}}}")  # NUL, and numbers longer than any key


class HeadMiddleware:
    """Send no body for HEAD, which servers otherwise drop with a warning; its length stays in the headers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = ()
            else:
                response.content = b""
        return response


class HeadersMiddleware:
    """Put the headers that every response carries, errors and redirects included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response


class EditorMiddleware:
    """Keep Wagtail's note of who is at work until the page is rendered; its own ends with the view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not (request.path.startswith("/cms/") and request.user.is_authenticated):
            return self.get_response(request)
        with LogContext(user=request.user):
            return self.get_response(request)


class AccessMiddleware:
    """Let a view run only under its rule; answer refusals with 403 and 409 pages and write them down."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            allowed, response = response.headers["Allow"], render(request, "405.html", status=405)
            response["Allow"] = allowed
        if request.path.startswith("/cms/"):
            response._csp_config = settings.CMS_CONTENT_SECURITY_POLICY
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Portal-Reader"] = reader_mark(request.user)
        return response

    def process_view(self, request, view, args, kwargs):
        rule = rule_of(view)
        if rule is None:
            raise PermissionDenied(f"{view.__module__} names no access rule")
        ours = hasattr(view, "access_rule")
        if ours and rule != "public" and not request.user.is_authenticated:
            if request.method == "POST" and wants_json(request):
                return HttpResponse(status=401)
            if request.method == "POST":
                if keep_typed(request):
                    return redirect_to_login(reverse("access:resume"))
                return given_back(request)
            return redirect_to_login(request.get_full_path())
        if request.method == "POST" and (kept := recall_typed(request)) and kept["path"] == request.get_full_path():
            forget_typed(request)
        return None

    def process_exception(self, request, exception):
        if isinstance(exception, PermissionDenied):
            self.write_down(request, "refused")
            return None  # Django renders 403.html
        if isinstance(exception, StepRefused):
            self.write_down(request, "step refused")
            return render(request, "409.html", {"reasons": exception.reasons}, status=409)
        if isinstance(exception, ValueError | DataError | OverflowError) and UNKEPT.search(request.path):
            return render(request, "404.html", status=404)
        return None

    def write_down(self, request, verb):
        """Record a refusal of an act; looking is not recorded."""
        if request.method not in {"GET", "HEAD", "OPTIONS"} and request.user.is_authenticated:
            with transaction.atomic():
                record(verb, by=request.user, facts={"path": request.path[:200], "method": request.method})


def reader_mark(person) -> str:
    """Return the mark by which a device tells one reader's pages from another's; it says nothing of the person."""
    return salted_hmac("portal.access.reader", str(person.pk)).hexdigest()[:16] if person.is_authenticated else "nobody"
