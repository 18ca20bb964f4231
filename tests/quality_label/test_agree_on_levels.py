"""Agreeing on levels: what the rules settle, what takes words, and when a third review is called."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from portal.notifications.models import OutgoingMail
from portal.workflow import Stale, StepRefused
from quality_label.actions import call_third_review, compare_when_complete, save_level
from quality_label.actions.consensus import agreed_score, comparison_of, faults_of_levels, fill_consensus, opening_words
from quality_label.models import Application, Assignment, Rating
from quality_label.scores import shown
from tests.factories.label import AssignmentFactory, case_in_consensus, hand_in, levels_in_order, say_why

pytestmark = pytest.mark.django_db
# The cases of the design: Vilnius agrees, Groningen does not.
NERIS = "4343 33333 4333 4333 3333 3343", "3343 34333 3333 4334 3332 3333"
GROENE = "3433 44333 3333 3333 2333 3333", "2231 22321 3213 3222 1112 3121"
SAID = {"does_not_apply": False, "reason": "We looked at the sample again together.", "ticked": []}


def agree(application, lead, code, level, **facts):
    row = application.consensus.get(code=code)
    level = None if level is None else Decimal(level)
    return save_level(application, code, SAID | {"level": level} | facts, by=lead.person, seen=row.version)


def test_reviews_that_lie_close_settle_everything_but_the_words():
    application, _places, _lead = case_in_consensus(*NERIS)
    comparison = comparison_of(application)

    differing = [code for code in application.rules.criteria if comparison.difference(code)]
    assert differing
    assert faults_of_levels(application, comparison) == {
        code: ["The reviews differ: say in a sentence of your own why it is this level."] for code in differing
    }
    say_why(application)
    assert faults_of_levels(application, comparison_of(application)) == {}
    assert shown(agreed_score(application).total) == Decimal("79.8")


def test_reviews_far_apart_leave_open_what_the_design_names():
    application, _places, _lead = case_in_consensus(*GROENE)
    comparison = comparison_of(application)

    assert comparison.open_codes == ["A2", "A4", "B1", "B2", "B5", "C3", "E2", "E3", "F2", "F3", "F4"]
    assert [str(shown(end.total)) for end in comparison.range] == ["53.5", "75.5"]
    assert (comparison.needs_call, comparison.may_have_third) == (True, True)
    assert agreed_score(application) is None


def test_open_criterion_takes_a_level_and_a_reason():
    application, _places, lead = case_in_consensus(*GROENE)

    agree(application, lead, "A2", "3", reason="")
    assert "A2" in faults_of_levels(application, comparison_of(application))

    agree(application, lead, "A2", "3")
    assert "A2" not in faults_of_levels(application, comparison_of(application))


def words_of(application, places, code):
    for number, place in enumerate(places, 1):
        place.ratings.filter(code=code).update(reason=f"Words {number}.")


def test_a_level_between_two_reviews_quotes_neither_and_takes_words_of_the_team():
    application, places, lead = case_in_consensus("2" * 25, "3" * 25)
    words_of(application, places, "A1")

    fill_consensus(application, anew=True)

    row = application.consensus.get(code="A1")
    assert (row.level, row.reason) == (Decimal("2.5"), "")
    for quoted in ["Words 1.\n\nWords 2.", "Words 2."]:
        agree(application, lead, "A1", "2.5", reason=quoted)
        (fault,) = faults_of_levels(application, comparison_of(application))["A1"]
        assert fault == "Say why in words of your own: what stands there is quoted from the reviews."
    agree(application, lead, "A1", "2.5")
    assert "A1" not in faults_of_levels(application, comparison_of(application))


def test_reviews_that_agree_need_the_words_of_one():
    application, places, _lead = case_in_consensus("3" * 25, "3" * 25)
    words_of(application, places, "A1")

    assert opening_words(application, comparison_of(application), "A1") == "Words 1."


def test_of_three_reviews_those_are_quoted_that_the_level_comes_from():
    application, places, lead = case_in_consensus("4" * 25, "1" * 25)
    call_third_review(application, by=lead.person)
    third = AssignmentFactory(application=application, accepted=True, role="third")
    hand_in(third, levels_in_order(application, "2" * 25))
    words_of(application, [*places, third], "A1")
    comparison = comparison_of(Application.objects.get(pk=application.pk))

    assert comparison.settled["A1"].level == Decimal("1.5")
    assert opening_words(application, comparison, "A1") == "Words 2.\n\nWords 3."


def test_long_words_of_two_reviews_fit_into_one_reason():
    application, _places, _lead = case_in_consensus("2" * 25, "3" * 25)
    Rating.objects.update(reason="x" * 3000)

    words = opening_words(application, comparison_of(application), "A1")

    assert "xxx" in words
    assert len(words) <= 3000


def test_an_open_criterion_shows_both_words_to_the_lead_who_writes_their_own(client):
    application, places, lead = case_in_consensus(*GROENE)
    words_of(application, places, "A2")
    client.force_login(lead.person)
    path = f"/quality-label/lead/{application.key}/consensus/"

    (line,) = [one for one in client.get(path).context["lines"] if one["code"] == "A2"]
    opening = line["form"]["reason"].value()
    agree(application, lead, "A2", "3", reason=opening)
    untouched = faults_of_levels(application, comparison_of(application))
    agree(application, lead, "A2", "3", reason=f"{opening}\n\nWe agreed on the whole sample.")

    assert opening == "Words 1.\n\nWords 2."
    assert "A2" in untouched
    assert "A2" not in faults_of_levels(application, comparison_of(application))


def test_a_saved_level_says_what_it_still_lacks(client):
    application, places, lead = case_in_consensus(*GROENE)
    words_of(application, places, "A2")
    client.force_login(lead.person)
    path = f"/quality-label/lead/{application.key}/consensus/"
    opening = opening_words(application, comparison_of(application), "A2")

    quoted = client.post(f"{path}A2/", {"seen": 0, "level": "3", "reason": opening}, follow=True)
    whole = client.post(
        f"{path}A2/", {"seen": 1, "level": "3", "reason": "We looked at the sample again together."}, follow=True
    )

    said = "Say why in words of your own: what stands there is quoted from the reviews."
    assert f"A2 is saved. Before the consensus can be finished: {said}" in quoted.text
    assert ("A2", said) in [(code, *found) for code, _name, found in quoted.context["missing"]]
    assert "A2 is saved." in whole.text
    assert "A2" not in [code for code, _name, _found in whole.context["missing"]]


def test_level_outside_of_what_both_say_takes_a_reason():
    application, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    comparison = comparison_of(application)

    agree(application, lead, "A1", "4", reason=" ")

    assert list(faults_of_levels(application, comparison)) == ["A1"]


@pytest.mark.parametrize("quoted", ["", "Words 1.\n\nWords 2.\n\n"])
def test_the_reason_for_an_open_criterion_is_as_long_as_that_of_an_assessor(client, quoted):
    application, places, lead = case_in_consensus(*GROENE)
    words_of(application, places, "A2")
    client.force_login(lead.person)
    path = f"/quality-label/lead/{application.key}/consensus/"

    answer = client.post(f"{path}A2/", {"seen": 0, "level": "3", "reason": f"{quoted}short"}, follow=True)

    said = "Give a reason of at least 30 characters."
    assert f"A2 is saved. Before the consensus can be finished: {said}" in answer.text
    assert application.consensus.get(code="A2").reason.endswith("short")
    assert faults_of_levels(application, comparison_of(application))["A2"] == [said]
    agree(application, lead, "A2", "3", reason=f"{quoted}{'x' * 30}")
    assert "A2" not in faults_of_levels(application, comparison_of(application))


@pytest.mark.parametrize(("other", "open_codes"), [("2", ["A1"]), ("3", [])])
def test_a_settled_level_keeps_its_reason_where_the_reviews_disagree(other, open_codes):
    application, _places, lead = case_in_consensus("3" * 25, other + "3" * 24)

    agree(application, lead, "A1", "3", reason="")

    assert list(faults_of_levels(application, comparison_of(application))) == open_codes


@pytest.mark.parametrize(("code", "is_refused"), [("B2", True), ("B4", False)])
def test_two_and_a_half_is_no_level_of_a_mandatory_criterion(client, code, is_refused):
    application, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    client.force_login(lead.person)
    path = f"/quality-label/lead/{application.key}/consensus/{code}/"

    answer = client.post(path, {"seen": 0, "level": "2.5", "reason": "Half of the sample."})

    assert answer.status_code == (422 if is_refused else 302)
    assert ("choose 2 or 3 and say why" in answer.content.decode()) == is_refused
    assert application.consensus.get(code=code).level == (Decimal(3) if is_refused else Decimal("2.5"))


def test_two_windows_show_both_texts(client):
    application, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    agree(application, lead, "A1", "4", reason="Said in the first window.")
    client.force_login(lead.person)
    path = f"/quality-label/lead/{application.key}/consensus/A1/"

    answer = client.post(path, {"seen": 0, "level": "2", "reason": "Said in the second window."})

    assert answer.status_code == 409
    assert "Said in the first window." in answer.content.decode()
    assert "Said in the second window." in answer.content.decode()
    with pytest.raises(Stale):
        save_level(application, "A1", SAID | {"level": Decimal(2)}, by=lead.person, seen=0)


def test_only_the_lead_writes_levels_and_only_in_consensus():
    application, (one, _other), lead = case_in_consensus("3" * 25, "3" * 25)

    with pytest.raises(PermissionDenied):
        save_level(application, "A1", SAID | {"level": Decimal(2)}, by=one.person, seen=0)
    Application.objects.filter(pk=application.pk).update(state="ready", ready_at="2026-11-20T09:00Z")
    with pytest.raises(StepRefused):
        save_level(application, "A1", SAID | {"level": Decimal(2)}, by=lead.person, seen=0)


def test_third_review_is_called_where_two_lie_far_apart():
    application, (one, _other), lead = case_in_consensus(*GROENE)

    with pytest.raises(PermissionDenied):
        call_third_review(application, by=one.person)
    application = call_third_review(application, by=lead.person)

    assert application.state == "third_review"
    (mail,) = OutgoingMail.objects.filter(event="quality_label/third_review_called")
    assert mail.to == application.coordinator.email


def test_coordinator_may_call_for_it_as_well(client):
    application, _places, _lead = case_in_consensus(*GROENE)
    client.force_login(application.coordinator)

    assert client.post(f"/quality-label/lead/{application.key}/third/").status_code == 302


def test_no_third_review_where_nothing_calls_for_it(client):
    application, _places, lead = case_in_consensus(*NERIS)
    client.force_login(lead.person)

    assert client.post(f"/quality-label/lead/{application.key}/third/").status_code == 409
    assert Application.objects.get(pk=application.pk).state == "consensus"


def test_third_review_fills_in_the_closest_pair():
    application, _places, lead = case_in_consensus("4" * 25, "2" * 25)
    call_third_review(application, by=lead.person)
    third = AssignmentFactory(application=application, accepted=True, role="third")
    levels = levels_in_order(application, "4" * 25) | {"A1": 2, "A2": 3, "A4": 1}

    hand_in(third, levels)

    application = Application.objects.get(pk=application.pk)
    rows = application.consensus.by_code()
    assert application.state == "consensus"
    assert [rows[code].level for code in ["A1", "A2", "A3", "A4"]] == [2, None, 4, Decimal("1.5")]
    with pytest.raises(StepRefused):
        call_third_review(application, by=lead.person)


def test_questions_that_nobody_answers_lead_back_to_the_consensus_with_what_was_agreed_on():
    application, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    agree(application, lead, "A1", "4")
    Application.objects.filter(pk=application.pk).update(state="in_review")

    compare_when_complete(application)

    application = Application.objects.get(pk=application.pk)
    assert (application.state, application.consensus.get(code="A1").level) == ("consensus", 4)


def test_answer_fills_in_anew_what_was_opened_again():
    application, (one, _other), lead = case_in_consensus("3" * 25, "3" * 25)
    agree(application, lead, "A1", "4")
    agree(application, lead, "A2", "4")
    Application.objects.filter(pk=application.pk).update(state="in_review")
    Assignment.objects.filter(pk=one.pk).update(reopened_criteria=["A1"])

    compare_when_complete(application)

    rows = application.consensus.by_code()
    assert [rows[code].level for code in ["A1", "A2"]] == [3, 4]


def test_table_shows_what_is_open_alone_where_asked(client):
    application, _places, lead = case_in_consensus(*GROENE)
    say_why(application)
    client.force_login(lead.person)

    answer = client.get(f"/quality-label/lead/{application.key}/consensus/?show=open")

    assert [line["code"] for line in answer.context["lines"]] == comparison_of(application).open_codes
    assert "the total lies between" in answer.text


def test_nothing_depends_on_open_levels_once_all_are_agreed(client):
    application, _places, lead = case_in_consensus(*NERIS)
    client.force_login(lead.person)

    assert "the total lies between" not in client.get(f"/quality-label/lead/{application.key}/consensus/").text
