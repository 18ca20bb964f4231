"""Handing a review in: whole, reconfirmed, once; the last one lays the reviews beside each other."""

import pytest

from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from quality_label.actions import lock_review, report_personal_data
from quality_label.actions.reviews import Incomplete
from quality_label.models import Application, Assignment
from tests.factories.label import EvidenceFactory, hand_in, levels_in_order, review_under_way, write_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole():
    """A review that lacks nothing."""
    application, (place, _other), _lead = review_under_way()
    return write_review(place, levels_in_order(application, "3" * 25))


def lock(place, **facts):
    return lock_review(place, by=place.person, **{"has_no_conflict": True} | facts)


def test_whole_review_is_locked_with_the_text_that_was_reconfirmed(whole):
    place = lock(whole)

    assert (place.state, place.reconfirmed_version) == ("locked", "1")
    assert place.locked_at is not None
    assert Application.objects.get(pk=whole.application_id).state == "in_review"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"level": None}, "Choose a level."),
        ({"reason": "Too short."}, "Give a reason of at least 30 characters."),
        ({"evidence": []}, "Point to the evidence: a level of 3 or 4 needs some."),
        (
            {"evidence": ["e7"]},
            "Something you point to is not in the file that was handed in, or is hidden now.",
        ),
    ],
)
def test_what_is_missing_is_named_by_criterion(whole, change, fault):
    whole.ratings.filter(code="B2").update(**change)

    with pytest.raises(Incomplete) as refused:
        lock(whole)

    assert refused.value.faults == {"B2": [fault]}
    assert Assignment.objects.get(pk=whole.pk).state == "drafting"


def test_level_below_3_needs_no_pointer(whole):
    whole.ratings.filter(code="B2").update(level=2, evidence=[])

    assert lock(whole).state == "locked"


@pytest.mark.parametrize("name", ["strengths", "advice"])
def test_strengths_and_advice_are_written(whole, name):
    Assignment.objects.filter(pk=whole.pk).update(**{name: " "})

    with pytest.raises(StepRefused):
        lock(whole)


def test_conflict_declaration_is_reconfirmed(whole):
    with pytest.raises(StepRefused):
        lock(whole, has_no_conflict=False)


def test_second_hand_in_is_refused(client, whole):
    lock(whole)
    client.force_login(whole.person)

    answer = client.post(
        f"/quality-label/desk/{whole.key}/hand-in/",
        {"seen": 0, "go": "lock", "strengths": "A", "advice": "B", "has_no_conflict": "on"},
    )

    assert answer.status_code == 409


def test_page_lists_what_is_missing_with_links_and_keeps_what_was_typed(client, whole):
    whole.ratings.filter(code="B2").update(level=None)
    client.force_login(whole.person)
    path = f"/quality-label/desk/{whole.key}/hand-in/"

    answer = client.post(
        path, {"seen": 0, "go": "lock", "strengths": "Typed anew.", "advice": "B", "has_no_conflict": "on"}
    )

    assert answer.status_code == 422
    assert answer.context["faults"] == [("B2", f"/quality-label/desk/{whole.key}/B2/", ["Choose a level."])]
    assert "Typed anew." in answer.content.decode()


def test_page_hands_the_review_in(client, whole):
    client.force_login(whole.person)
    path = f"/quality-label/desk/{whole.key}/hand-in/"

    answer = client.post(path, {"seen": 0, "go": "lock", "strengths": "A", "advice": "B", "has_no_conflict": "on"})

    assert answer.status_code == 302
    assert Assignment.objects.get(pk=whole.pk).state == "locked"


def test_reopened_review_wants_a_reason_for_a_changed_level(whole):
    lock(whole)
    Assignment.objects.filter(pk=whole.pk).update(state="reopened", locked_at=None, reopened_criteria=["B5"])
    whole.ratings.filter(code="B5").update(level=4, former_level=3)

    with pytest.raises(Incomplete) as refused:
        lock(whole)

    assert refused.value.faults == {"B5": ["Say why you changed the level."]}
    whole.ratings.filter(code="B5").update(change_reason="The answer shows it.")
    assert lock(whole).state == "locked"


def test_last_review_opens_the_consensus_with_what_both_agree_on():
    application, (one, other), lead = review_under_way()
    levels = levels_in_order(application, "3" * 25)
    hand_in(one, levels | {"A1": 2, "A3": 2, "C2": 1, "D1": 4})

    hand_in(other, levels)

    application = Application.objects.get(pk=application.pk)
    rows = application.consensus.by_code()
    assert application.state == "consensus"
    assert {code: rows[code].level for code in ["A1", "A2", "A3", "C2", "D1"]} == {
        "A1": 2.5,
        "A2": 3,
        "A3": None,
        "C2": None,
        "D1": 3.5,
    }
    assert [code for code, row in rows.items() if not row.is_settled] == ["A3", "C2"]
    assert set(OutgoingMail.objects.filter(event="quality_label/reviews_compared").values_list("to", flat=True)) == {
        one.person.email,
        other.person.email,
        lead.person.email,
    }


def test_reported_evidence_is_hidden_and_both_sides_are_told_without_using_a_round(whole):
    application = whole.application
    item = EvidenceFactory(application=application)

    report_personal_data(whole, item, "Page 2, the list.", by=whole.person)

    item.refresh_from_db()
    assert item.hidden_at is not None
    assert not application.evidence.shown().exists()
    assert (application.rounds_asked(), Application.objects.get(pk=application.pk).state) == (0, "in_review")
    owner = application.organiser.memberships.owners().first().person
    mails = set(OutgoingMail.objects.values_list("event", "to"))
    assert mails == {
        ("quality_label/evidence_hidden", owner.email),
        ("quality_label/evidence_reported", application.coordinator.email),
    }
    with pytest.raises(StepRefused):
        report_personal_data(whole, item, "Again.", by=whole.person)


def test_owners_are_not_asked_to_replace_what_cannot_be_replaced_any_more(whole):
    application = whole.application
    Application.objects.filter(pk=application.pk).update(state="ready")
    item, place = EvidenceFactory(application=application), Assignment.objects.get(pk=whole.pk)

    report_personal_data(place, item, "Page 2, the list.", by=place.person)

    assert set(OutgoingMail.objects.values_list("event", flat=True)) == {"quality_label/evidence_reported"}
