"""The report: drafted from the consensus, kept by version, and whole before the panel decides."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from portal import clock
from portal.notifications.letters import letter
from portal.notifications.models import OutgoingMail
from portal.workflow import StepRefused
from quality_label.actions import add_question, finish_consensus, gather_questions, save_level, save_report
from quality_label.actions.report import drafted, reasons_against_finishing
from quality_label.models import Application, Report
from tests.factories.label import case_in_consensus, say_why
from tests.quality_label.sending import sent as sent_by_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A case whose reviews agree, with its lead."""
    application, _places, lead = case_in_consensus("3" * 25, "3" * 25)
    return application, lead


def whole(application, **changes):
    return {
        "areas": {area.code: "It holds for the whole sample." for area in application.rules.areas},
        "strengths": "Clear criteria.",
        "recommendations": ["Judge some awards twice.", "Show accepted work.", "Translate the criteria."],
        "outcome": "awarded",
        "call_held_on": None,
        "departure_reason": "",
    } | changes


def condition(**changes):
    due_on = clock.today() + timedelta(days=60)
    return {"code": "B3", "level": 3, "evidence": "The rule, and who was prepared.", "due_on": due_on} | changes


def test_report_is_drafted_from_what_was_agreed_on(case):
    application, _lead = case

    report = drafted(application)

    assert report.outcome == "awarded"
    assert set(report.areas) == {"A", "B", "C", "D", "E", "F"}
    assert "Clear criteria." in report.strengths
    assert report.recommendations[:2] == ["Judge some awards twice.", "Show accepted work."]
    assert not Report.objects.exists()


def test_finished_case_goes_to_the_panel_and_the_applicant_reads_that_it_is_prepared(case):
    application, lead = case
    save_report(application, whole(application), [], by=lead.person, seen=0)

    application = finish_consensus(application, by=lead.person)

    assert application.state == "ready"
    mail = OutgoingMail.objects.get(event="quality_label/consensus_finished")
    assert "Everybody of the committee who can sit on the panel is invited." in letter(mail).body
    owner = application.organiser.memberships.owners().first().person
    assert set(
        OutgoingMail.objects.filter(
            event__in=["quality_label/decision_prepared", "quality_label/consensus_finished"]
        ).values_list("event", "to")
    ) == {
        ("quality_label/decision_prepared", owner.email),
        ("quality_label/consensus_finished", application.coordinator.email),
    }


def test_the_form_says_which_recommendations_are_needed(client, case):
    application, lead = case
    client.force_login(lead.person)

    page = client.get(f"/quality-label/lead/{application.key}/report/").text

    said = re.findall(r'Recommendation (\d) <span class="field-optional">\((.+?)\)', page)
    assert said == [
        (str(number), "to finish, unless you set conditions" if number <= 3 else "optional") for number in range(1, 7)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"areas": {}},
        {"strengths": " "},
        {"recommendations": ["One alone."]},
        {"outcome": ""},
        {"outcome": "not_awarded"},
        {"outcome": "not_awarded", "departure_reason": "x" * 99},
        {"outcome": "awarded_conditions", "departure_reason": "x" * 100},
    ],
)
def test_what_is_missing_keeps_the_case_from_the_panel(client, case, changes):
    application, lead = case
    save_report(application, whole(application, **changes), [], by=lead.person, seen=0)
    client.force_login(lead.person)

    answer = client.post(f"/quality-label/lead/{application.key}/finish/")

    assert answer.status_code == 422
    assert len(answer.context["reasons"]) == 1
    assert Application.objects.get(pk=application.pk).state == "consensus"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (
            "Good. Area A reaches 80.0 % of its points.",
            "Area A: the report says 80.0 %, but 75.0 % are reached by now.",
        ),
        ("Srityje A surinkta 80,0 % taškų. Gerai.", "Area A: the report says 80,0 %, but 75.0 % are reached by now."),
        ("Area A reaches 75.0 % of its points. Each badge names its readers.", None),
        ("Area A reaches 75.0 % of its points.", "Area A: write two to four sentences of your own."),
        (" Srityje A surinkta 80,0 % taškų.\n", "Area A: write two to four sentences of your own."),
        ("In 80.0 % of the badges nothing is missing.", None),
    ],
)
def test_a_figure_of_the_draft_that_is_not_so_any_more_is_named(case, said, fault):
    application, lead = case
    areas = {code: said if code == "A" else "Good." for code in [area.code for area in application.rules.areas]}
    save_report(application, whole(application, areas=areas), [], by=lead.person, seen=0)

    assert reasons_against_finishing(application) == ([fault] if fault else [])


