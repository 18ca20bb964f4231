"""What a coordinator opens to check a file: its evidence, the contact, the privacy notice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal import clock
from portal.files.actions import store_file
from portal.files.gate import admit_evidence
from quality_label.models import Evidence
from tests.factories.accounts import PersonFactory
from tests.factories.cases import led_case, snapshot_of
from tests.factories.label import EvidenceFactory
from tests.factories.organisers import OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db
PRIVACY = "https://organiser.example.org/privacy"


@pytest.fixture
def case(client):
    petra = PersonFactory(roles=["coordinator"])
    organiser = OrganiserFactory(verified=True, privacy_url=PRIVACY)
    found = led_case(petra, in_check=True, assigning=False, organiser=organiser)
    file = store_file(admit_evidence(SimpleUploadedFile("a.txt", b"Two brakes.")), owner=owner_of(organiser))
    EvidenceFactory(application=found, number=1, kind="file", url="", file=file, title="Our rubric")
    EvidenceFactory(application=found, number=2, title="Our handbook", url="https://organiser.example.org/handbook")
    listed = [
        {"number": one.number, "title": one.title, "criteria": ["A1"], "sha256": file.sha256}
        for one in found.evidence.all()
    ]
    signatory = {"name": "Ruta K.", "email": "ruta@organiser.example.org"}
    snapshot_of(found, evidence=listed, answers={"signatory": signatory})
    client.force_login(petra)
    return found


@pytest.mark.parametrize("page", ["case", "case-eligible"])
def test_evidence_contact_and_privacy_notice_open_from_the_pages_of_a_case(client, case, page):
    text = client.get(reverse(f"quality_label:{page}", args=[case.key])).text

    file = reverse("quality_label:evidence", args=[case.evidence.get(number=1).key])
    for address in [file, "https://organiser.example.org/handbook", f"mailto:{case.organiser.contact_email}", PRIVACY]:
        assert f'href="{address}"' in text
    assert client.get(file).status_code == 200


def test_who_signs_can_be_written_to_from_the_file(client, case):
    text = client.get(reverse("quality_label:case", args=[case.key])).text

    assert 'href="mailto:ruta@organiser.example.org"' in text


def test_hidden_evidence_is_named_and_does_not_open(client, case):
    Evidence.objects.filter(number=1).update(hidden_at=clock.now())

    text = client.get(reverse("quality_label:case", args=[case.key])).text

    assert reverse("quality_label:evidence", args=[case.evidence.get(number=1).key]) not in text
    assert "Hidden because of personal data in it." in text
