"""Language and time zone of a request."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of language; a page under a language prefix is remembered for the addresses that have none."""

    def process_response(self, request, response):
        if response.status_code == 404 and request.resolver_match:
            return response  # a known address with nothing behind it: no other language has it either
        response = super().process_response(request, response)
        prefixed = translation.get_language_from_path(request.path_info)
        if prefixed and response.status_code == 200 and translation.get_language_from_request(request) != prefixed:
            remember_language(response, prefixed)
        return response


class PreferencesMiddleware:
    """A signed-in person's time zone, and their language where neither address nor cookie says another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        prefixed = translation.get_language_from_path(request.path_info)
        if not prefixed and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        with timezone.override(person.zone()):
            return self.get_response(request)


def remember_language(response, code):
    """Set the language cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
