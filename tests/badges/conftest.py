"""Every test begins with unused rate limits; a school elsewhere for those who ask."""

import pytest
from django.core.cache import cache

from portal.fetching import door
from tests.badges.elsewhere import School
from tests.portal.web import small_internet


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def school(tmp_path, monkeypatch):
    """A platform elsewhere, reached over real sockets."""
    with small_internet(tmp_path) as web:
        found = School(web.requests)
        found.internet = web
        web.site("school.example.org", found)
        monkeypatch.setattr(door, "DOOR", web.fetcher())
        yield found
