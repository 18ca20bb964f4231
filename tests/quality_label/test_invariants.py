"""What `manage.py fsck` says of cases that are torn; of whole ones it says nothing."""

import pytest

from portal.files.gate import Admitted
from portal.invariants import violations
from quality_label.actions import attach_evidence
from quality_label.actions.days import resume_days
from quality_label.actions.submission import freeze
from quality_label.models import Application, Assignment, Decision, Declaration, Label, Snapshot
from tests.factories.label import ApplicationFactory, AssignmentFactory, DeclarationFactory, decided, voted_case
from tests.quality_label.applying import link_facts, owner, stopped

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def said() -> list[str]:
    return [line for line in violations() if line.startswith("L")]


def test_days_that_stand_still_for_no_reason_are_named():
    case = stopped("return", "returned")
    assert said() == []
    resume_days(case, "return")
    assert said() == [f"L2 days: application {case.pk} goes on although the next move is the applicant's"]

    case.pauses.update(resumed_on=None)
    Application.objects.update(state="in_check", answer_by=None)
    assert said() == [f"L2 days: application {case.pk} stands still although the next move is the network's"]


def test_decisions_and_labels_that_lack_each_other_are_named():
    case = decided(voted_case("awarded", "awarded", "awarded")).application
    label = case.label
    assert said() == []

    Application.objects.update(state="not_awarded")
    assert said() == [f"L3 decision: label {label.pk} comes from no award to its holder"]
    Label.objects.all().delete()
    Application.objects.update(state="awarded")
    assert said() == [f"L3 decision: application {case.pk} was awarded without a label"]
    Decision.objects.all().delete()
    Application.objects.update(state="not_awarded")
    assert said() == [f"L3 decision: application {case.pk} is decided without a decision"]


def test_places_held_without_a_declaration_that_allows_it_are_named():
    place = AssignmentFactory(accepted=True)
    assert said() == []
    named = [f"L4 team: place {place.pk} is held without a declaration that allows it"]

    Declaration.objects.update(conflict="excluding")
    assert said() == named
    Assignment.objects.update(declaration=DeclarationFactory(application=place.application))
    assert said() == named


def test_documents_that_changed_are_named():
    case = ApplicationFactory(submitted=True)
    freeze(case, "submitted")
    decision = decided(voted_case("awarded", "awarded", "awarded"))
    assert said() == []

    snapshot = Snapshot.objects.get()
    Snapshot.objects.update(document=snapshot.document | {"day_0": "2020-01-01"})
    Decision.objects.update(report=decision.report | {"strengths": "None."})
    assert said() == [
        f"L5 documents: snapshot {snapshot.pk} of application {case.pk} was changed",
        f"L5 documents: the report on application {decision.application_id} was changed",
    ]


def test_evidence_whose_bytes_changed_or_are_lost_is_named():
    case = ApplicationFactory()
    file = Admitted("rubric.txt", b"Two brakes, both hold.", "text/plain")
    item = attach_evidence(case, by=owner(case), **link_facts(["A1"], kind="file", url="", file=file))
    assert said() == []

    with item.file.content.open("wb") as stored:
        stored.write(b"No brakes.")
    assert said() == [f"L6 evidence: evidence {item.number} of application {case.pk} was changed"]
    item.file.content.storage.delete(item.file.content.name)
    assert said() == [f"L6 evidence: evidence {item.number} of application {case.pk} lost its file"]
