"""Versions of what is kept: a thread reads them rarely, and knows at once what it renewed itself."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from django.core.cache import caches

from portal import versions
from portal.versions import SEEN_FOR, renew, version_of


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """A store as the embedded portal has it."""
    kind = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": kind, "LOCATION": tmp_path}}


def renewed_elsewhere(version):
    """Renew the version as another thread or process does."""
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(lambda: caches["pages"].set("kept", version, None)).result()


def test_a_renewal_elsewhere_is_seen_within_a_twentieth_of_a_second(monkeypatch):
    before = version_of("kept")
    later = monotonic() + SEEN_FOR
    renewed_elsewhere("another")
    monkeypatch.setattr(versions, "monotonic", lambda: later)

    assert before != "another"
    assert version_of("kept") == "another"


def test_a_busy_page_does_not_read_the_version_each_time(monkeypatch):
    now = monotonic()
    monkeypatch.setattr(versions, "monotonic", lambda: now)
    before = version_of("kept")
    renewed_elsewhere("another")

    assert version_of("kept") == before


@pytest.mark.django_db
def test_who_renews_knows_at_once(monkeypatch, django_capture_on_commit_callbacks):
    now = monotonic()
    monkeypatch.setattr(versions, "monotonic", lambda: now)
    before = version_of("kept")
    with django_capture_on_commit_callbacks(execute=True):
        renew("kept")

    assert version_of("kept") != before
