"""What is checked before the portal starts."""

from django.conf import settings
from django.core.checks import Error
from django.db import DatabaseError

from badges.models import Installation


def base_address_is_the_first(app_configs, databases=None, **kwargs):
    """Refuse another base address than the one under which the first badge was issued."""
    try:
        installation = Installation.objects.first()
    except DatabaseError:
        return []  # not migrated yet
    if installation is None or installation.base_url == settings.BASE_URL:
        return []
    return [
        Error(
            f"BASE_URL is {settings.BASE_URL}, but this portal has issued badges under {installation.base_url}.",
            hint="Badges name the address under which they can be checked, so it can never change. "
            f"Start it with BASE_URL={installation.base_url} and the PORT that belongs to it, "
            f"or beside it with a database of its own: make run PORT={settings.PORT} VAR_DIR=var-{settings.PORT}",
            id="badges.E001",
        )
    ]
