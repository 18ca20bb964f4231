"""Fixtures that every test may use."""

import gc

import pytest
from django.db import connection
from django.utils import translation
from django_tasks import default_task_backend
from xdist.scheduler import LoadFileScheduling

from portal.frames import with_room
from tests import databases

DATABASES = {"db", "django_db_setup", "installation"}
JOURNEYS = "tests/journeys/"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Start from a copy of the migrated template instead of migrating."""
    with django_db_blocker.unblock():
        databases.use_fresh_copy()
        yield
        connection.close()


@pytest.fixture
def committing_db(django_db_setup, django_db_blocker):
    """A database in which commits are real, for threads, processes and hooks after commit; the next test gets another.

    It is fresh: those before it took back what they wrote, or left another behind as well.
    """
    with django_db_blocker.unblock():
        yield
        databases.use_fresh_copy()


@pytest.fixture
def indexed(settings):
    """Have the editor's search and its "used in" know each page as it is saved, which takes a quarter of its time."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def pytest_collection_modifyitems(items):
    """Begin with the browser, which takes minutes; beside it with files that wait for no database, then slow ones."""
    stored = {item.path for item in items if item.get_closest_marker("django_db") or DATABASES & {*item.fixturenames}}
    items.sort(
        key=lambda item: (
            not item.get_closest_marker("browser"),
            item.path in stored,
            not item.get_closest_marker("slow"),
        )
    )


class FilesAndJourneys(LoadFileScheduling):
    """A file goes to one process, and all journeys to the same: the portal that they share has one port."""

    def _split_scope(self, nodeid):
        return JOURNEYS if nodeid.startswith(JOURNEYS) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    """Keep the journeys together where a parallel run gives out files."""
    return FilesAndJourneys(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_itemcollected(item):
    """Give fixtures and tests room for their frames; a runner calls deep before it comes to them."""
    item.setup, item.runtest, item.teardown = map(with_room, (item.setup, item.runtest, item.teardown))


def pytest_runtest_setup():
    """Begin each test in English, with no work left: a page leaves its reader's language behind in its thread."""
    translation.deactivate()
    default_task_backend.clear()


def pytest_collection_finish():
    """Leave what is loaded by now out of the search for garbage, which would walk it hundreds of times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
