"""Uploads through a real form: too large, and onto a full disk."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.models import Document

from organisers.models import Organiser
from portal.files.actions import store_file
from portal.files.gate import Admitted
from portal.files.invariants import files_exist
from portal.files.models import StoredFile
from portal.files.responses import private_response
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import RATAS
from tests.portal.hostile import png

pytestmark = pytest.mark.django_db


def create(client, picture):
    """Send the form that creates an organiser."""
    person = PersonFactory()
    client.force_login(person)
    return client.post("/workspace/new/", RATAS | {"contact_email": person.email, "picture": picture})


def test_picture_of_an_organiser_is_served_under_its_digest(client):
    create(client, SimpleUploadedFile("logo.png", png()))

    response = client.get(Organiser.objects.get().picture_url)

    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.startswith(b"\x89PNG")


def test_upload_of_sixty_megabytes_is_refused_and_the_rest_of_the_form_kept(client):
    response = create(client, SimpleUploadedFile("film.png", b"\x89PNG" + bytes(60 * 1024 * 1024)))

    form = response.context["form"]
    assert list(form.errors) == ["picture"]
    assert "the limit is 20" in form.errors["picture"][0]
    assert form["description"].value() == "We mend bicycles."
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == []


def test_upload_onto_a_full_disk_says_so_and_keeps_the_rest(client):
    """A limit on the size of files stands for the full disk: writing fails with the same kind of error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    picture = SimpleUploadedFile("logo.png", png() + bytes(5 * 1024 * 1024))
    person = PersonFactory()
    client.force_login(person)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * 1024 * 1024, hard))
    try:
        response = client.post("/workspace/new/", RATAS | {"contact_email": person.email, "picture": picture})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    form = response.context["form"]
    assert [error.code for error in form.errors.as_data()["picture"]] == ["disk"]
    assert form["name"].value() == "Ratas"
    assert Organiser.objects.count() == 0


FULL = """
import resource, sys, django
django.setup()
from django.core.exceptions import ValidationError
from portal.files.actions import store_file
from portal.files.gate import Admitted
from portal.files.pictures import store_picture
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
admitted = Admitted("a.txt", b"x" * 5000, "text/plain")
for keep in (lambda: store_file(admitted, owner=None), lambda: store_picture(admitted.content)):
    try:
        keep()
    except ValidationError as refusal:
        print(refusal.code)
"""


def test_full_disk_leaves_no_half_file_behind(tmp_path):
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DEMO": "1", "DJANGO_SETTINGS_MODULE": "portal.settings"}

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FULL],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )

    assert done.stdout.split() == ["disk", "disk"], done.stderr
    assert [path for folder in ("private", "media") for path in (tmp_path / folder).rglob("*") if path.is_file()] == []


def test_private_file_is_stored_outside_the_web_under_a_name_of_our_own():
    stored = store_file(Admitted("../Ona's CV.pdf", b"%PDF", "application/pdf"), owner=PersonFactory())

    path = Path(stored.content.path)
    assert path.parent.parent == settings.PRIVATE_ROOT
    assert path.name == stored.key.hex
    assert not path.is_relative_to(settings.MEDIA_ROOT)


def test_private_file_is_sent_shut_off_and_never_cached():
    stored = store_file(Admitted('Ona "CV" žąsis\u2028.pdf', b"%PDF", "application/pdf"), owner=None)

    response = private_response(stored)

    assert response["Cache-Control"] == "no-store, private"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "\n" not in response["Content-Disposition"]
    assert response._csp_config["sandbox"] is True
    response.close()


def test_fsck_names_a_file_that_is_missing_or_cut_short():
    stored = store_file(Admitted("a.txt", b"twelve bytes", "text/plain"), owner=None)
    assert list(files_exist()) == []

    Path(stored.content.path).write_bytes(b"six by")

    assert list(files_exist()) == [f"file {stored.key} is missing or cut short"]
    assert StoredFile.objects.count() == 1


def test_form_with_more_files_than_any_form_asks_for_is_refused(client):
    files = {f"file{n}": SimpleUploadedFile("a.png", png()) for n in range(6)}

    assert client.post("/workspace/new/", files).status_code == 400
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == []


@pytest.mark.parametrize(
    ("content", "says"), [(b"%PDF-1.7 " + b"x" * 2000, "the limit is"), (b"<script>alert(1)</script>", "is not taken")]
)
def test_document_of_the_editor_goes_through_the_gate(client, settings, content, says):
    settings.UPLOAD_LIMIT = 1000
    client.force_login(PersonFactory(is_superuser=True))

    answer = client.post("/cms/documents/add/", {"title": "A", "file": SimpleUploadedFile("a.pdf", content)})

    assert says in answer.content.decode()
    assert not Document.objects.exists()
