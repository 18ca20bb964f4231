"""The languages that the portal speaks."""

from django.conf import settings


def offered() -> list[tuple[str, str]]:
    """Return the languages to choose from, so that one more needs no migration."""
    return settings.LANGUAGES
