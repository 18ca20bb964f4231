"""The small copies of pictures that pages show."""

import io
import resource

import pytest
from django.urls import reverse
from PIL import Image, ImageDraw

from portal.files.pictures import shown_url, store_picture


@pytest.fixture
def kept(settings, tmp_path):
    """Return the digest of a kept picture of a badge."""
    settings.MEDIA_ROOT = tmp_path
    picture = Image.new("RGBA", (600, 600))
    ImageDraw.Draw(picture).ellipse((20, 20, 580, 580), fill="teal")
    made = io.BytesIO()
    picture.save(made, "PNG")
    return store_picture(made.getvalue())


@pytest.mark.django_db
def test_a_page_shows_a_small_copy_that_is_made_once(client, kept, tmp_path):
    url = shown_url(reverse("files:picture", args=[kept]))

    answers = [client.get(url) for _time in range(2)]

    small = Image.open(io.BytesIO(answers[0].content))
    assert (small.format, small.size, small.mode) == ("WEBP", (480, 480), "RGBA")
    assert "immutable" in answers[0]["Cache-Control"]
    assert answers[0].content == answers[1].content
    assert len(list(tmp_path.rglob("*.webp"))) == 1


@pytest.mark.django_db
def test_a_full_disk_keeps_no_copy_and_shows_the_picture(client, kept, tmp_path):
    url = shown_url(reverse("files:picture", args=[kept]))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))  # writing more fails as on a full disk
    try:
        answer = client.get(url)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert answer.status_code == 200
    assert not list(tmp_path.rglob("*.webp"))


@pytest.mark.django_db
def test_there_is_no_copy_of_what_is_not_there(client):
    assert client.get(f"/pictures/{'0' * 64}-480.webp").status_code == 404


@pytest.mark.parametrize("url", ["", None, "/art/badge/abc.svg", "/media/pictures/x.png"])
def test_other_addresses_stay_as_they_are(url):
    assert shown_url(url) == (url or "")