def test_the_lead_is_warned_of_names_before_nobody_can_change_the_report(client, case):
    application, lead = case
    lead.person.name = "Kadri Tamm"
    lead.person.save()
    client.force_login(lead.person)
    warned = []
    for seen, words in enumerate(["Well done.", "Kadri found this strong."]):
        save_report(application, whole(application, strengths=words), [], by=lead.person, seen=seen)
        page = client.get(f"/quality-label/lead/{application.key}/finish/").text
        warned.append("The report may name somebody of the team" in page)

    assert warned == [False, True]


def test_the_end_of_the_consensus_is_asked_for_by_name_first(client, case):
    application, lead = case
    save_report(application, whole(application), [], by=lead.person, seen=0)
    gather_questions(application, by=lead.person)
    add_question(application, code="A1", words="Who judged the second award?", by=lead.person)
    client.force_login(lead.person)
    path = f"/quality-label/lead/{application.key}/finish/"

    page = client.get(path)

    assert page.context["points"] == [
        "The agreed levels of 25 criteria and their reasons stand.",
        "The report stands as you saved it. You propose to the panel: award the label.",
        "1 question that was gathered is not sent to the applicant any more.",
        "The panel is invited, and the applicant can no longer withdraw.",
    ]
    assert f'data-kept-under="/quality-label/lead/{application.key}/consensus/"' in page.text
    assert Application.objects.get(pk=application.pk).state == "consensus"
    done = client.post(path, {"seen": page.context["application"].version}, follow=True)
    assert "The case is with the panel now. Everybody of the committee who can sit on it is invited." in done.text
    assert Application.objects.get(pk=application.pk).state == "ready"
    assert client.get(path).status_code == 409


def test_what_is_typed_in_the_report_is_saved_on_the_way_to_the_end(client, case):
    application, lead = case
    save_report(application, whole(application), [], by=lead.person, seen=0)
    client.force_login(lead.person)
    path = f"/quality-label/lead/{application.key}/"
    typed = sent_by_page(client, f"{path}report/", strengths="Typed a moment ago.", go="finish")

    answer = client.post(f"{path}report/", typed)

    assert answer.url == f"{path}finish/"
    assert Report.objects.get().strengths == "Typed a moment ago."
    assert Application.objects.get(pk=application.pk).state == "consensus"


def test_departure_from_the_rule_is_proposed_with_its_reason(case):
    application, lead = case
    save_report(
        application, whole(application, outcome="not_awarded", departure_reason="x" * 100), [], by=lead.person, seen=0
    )

    assert finish_consensus(application, by=lead.person).state == "ready"


def test_open_level_keeps_the_case_from_the_panel(case):
    application, lead = case
    save_report(application, whole(application), [], by=lead.person, seen=0)
    said = {"level": None, "does_not_apply": False, "reason": "", "ticked": []}
    save_level(application, "B2", said, by=lead.person, seen=0)

    with pytest.raises(StepRefused) as refused:
        finish_consensus(application, by=lead.person)

    assert "B2: Agree on a level." in refused.value.reasons


