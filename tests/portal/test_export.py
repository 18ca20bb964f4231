"""A person's download: everything that is kept about them, for them alone."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from badges.models import Assertion, Supplement
from portal import clock
from portal.accounts import exporting
from portal.accounts.columns import COLUMNS
from portal.accounts.exporting import ask_for_data
from portal.accounts.models import DataExport
from portal.accounts.schedule import forget_data_files, make_data_files
from portal.files.models import StoredFile
from portal.notifications.models import Notification, OutgoingMail
from portal.notifications.schedule import send_due_mail
from portal.privacy import personal_data
from portal.workflow import StepRefused
from tests.factories.accounts import PersonFactory
from tests.factories.collections import collected
from tests.factories.leaver import NAME, leaver, set_canaries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def download_of(person, capture) -> zipfile.ZipFile:
    """Return the file of a person, made by the clock."""
    with capture(execute=True):
        ask_for_data(person)
    with capture(execute=True):
        while make_data_files():
            pass
    export = DataExport.objects.get(person=person)
    with export.file.content.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_download_holds_every_word_about_a_person(django_capture_on_commit_callbacks):
    person = leaver()
    canaries, _bare = set_canaries(person)
    entries = personal_data()
    hidden = {f"{label}.{name}" for label, entry in entries.items() for name in entry.hidden}

    archive = download_of(person, django_capture_on_commit_callbacks)

    page, data = archive.read("index.html").decode(), archive.read("data.json").decode()
    for place, word in canaries.items():
        assert (word in page, word in data) == ((False, False) if place in hidden else (True, True)), place
    told = json.loads(data)["entries"]
    assert {entry["model"] for entry in told} == set(entries)
    assert all(entry["purpose"] and entry["kept"] and entry["when_erased"] for entry in told)
    assert "<script" not in page
    assert 'src="' not in page
    assert NAME in page


def test_every_column_in_a_download_has_a_label():
    shown = {name for entry in personal_data().values() for name in entry.columns}

    assert shown - set(COLUMNS) == set()


def test_download_holds_the_files_of_a_person(django_capture_on_commit_callbacks):
    person = leaver()

    names = download_of(person, django_capture_on_commit_callbacks).namelist()

    for ending in [
        *("badge.png", "credential.json", "certificate.pdf", "diploma.txt", "statement.json"),
        *("mine.txt", "imported/"),
    ]:
        assert any(ending in name for name in names), ending
    assert len(names) == len(set(names))


def test_a_file_that_cannot_be_made_is_named_in_the_download_and_on_the_page(
    client, django_capture_on_commit_callbacks
):
    person = leaver()
    lost = Supplement.objects.filter(assertion__person=person).standing().first()
    lost.file.content.delete(save=False)

    archive = download_of(person, django_capture_on_commit_callbacks)

    (gap,) = DataExport.objects.get(person=person).gaps
    assert str(lost.key) in gap
    assert gap not in archive.namelist()
    page = archive.read("index.html").decode()
    assert (f"<li>{gap}</li>" in page, f'href="{gap}"' in page) == (True, False)
    client.force_login(person)
    shown = client.get("/settings/data/").content.decode()
    assert ("1 file could not be made. Try again later:" in shown, gap in shown) == (True, True)


def test_download_shows_no_word_of_somebody_else(django_capture_on_commit_callbacks):
    archive = download_of(leaver(), django_capture_on_commit_callbacks)

    for name in ("index.html", "data.json"):
        text = archive.read(name).decode()
        assert "neighbour@example.org" not in text
        assert "other@example.org" not in text


def test_work_stops_after_a_while_and_goes_on_where_it_was(django_capture_on_commit_callbacks, monkeypatch):
    person = PersonFactory()
    collected(person, 2)
    monkeypatch.setattr(exporting, "ROUND_SECONDS", -1)
    with django_capture_on_commit_callbacks(execute=True):
        export = ask_for_data(person)

    assert make_data_files() is True
    export.refresh_from_db()
    assert (export.done, export.ready_at) == (0, None)
    assert export.total >= 6

    monkeypatch.setattr(exporting, "ROUND_SECONDS", 60)
    assert make_data_files() is False
    export.refresh_from_db()
    assert (export.done, export.ready_at is None) == (export.total, False)


def test_half_a_file_of_a_killed_worker_is_begun_anew(django_capture_on_commit_callbacks):
    person = PersonFactory()
    export = ask_for_data(person)
    exporting.draft_of(export).write_bytes(b"PK\x03\x04 broken off")

    assert make_data_files() is False

    with DataExport.objects.get(person=person).file.content.open("rb") as file:
        content = file.read()
    assert b"broken off" not in content
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_two_workers_do_not_make_the_same_file():
    ask_for_data(PersonFactory())

    assert exporting.claimed_export() is not None
    assert exporting.claimed_export() is None
    with clock.moved_to(exporting.LEASE + timedelta(seconds=1)):
        assert exporting.claimed_export() is not None


def test_person_is_told_by_inbox_and_mail_without_the_file(django_capture_on_commit_callbacks):
    person = PersonFactory()
    download_of(person, django_capture_on_commit_callbacks)

    send_due_mail()

    assert OutgoingMail.objects.get(person=person).state == "sent"
    (letter,) = mail.outbox
    assert (letter.attachments, "/settings/data/" in letter.body) == ([], True)
    assert Notification.objects.get(person=person).event == "accounts/data_ready"


def test_download_is_asked_for_once_and_again_after_a_day_or_a_change(django_capture_on_commit_callbacks):
    person = PersonFactory()
    ask_for_data(person)
    with pytest.raises(StepRefused):
        ask_for_data(person)
    while make_data_files():
        pass
    with pytest.raises(StepRefused):
        ask_for_data(person)

    with clock.moved_to(timedelta(days=1, minutes=1)):
        first = ask_for_data(person)
        while make_data_files():
            pass
        collected(person)
        second = ask_for_data(person)

    assert first.pk != second.pk
    assert list(DataExport.objects.filter(person=person)) == [second]


def test_download_is_deleted_after_a_week(django_capture_on_commit_callbacks):
    person = PersonFactory()
    download_of(person, django_capture_on_commit_callbacks)
    stored = StoredFile.objects.get(owner=person)

    with clock.moved_to(timedelta(days=6)), django_capture_on_commit_callbacks(execute=True):
        forget_data_files()
    assert DataExport.objects.count() == 1
    with clock.moved_to(timedelta(days=7, minutes=1)), django_capture_on_commit_callbacks(execute=True):
        forget_data_files()

    assert (DataExport.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert not stored.content.storage.exists(stored.content.name)


def test_a_file_that_is_forgotten_while_it_is_made_leaves_nothing_behind():
    ask_for_data(PersonFactory())
    export = exporting.claimed_export()
    exporting.forget_data(DataExport.objects.get())

    exporting.make_part(export)

    assert not exporting.draft_of(export).exists()


def test_no_file_of_a_download_hides_another_one(django_capture_on_commit_callbacks):
    person = leaver()
    added = Supplement.objects.filter(assertion__person=person).standing().first()
    StoredFile.objects.filter(pk=added.file_id).update(name="statement.json")

    names = download_of(person, django_capture_on_commit_callbacks).namelist()

    assert sorted(names) == sorted(set(names))


def test_the_last_day_of_a_badge_is_the_day_that_it_names(django_capture_on_commit_callbacks):
    person = PersonFactory(time_zone="Europe/Vilnius")
    (badge,) = collected(person)
    Assertion.objects.filter(pk=badge.pk).update(expires_at=datetime(2030, 12, 31, 23, 59, 59, tzinfo=UTC))

    page = download_of(person, django_capture_on_commit_callbacks).read("index.html").decode()

    assert "<dd>31 December 2030</dd>" in page
    assert "2031" not in page
