"""Fixtures that every test may use."""

import pytest
from django.db import connection

from tests import databases


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Start from a copy of the migrated template instead of migrating."""
    with django_db_blocker.unblock():
        databases.use_fresh_copy()
        yield
        connection.close()


@pytest.fixture
def committing_db(django_db_setup, django_db_blocker):
    """A database of its own in which commits are real; for threads, processes and hooks after commit."""
    with django_db_blocker.unblock():
        databases.use_fresh_copy()
        yield
        databases.use_fresh_copy()


def pytest_collection_modifyitems(items):
    """Begin with the files that take minutes, so that the last worker does not end long after the others."""
    items.sort(key=lambda item: not (item.get_closest_marker("browser") or item.get_closest_marker("slow")))
