"""What tests of the public site share."""

import pytest


@pytest.fixture
def store(settings, tmp_path):
    """A store of pages as the embedded portal has it; readers with a cookie of their own are never answered from it."""
    kind = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": kind, "LOCATION": tmp_path}}
