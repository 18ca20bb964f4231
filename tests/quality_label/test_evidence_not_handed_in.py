"""What an applicant attaches is read by nobody else before it is handed in, and never once it was changed."""

from datetime import timedelta
from pathlib import Path

import pytest

from portal import clock
from portal.files.actions import store_file
from portal.files.gate import Admitted
from quality_label.actions import copy_application, remove_evidence
from quality_label.models import Application, Evidence, Snapshot
from tests.factories.label import ApplicationFactory, EvidenceFactory, review_under_way
from tests.factories.organisers import owner_of

pytestmark = pytest.mark.django_db


def file_of(application, **facts) -> Evidence:
    """Return evidence with a file."""
    file = store_file(Admitted("plan.txt", b"Our plan.", "text/plain"), owner=None)
    return EvidenceFactory(application=application, kind="file", url="", file=file, title="Plan of the year", **facts)


@pytest.fixture
def desk(client):
    """Sign an assessor in, and return their place."""
    _application, (place, _other), _lead = review_under_way()
    client.force_login(place.person)
    return place


def test_a_file_attached_while_questions_are_open_waits_for_the_answers(client, desk):
    Application.objects.filter(pk=desk.application_id).update(state="clarification", answer_by=clock.today())
    item = file_of(desk.application)
    address = f"/quality-label/desk/{desk.key}/evidence/{item.number}/"

    assert client.get(address).status_code == 404
    assert "Plan of the year" not in client.get(f"/quality-label/desk/{desk.key}/questions/").content.decode()

    Snapshot.objects.create(application=desk.application, cause="answered", document={"evidence": []}, sha256="0" * 64)
    assert client.get(address).status_code == 200


def test_a_file_that_is_not_the_one_handed_in_is_not_sent_to_the_desk(client, desk):
    item = file_of(desk.application, added_at=clock.now() - timedelta(days=1))
    Path(item.file.content.path).write_bytes(b"Another plan.")

    answer = client.get(f"/quality-label/desk/{desk.key}/evidence/{item.number}/")

    assert answer.status_code == 409
    assert "not the one that was handed in" in answer.content.decode()


def test_what_was_hidden_is_not_copied_into_a_new_draft():
    application = ApplicationFactory(submitted=True, state="withdrawn", ended_at=clock.now())
    EvidenceFactory(application=application, hidden_at=clock.now(), hidden_words="The list on page 2.")
    EvidenceFactory(application=application, title="Handbook")

    draft = copy_application(application, by=owner_of(application.organiser))

    assert [item.title for item in draft.evidence.all()] == ["Handbook"]


def test_taking_evidence_away_twice_is_once():
    item = file_of(ApplicationFactory())
    owner = owner_of(item.application.organiser)

    for same in [item, Evidence.objects.get(pk=item.pk)]:
        remove_evidence(same, by=owner)

    assert not Evidence.objects.exists()
