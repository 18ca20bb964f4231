"""What learners handed in, as an assessor gets it: nothing in it says whose it is."""

import io

import pytest
from PIL import Image

from badges.models import BadgeClass
from pathways.models import Attempt, EvidenceItem
from portal import clock
from portal.files.actions import store_file
from portal.files.gate import Admitted
from quality_label.models import SampledAward, SampledBadge
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, published_badge
from tests.factories.label import review_under_way
from tests.factories.pathways import activity

pytestmark = pytest.mark.django_db
MAKER, MODEL, TURN = 0x010F, 0x0110, 0x0112


def photo() -> bytes:
    """Return a picture that lies on its side and says who took it."""
    said = Image.Exif()
    said[MAKER], said[MODEL], said[TURN] = "Jonas Petraitis", "Kaunas 54.9 N 23.9 E", 6
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(file, "JPEG", exif=said)
    return file.getvalue()


def handed_in(application, admitted) -> EvidenceItem:
    """Return what a learner handed in for an award of the sample."""
    given = assertion(published_badge(application.organiser), name="Jonas Petraitis")
    attempt = Attempt.objects.create(
        person=PersonFactory(),
        organiser=application.organiser,
        activity_key=activity(application.organiser).translation_key,
        state="passed",
        passed_at=clock.now(),
        badge_class=BadgeClass.objects.get(pk=given.badge_class_id),
        batch=given.batch,
    )
    badge = SampledBadge.objects.create(
        application=application, badge_version=given.badge_version, number=1, is_chosen=True
    )
    SampledAward.objects.create(badge=badge, assertion=given, number=3)
    return EvidenceItem.objects.create(attempt=attempt, file=store_file(admitted, owner=None))


@pytest.fixture
def desk(client):
    """Sign an assessor in, and return their place."""
    _application, (place, _other), _lead = review_under_way()
    client.force_login(place.person)
    return place


def test_a_photo_comes_without_who_took_it_where(client, desk):
    item = handed_in(desk.application, Admitted("jonas-petraitis.jpg", photo(), "image/jpeg"))

    answer = client.get(f"/quality-label/desk/{desk.key}/sample/{item.pk}/")

    sent = b"".join(answer.streaming_content)
    picture = Image.open(io.BytesIO(sent))
    assert (answer.status_code, answer["Content-Type"], picture.size) == (200, "image/png", (20, 40))
    assert not picture.getexif()
    assert b"Jonas" not in sent
    assert answer["Content-Disposition"] == 'inline; filename="1-3.png"'
    assert answer["Cache-Control"] == "no-store, private"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_another_file_comes_under_another_name(client, desk):
    item = handed_in(desk.application, Admitted("jonas-petraitis.txt", b"I mended a brake.", "text/plain"))

    answer = client.get(f"/quality-label/desk/{desk.key}/sample/{item.pk}/")

    assert answer["Content-Disposition"] == 'attachment; filename="1-3"'


def test_a_file_outside_the_sample_is_not_there(client, desk):
    item = handed_in(desk.application, Admitted("a.txt", b"I mended a brake.", "text/plain"))
    SampledAward.objects.all().delete()

    assert client.get(f"/quality-label/desk/{desk.key}/sample/{item.pk}/").status_code == 404
