"""Erasing a person: nothing of them is left anywhere, and nothing of others is harmed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import models

from badges.models.move_in import mark_of_address
from portal import clock
from portal.accounts.erasing import close_account
from portal.accounts.models import TIME_TO_RETURN
from portal.accounts.schedule import erase_closed_accounts
from portal.schedule import discover
from tests.factories.leaver import ADDRESS, NAME, SECOND, fresh, leaver, set_canaries

pytestmark = pytest.mark.django_db


def everything_stored() -> dict[str, str]:
    """Return all that any table, any kept file and the cache hold, by where it stands."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        columns = [one for one in model._meta.local_concrete_fields if not isinstance(one, models.AutoField)]
        for row in model._base_manager.values_list("pk", *[one.attname for one in columns]):
            for column, value in zip(columns, row[1:], strict=True):
                if value not in (None, "", True, False):
                    found[f"{model._meta.label}.{column.name}.{row[0]}"] = str(value)
    for root in {settings.MEDIA_ROOT, settings.PRIVATE_ROOT}:
        for path in Path(root).rglob("*"):
            if path.is_file():
                found[str(path)] = path.read_bytes().decode("latin-1")
    found["cache"] = str(cache._cache)
    return found


def places_of(words) -> list[str]:
    """Return where any of some words stands, however it is capitalised."""
    return [
        f"{word} in {place}"
        for place, text in everything_stored().items()
        for word in words
        if word.casefold() in text.casefold()
    ]


def erased(person, capture):
    """Close a person's account, and let two weeks and all rules of the clock go by."""
    with capture(execute=True):
        close_account(person)
    with clock.moved_to(TIME_TO_RETURN + timedelta(minutes=1)), capture(execute=True):
        erase_closed_accounts()
    return fresh(person)


def test_nothing_of_an_erased_person_is_left_anywhere(django_capture_on_commit_callbacks):
    cache.clear()
    person = leaver()
    canaries, bare = set_canaries(person)
    assert bare == []
    words = [*canaries.values(), NAME, ADDRESS, SECOND, mark_of_address(ADDRESS), "192.0.2.7"]
    assert len(places_of(words)) > len(words) / 2

    erased(person, django_capture_on_commit_callbacks)
    with clock.moved_to(timedelta(days=30)), django_capture_on_commit_callbacks(execute=True):
        for job in discover().values():
            job.run()
    mail.outbox.clear()

    assert places_of(words) == []
