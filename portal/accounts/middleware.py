"""Language and time zone of a request, and who has to answer something before anything else."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from portal.access.rules import rule_of
from portal.access.typed import keep_typed
from portal.asked import wants_json

# Other people's views that show everybody the same; what else is theirs is for people who are wholly in.
OPEN_TO_ALL = {"wagtail_serve", "wagtaildocs_serve", "javascript-catalog", "static"}
OPEN_WHILE_WAITING = {"accounts:waiting", "accounts:waiting-write", "accounts:waiting-delete", "account_logout"}
# To leave, with all that is one's own, takes no agreement.
OPEN_BEFORE_TERMS = {
    "accounts:terms-accept",
    "accounts:data",
    "accounts:data-make",
    "accounts:data-file",
    "accounts:close",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of language; a page under a language prefix is remembered for the addresses that have none."""

    def process_response(self, request, response):
        if response.status_code == 404 and request.resolver_match:
            return response  # a known address with nothing behind it: no other language has it either
        response = super().process_response(request, response)
        prefixed = translation.get_language_from_path(request.path_info)
        if prefixed and response.status_code == 200 and language_elsewhere(request) != prefixed:
            remember_language(response, prefixed)
        return response


def language_elsewhere(request) -> str:
    """Return the language that addresses without one have: of the cookie, else of the account, else of the browser."""
    is_new = settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
    if is_new and settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return request.user.language
    return translation.get_language_from_request(request)


class PreferencesMiddleware:
    """A signed-in person's time zone, and their language where neither address nor cookie says another.

    The editor always speaks the language of the account, whatever page was read last.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        prefixed = translation.get_language_from_path(request.path_info)
        is_editor = request.path_info.startswith("/cms/")
        if is_editor or (not prefixed and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES):
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        with timezone.override(person.zone()):
            return self.get_response(request)


class ConsentMiddleware:
    """Keep out who waits for a guardian, and ask about new terms, before anything that is not public.

    Who waits is nobody to every page but their own few: no view can take them for somebody who is in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and request.user.awaits_guardian:
            request.child_who_waits, request.user = request.user, AnonymousUser()
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if child := getattr(request, "child_who_waits", None):
            if name in OPEN_WHILE_WAITING:
                request.user = child
                return None
            return None if is_open(request, view) else sent_to(request, "accounts:waiting")
        must_answer = request.user.is_authenticated and request.user.must_accept_terms
        if must_answer and name not in OPEN_BEFORE_TERMS and not is_open(request, view):
            return sent_to(request, "accounts:terms-accept")
        return None


def is_open(request, view) -> bool:
    """Say whether a view is there for everybody."""
    return rule_of(view) == "public" or request.resolver_match.url_name in OPEN_TO_ALL


def sent_to(request, name):
    """Send a person to a page that they have to answer first; it sends them on to where they were going."""
    if wants_json(request):
        return HttpResponse(status=403)
    there = request.get_full_path()
    if request.method == "POST" and not request.user.is_authenticated:
        there = "/"  # who waits does nothing meanwhile, so nothing is kept to be sent later
    elif request.method == "POST":
        there = reverse("access:resume") if keep_typed(request) else "/"
    return redirect(f"{reverse(name)}?{urlencode({'next': there})}")


def remember_language(response, code):
    """Set the language cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
