"""The form by which evidence is handed in: what is refused keeps what was typed."""

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from pathways.models import Attempt, EvidenceItem
from portal.files.models import StoredFile
from tests.factories.accounts import PersonFactory
from tests.factories.pathways import reviewed_activity

pytestmark = pytest.mark.django_db
TYPED = "We tested both brakes & wrote it down."


def send(client, page, **values):
    client.force_login(PersonFactory())
    return client.post(f"/learn/activities/{page.pk}/evidence/", values)


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (lambda: SimpleUploadedFile("film.mp4", b"0" * (60 * 1024 * 1024)), "60.0"),
        (lambda: SimpleUploadedFile("photo.png", b"<html><script>alert(1)</script>"), "This kind of file is not taken"),
        (lambda: SimpleUploadedFile("empty.txt", b""), "This file is empty"),
    ],
)
def test_a_file_that_is_refused_keeps_the_words(client, upload, reason):
    page = reviewed_activity()

    answer = send(client, page, text=TYPED, link="https://example.org/notes", file=upload())

    text = answer.content.decode()
    assert answer.status_code == 422
    assert reason in text
    assert "We tested both brakes &amp; wrote it down." in text
    assert 'value="https://example.org/notes"' in text
    assert "Browsers do not keep files" in text
    assert not Attempt.objects.exists()
    assert not StoredFile.objects.exists()


def test_an_empty_form_is_refused(client):
    answer = send(client, reviewed_activity(), text="", link="")

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "There is nothing to hand in yet: fill in at least one of these."
    ]


def test_only_what_the_activity_takes_is_asked_for_and_kept(client):
    page = reviewed_activity(takes_file=False, takes_link=False)

    answer = send(client, page, text=TYPED, link="https://example.org/", file=SimpleUploadedFile("a.txt", b"Hello"))

    item = EvidenceItem.objects.get()
    assert answer["Location"] == page.url
    assert (item.text, item.link, item.file) == (TYPED, "", None)


def test_all_three_arrive_and_are_shown_to_the_learner(client):
    page = reviewed_activity()

    send(client, page, text=TYPED, link="https://example.org/", file=SimpleUploadedFile("notes.txt", b"Hello"))

    text = client.get(page.url).content.decode()
    assert "We tested both brakes" in text
    assert 'href="https://example.org/"' in text
    assert "notes.txt" in text
    assert "Waiting for a reviewer" in text


def test_a_script_is_not_a_link(client):
    answer = send(client, reviewed_activity(), link="javascript:alert(1)")

    assert answer.status_code == 422


def test_what_was_taken_back_stands_in_the_form_again(client):
    page = reviewed_activity()
    send(client, page, text=TYPED)

    answer = client.post(f"/learn/activities/{page.pk}/take-back/", follow=True)

    assert answer.context["form"].initial == {"text": TYPED, "link": ""}
    assert "taken back, only you see it" in answer.content.decode()


def test_a_full_disk_keeps_the_words(client, monkeypatch):
    page = reviewed_activity()

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    answer = send(client, page, text=TYPED, file=SimpleUploadedFile("notes.txt", b"Hello"))

    assert answer.status_code == 422
    assert "disk is full" in answer.content.decode()
    assert "We tested both brakes &amp; wrote it down." in answer.content.decode()
    assert not Attempt.objects.exists()


def test_the_address_of_a_refused_form_leads_back_to_its_activity(client):
    activity = reviewed_activity()
    send(client, activity, text="", link="")

    answer = client.get(f"/learn/activities/{activity.pk}/evidence/", follow=True)

    assert answer.redirect_chain[-1] == (activity.url, 302)


def test_an_empty_form_does_not_say_that_something_typed_was_kept(client):
    answer = send(client, reviewed_activity(), text=" ", link="")

    assert "What you typed is still here" not in answer.content.decode()


def test_that_one_of_the_fields_is_needed_is_said_before_anything_is_sent(client):
    page = reviewed_activity()
    client.force_login(PersonFactory())

    text = client.get(page.url).content.decode()

    assert "Fill in at least one of these." in text
    assert "(optional)" not in text


def test_the_only_field_of_a_form_is_asked_for_without_a_choice(client):
    page = reviewed_activity(takes_file=False, takes_link=False)
    client.force_login(PersonFactory())

    text = client.get(page.url).content.decode()

    assert "Fill in at least one of these." not in text
    assert "(optional)" not in text