def test_reviews_far_apart_are_talked_about_first():
    application, _places, lead = case_in_consensus("4" * 25, "3" * 25)
    say_why(application)
    save_report(application, whole(application), [], by=lead.person, seen=0)
    with pytest.raises(StepRefused):
        finish_consensus(application, by=lead.person)

    save_report(application, whole(application, call_held_on=clock.today()), [], by=lead.person, seen=1)

    assert finish_consensus(application, by=lead.person).state == "ready"


@pytest.mark.parametrize(("level", "said"), [("4", "to finish"), ("3", "optional")])
def test_the_day_of_the_call_is_called_optional_only_where_it_is(client, level, said):
    application, _places, lead = case_in_consensus(level * 25, "3" * 25)
    client.force_login(lead.person)

    page = client.get(f"/quality-label/lead/{application.key}/report/").text

    label = 'Day on which you talked with the assessors <span class="field-optional">'
    assert f"{label}({said})" in page


def test_conditions_are_written_where_they_are_proposed(case):
    application, lead = case
    said = {"level": Decimal(2), "does_not_apply": False, "reason": "Only part of the sample shows it.", "ticked": []}
    save_level(application, "B3", said, by=lead.person, seen=0)
    save_report(application, whole(application, outcome="awarded_conditions"), [condition()], by=lead.person, seen=0)

    assert [one.code for one in finish_consensus(application, by=lead.person).proposed_conditions] == ["B3"]


def test_a_condition_asks_for_more_than_what_was_agreed_on(case):
    application, lead = case
    said = {
        "level": Decimal("2.5"),
        "does_not_apply": False,
        "reason": "Only part of the sample shows it.",
        "ticked": [],
    }
    save_level(application, "A1", said, by=lead.person, seen=0)
    asked = [condition(code="A1", level=2), condition()]
    facts = whole(application, outcome="awarded_conditions", departure_reason="Some awards lack names. " * 6)
    save_report(application, facts, asked, by=lead.person, seen=0)

    with pytest.raises(StepRefused) as refused:
        finish_consensus(application, by=lead.person)

    assert "A1: level 2.5 is agreed on already. A condition asks for more." in refused.value.reasons


def sent(application, due_in=60, **changes):
    values = {"seen": 0, "strengths": "Clear criteria.", "outcome": "awarded_conditions", "departure_reason": ""}
    due = (clock.today() + timedelta(days=due_in)).isoformat()
    values |= {"code_0": "B3", "level_0": "3", "evidence_0": "The rule.", "due_0": due}
    return values | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"code_0": ""},
        {"due_0": ""},
        {"due_in": 29},
        {"due_in": 181},
        {"evidence_0": ""},
        {"level_0": "5"},
    ],
)
def test_condition_names_criterion_level_evidence_and_a_day_within_reach(client, case, changes):
    application, lead = case
    client.force_login(lead.person)

    answer = client.post(f"/quality-label/lead/{application.key}/report/", sent(application, **changes))

    assert answer.status_code == 422
    assert "Clear criteria." in answer.content.decode()
    assert not application.proposed_conditions


def test_page_keeps_the_report_and_shows_both_texts_to_a_second_window(client, case):
    application, lead = case
    client.force_login(lead.person)
    path = f"/quality-label/lead/{application.key}/report/"

    assert client.post(path, sent(application)).status_code == 302
    answer = client.post(path, sent(application, strengths="Typed in the second window."))

    assert answer.status_code == 409
    assert "Clear criteria." in answer.content.decode()
    assert "Typed in the second window." in answer.content.decode()
    assert [(one.code, one.level) for one in Application.objects.get(pk=application.pk).proposed_conditions] == [
        ("B3", 3)
    ]


def test_finished_report_does_not_change(case):
    application, lead = case
    save_report(application, whole(application), [], by=lead.person, seen=0)
    finish_consensus(application, by=lead.person)

    with pytest.raises(StepRefused):
        save_report(application, whole(application), [], by=lead.person, seen=1)
