"""Private files that no row names are deleted after a week, and no others."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from portal import clock
from portal.files.actions import store_file
from portal.files.gate import Admitted
from portal.files.models import StoredFile, private_storage
from portal.files.schedule import forget_unnamed_files

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_what_lost_its_row_goes_after_a_week_and_what_has_one_stays():
    kept, lost = [store_file(Admitted(name, name.encode(), "text/plain"), owner=None) for name in ("a.txt", "b.txt")]
    StoredFile.objects.filter(pk=lost.pk).delete()  # as a process that dies before the bytes went leaves it
    exists = private_storage().exists

    with clock.moved_to(timedelta(days=6)):
        forget_unnamed_files()
    assert exists(lost.content.name)
    with clock.moved_to(timedelta(days=8)):
        forget_unnamed_files()

    assert not exists(lost.content.name)
    assert exists(kept.content.name)


def test_a_file_outside_the_folders_of_the_portal_is_left_alone():
    storage = private_storage()
    storage.save("README", ContentFile(b"of the operator"))

    with clock.moved_to(timedelta(days=8)):
        forget_unnamed_files()

    assert storage.exists("README")
    storage.delete("README")


def test_a_storage_that_holds_nothing_yet_is_no_fault(settings, tmp_path):
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}

    forget_unnamed_files()

    assert not private_storage().exists("")
