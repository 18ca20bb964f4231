"""Parts of files: what a player asks for, and what no player should."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 1000
ENDLESS = f"bytes={'9' * 5000}-"  # longer than the numbers that Python reads


@pytest.fixture
def address():
    return Document.objects.create(title="A film", file=ContentFile(FILM, name="film.mp4")).url


def asked(client, address, wanted, **headers):
    answer = client.get(address, headers={"range": wanted, **headers})
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=70000-", 70_000, 255_999),
        ("bytes=-500", 255_500, 255_999),
        ("bytes=-9999999", 0, 255_999),
        ("bytes=255990-9999999", 255_990, 255_999),
    ],
)
def test_a_part_is_sent_alone(client, address, wanted, first, last):
    answer, content = asked(client, address, wanted)

    assert answer.status_code == 206
    assert content == FILM[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/256000"
    assert int(answer["Content-Length"]) == len(content)


@pytest.mark.parametrize("wanted", ["bytes=256000-", "bytes=200-100", "bytes=-0"])
def test_a_part_that_does_not_exist_is_refused(client, address, wanted):
    answer, _content = asked(client, address, wanted)

    assert answer.status_code == 416
    assert answer["Content-Range"] == "bytes */256000"


@pytest.mark.parametrize("wanted", ["", "bytes=", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=--5", ENDLESS])
def test_everything_else_gets_the_whole_file(client, address, wanted):
    answer, content = asked(client, address, wanted)

    assert (answer.status_code, content) == (200, FILM)
    assert answer["Accept-Ranges"] == "bytes"


def test_a_part_of_a_file_that_changed_meanwhile_is_the_whole_new_one(client, address):
    tag = client.get(address)["ETag"]

    assert asked(client, address, "bytes=5-9", **{"if-range": tag})[0].status_code == 206
    assert asked(client, address, "bytes=5-9", **{"if-range": '"of-yesterday"'})[0].status_code == 200
