"""Writing a review: each criterion by itself, kept by version, open while the case is in review."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.audit.models import AuditEvent
from portal.workflow import Stale, StepRefused
from quality_label.actions import save_rating
from quality_label.models import Application, Assignment, Clarification
from tests.factories.label import EvidenceFactory, hand_in, levels_in_order, review_under_way

pytestmark = pytest.mark.django_db
SAID = {"level": 3, "does_not_apply": False, "reason": "Seen in all awards of the sample.", "evidence": ["f"]}


@pytest.fixture
def desk(client):
    """The place of an assessor who is signed in."""
    _application, (place, _other), _lead = review_under_way()
    client.force_login(place.person)
    return place


def path_of(place, code="A1"):
    return f"/quality-label/desk/{place.key}/{code}/"


def sent(**changes):
    return {"seen": 0, "level": "3", "reason": SAID["reason"], "evidence": ["f"]} | changes


def test_first_level_begins_the_review(desk):
    rating = save_rating(desk, "A1", SAID, by=desk.person, seen=0)

    assert Assignment.objects.get(pk=desk.pk).state == "drafting"
    assert (rating.code, rating.level, rating.version) == ("A1", 3, 1)


def test_desk_leads_to_the_first_criterion_that_lacks_something(client, desk):
    save_rating(desk, "A1", SAID, by=desk.person, seen=0)

    answer = client.get(f"/quality-label/desk/{desk.key}/")

    assert answer.url == path_of(desk, "A2")


def test_saving_goes_on_to_the_next_criterion(client, desk):
    answer = client.post(path_of(desk), sent(go="next"))

    assert answer.url == path_of(desk, "A2")
    assert desk.ratings.get().level == 3


def test_a_page_that_sends_itself_is_told_the_new_version_alone(client, desk):
    answer = client.post(path_of(desk), sent(), headers={"Accept": "application/json"})

    assert answer.json()["seen"] == 1
    assert set(answer.json()) == {"seen", "said"}


def test_the_mark_of_what_is_incomplete_is_explained(client, desk):
    before = client.get(path_of(desk)).text
    save_rating(desk, "A1", SAID | {"evidence": []}, by=desk.person, seen=0)

    after = client.get(path_of(desk)).text

    assert ("!: something is missing there" in before, after.count("!: something is missing there")) == (False, 1)


def test_the_desk_has_a_way_past_its_lists_and_says_why_a_level_is_closed(client, desk):
    open_page = client.get(path_of(desk)).text
    round_ = Clarification.objects.create(application=desk.application, round=1, sent_at="2026-11-01T09:00Z")
    round_.questions.create(code="A1", words="Who reads the criteria?")
    Application.objects.filter(pk=desk.application_id).update(state="clarification", answer_by="2099-01-01")

    closed_page = client.get(path_of(desk)).text

    assert '<a class="skip" href="#judge">To the criterion</a>' in open_page
    assert ("data-closed" in open_page, "data-closed" in closed_page) == (False, True)


@pytest.mark.parametrize("level", ["5", "-1", "2.5", "three"])
def test_level_off_the_scale_comes_back_with_what_was_typed(client, desk, level):
    answer = client.post(path_of(desk), sent(level=level))

    assert answer.status_code == 422
    assert SAID["reason"] in answer.content.decode()
    assert not desk.ratings.exists()


def test_only_a_criterion_that_says_so_may_not_apply(client, desk):
    assert client.post(path_of(desk, "A1"), sent(level="none")).status_code == 422
    assert client.post(path_of(desk, "E4"), sent(level="none")).status_code == 302

    rating = desk.ratings.get()
    assert (rating.code, rating.level, rating.does_not_apply) == ("E4", None, True)


def test_second_window_reads_both_texts_and_may_send_again(client, desk):
    save_rating(desk, "A1", SAID | {"reason": "Written in the first window."}, by=desk.person, seen=0)

    answer = client.post(path_of(desk), sent(reason="Written in the second window."))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Written in the first window." in page
    assert "Written in the second window." in page
    assert "You changed this in another window in the meantime." in page
    again = sent(reason="Written in the second window.", seen=answer.context["form"]["seen"].value())
    assert client.post(path_of(desk), again).status_code == 302
    assert desk.ratings.get().reason == "Written in the second window."


def test_stale_version_is_refused_and_changes_nothing(desk):
    save_rating(desk, "A1", SAID, by=desk.person, seen=0)

    with pytest.raises(Stale):
        save_rating(desk, "A1", SAID | {"level": 0}, by=desk.person, seen=0)

    assert desk.ratings.get().level == 3


def test_pointer_to_what_is_not_in_the_file_is_refused(client, desk):
    late = EvidenceFactory(application=desk.application, number=9)

    assert client.post(path_of(desk), sent(evidence=[f"e{late.number}"])).status_code == 422


def test_only_criteria_under_question_rest_while_a_question_is_open(client, desk):
    round_ = Clarification.objects.create(application=desk.application, round=1, sent_at="2026-11-01T09:00Z")
    round_.questions.create(code="A1", words="Who reads the criteria?")
    Application.objects.filter(pk=desk.application_id).update(state="clarification", answer_by="2099-01-01")

    assert client.post(path_of(desk, "A1"), sent()).status_code == 409
    assert client.post(path_of(desk, "A2"), sent()).status_code == 302
    assert [rating.code for rating in desk.ratings.all()] == ["A2"]


def test_nobody_writes_outside_of_the_review(desk):
    Application.objects.filter(pk=desk.application_id).update(state="assigning")

    with pytest.raises(StepRefused):
        save_rating(desk, "A1", SAID, by=desk.person, seen=0)


def test_nobody_writes_the_review_of_somebody_else(desk):
    other = desk.application.assignments.exclude(pk=desk.pk).first().person

    with pytest.raises(PermissionDenied):
        save_rating(desk, "A1", SAID, by=other, seen=0)


def test_a_review_that_was_handed_in_does_not_change(desk):
    hand_in(desk, levels_in_order(desk.application, "3" * 25))

    with pytest.raises(StepRefused):
        save_rating(desk, "A1", SAID | {"level": 0}, by=desk.person, seen=0)


def test_reopened_review_keeps_old_and_new_level_of_what_was_asked_about(client, desk):
    hand_in(desk, levels_in_order(desk.application, "3" * 25))
    Assignment.objects.filter(pk=desk.pk).update(state="reopened", locked_at=None, reopened_criteria=["B5"])

    assert client.post(path_of(desk, "A1"), sent(level="4")).status_code == 403
    changed = {"level": "4", "change_reason": "The answer shows it."}
    assert client.post(path_of(desk, "B5"), sent(**changed)).status_code == 302
    rating = desk.ratings.get(code="B5")
    assert (rating.former_level, rating.level, rating.change_reason) == (3, 4, "The answer shows it.")
    assert client.post(path_of(desk, "B5"), sent(level="3", seen=1)).status_code == 302
    assert desk.ratings.get(code="B5").former_level is None


def test_log_says_that_a_review_was_begun_and_nothing_of_its_levels(desk):
    save_rating(desk, "A1", SAID, by=desk.person, seen=0)

    facts = [event.facts for event in AuditEvent.objects.filter(object_type="quality_label.assignment")]
    assert facts == [{"from": "accepted", "to": "drafting"}]
