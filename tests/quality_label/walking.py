"""A case with all its people, and what they do when nobody makes a mistake."""

from datetime import timedelta
from decimal import Decimal

from portal import clock
from portal.accounts.models import Person
from quality_label.actions import (
    accept_place,
    find_eligible,
    finish_consensus,
    invite_team,
    lock_review,
    resend_application,
    save_answer,
    save_level,
    save_rating,
    save_remarks,
    save_reply,
    save_report,
    send_replies,
    submit_application,
    take_up_application,
)
from quality_label.actions.appeal import admit_appeal, declare_for_appeal, lodge_appeal, take_up_appeal
from quality_label.actions.appeal_decision import decide_appeal, vote_on_appeal
from quality_label.actions.decision import CHECKS, cast_vote, declare_for_panel, record_decision
from quality_label.actions.team import TEAM, places_to_fill
from quality_label.models import Application, Assignment, Rating, matters_of
from quality_label.schedule import invite_panels
from quality_label.workflow import appeal as appeal_steps
from quality_label.workflow import application as steps
from tests.factories.accounts import PersonFactory
from tests.factories.cases import NO, expert
from tests.factories.label import RECOMMENDATIONS, CommitteeTermFactory
from tests.factories.organisers import MembershipFactory, owner_of
from tests.quality_label.applying import filled_draft

WORDS = "Seen in each sampled award, with dates and names of roles."
NAME = "Ruta Kazlauskė"


def cast(case) -> dict:
    """Return everybody around a case by what they are called here, by primary key."""
    people = {
        "owner": owner_of(case.organiser),
        "member": MembershipFactory(organiser=case.organiser, role="author").person,
        "petra": PersonFactory(roles=["coordinator"]),
        "other coordinator": PersonFactory(roles=["coordinator"]),
        "admin": PersonFactory(roles=["network_admin"]),
        "assessor": expert("assessor"),
        "other assessor": expert("assessor"),
        "third assessor": expert("assessor"),
        "lead": expert("lead_assessor"),
        "stranger": PersonFactory(),
    }
    for number in range(4):
        people[f"panel {number}"] = CommitteeTermFactory().person
    return {name: person.pk for name, person in people.items()}


def whole_case() -> tuple[Application, dict]:
    """Return a draft that lacks nothing, and its people."""
    case = filled_draft()
    return case, cast(case)


def person(pk) -> Person:
    """Return somebody as read anew: roles are read once."""
    return Person.objects.get(pk=pk)


def go_on(case: Application, people: dict) -> None:
    """Do what is next in a case, without a mistake."""
    NEXT[case.state](case, {name: person(pk) for name, pk in people.items()})


def hand_in(case, people):
    submit_application(case, by=people["owner"], confirmed_name=NAME)


def take_up(case, people):
    take_up_application(case, NO, by=people["petra"])


def check(case, people):
    find_eligible(case, gates=[gate.code for gate in case.rules.gates], by=case.coordinator)


def complete(case, people):
    place = case.writable_places()[0]
    answer = case.answers.filter(place=place).first()
    content = {"level": 2, "reason": f"{WORDS} {clock.today()}"}
    save_answer(case, place, content, by=people["member"], seen=answer.version if answer else 0)
    resend_application(case, by=people["owner"])


def find_team(case, people):
    """Ask who is missing, then let one of those who were asked accept."""
    asked = set(case.declarations.values_list("person", flat=True))
    asked |= set(case.assignments.values_list("person", flat=True))
    wanted = []
    for role in places_to_fill(case):
        found = [one for name, one in people.items() if name.endswith(role) and one.pk not in asked]
        wanted += found[:1]
        asked |= {one.pk for one in found[:1]}
    if wanted:
        invite_team(case, wanted, by=case.coordinator)
    for place in case.assignments.invited()[: len(TEAM)]:
        accept_place(place, NO, by=place.person)


def review(case, people):
    place = case.assignments.being_written().first() or case.assignments.reviews().first()
    write_review(place, 3, by=place.person)
    lock_review(place, by=place.person, has_no_conflict=True)


def write_review(place: Assignment, level: int, *, by) -> None:
    """Write all that a review lacks: the first criterion as people do, the others at once."""
    codes = place.reopened_criteria or list(place.application.asked)
    facts = {"level": level, "reason": WORDS, "evidence": ["e1"], "change_reason": WORDS}
    known = place.ratings.filter(code=codes[0]).first()
    save_rating(place, codes[0], facts, by=by, seen=known.version if known else 0)
    others = [Rating(assignment=place, code=code, **facts) for code in codes[1:]]
    Rating.objects.bulk_create(others, ignore_conflicts=True)
    remarks = {"strengths": "Clear criteria.", "advice": "Judge twice.\nShow work.\nAsk."}
    save_remarks(place, remarks, by=by, seen=Assignment.objects.get(pk=place.pk).remarks_version)


def answer(case, people):
    for question in case.clarifications.unanswered().get().questions.all():
        save_reply(question, words=WORDS, cannot_answer=False, by=people["member"], seen=question.version)
    send_replies(case, by=people["owner"])


def agree(case, people):
    lead = case.assignments.leads().get().person
    for row in case.consensus.filter(is_settled=False):
        save_level(case, row.code, level_facts(), by=lead, seen=row.version)
    report = getattr(case, "report", None)
    save_report(case, report_facts(case), [], by=lead, seen=report.version if report else 0)
    finish_consensus(case, by=lead)


def level_facts(level="3") -> dict:
    """Return a level that a team agrees on."""
    return {"level": Decimal(level), "does_not_apply": False, "reason": WORDS}


def report_facts(case, **facts) -> dict:
    """Return a whole report that proposes the label."""
    areas = {area.code: "Well done." for area in case.rules.areas}
    whole = {"areas": areas, "strengths": "Clear criteria.", "recommendations": RECOMMENDATIONS, "outcome": "awarded"}
    return whole | {"call_held_on": clock.today(), "departure_reason": WORDS * 3} | facts


def decide(case, people):
    invite_panels()
    for seat in case.seats.filter(declaration=None):
        declare_for_panel(seat, has_conflict=False, by=seat.person)
    for seat in case.seats.exclude(declaration=None):
        cast_vote(seat, vote="awarded", words=WORDS, agrees_to_departure=True, by=seat.person)
    record_decision(case, **decision_facts(), by=case.coordinator)


def refuse(case, people):
    """Let the panel refuse a case that is ready."""
    invite_panels()
    for seat in case.seats.filter(declaration=None):
        declare_for_panel(seat, has_conflict=False, by=seat.person)
    for seat in case.seats.exclude(declaration=None):
        cast_vote(seat, vote="not_awarded", words=WORDS, agrees_to_departure=True, by=seat.person)
    record_decision(case, **decision_facts("not_awarded"), by=case.coordinator)


def appeal_on(case: Application, people: dict, vote="upheld") -> None:
    """Do what is next in an appeal against the end of a case, without a mistake."""
    people = {name: person(pk) for name, pk in people.items()}
    appeal = case.appeals.first()
    if appeal is None or not appeal.is_running:
        for matter in matters_of(case)[:1]:
            lodge_appeal(case, subject=matter.subject, grounds=["overlooked"], words=WORDS * 2, by=people["owner"])
    elif appeal.state == appeal_steps.LODGED:
        take_up_appeal(appeal, by=people["admin"])
    elif appeal.state == appeal_steps.IN_CHECK:
        admit_appeal(appeal, by=people["admin"])
    else:
        for seat in appeal.seats.filter(has_conflict=None):
            declare_for_appeal(seat, has_conflict=False, by=seat.person)
        for seat in appeal.seats.standing():
            vote_on_appeal(seat, vote=vote, words=WORDS, criteria=appeal.codes_to_choose()[:2], by=seat.person)
        decide_appeal(appeal, findings=dict.fromkeys(appeal.grounds, WORDS), by=people["admin"])


def decision_facts(outcome="awarded", **facts) -> dict:
    """Return what a coordinator writes down of a decision."""
    whole = {"checks": list(CHECKS), "recommendations": RECOMMENDATIONS, "departure_reason": WORDS * 3}
    return {"outcome": outcome} | whole | facts


def wait(case, people):
    """Nothing is next here: somebody else has to act, or it has ended."""


NEXT = dict.fromkeys(steps.EVERY, wait) | {
    steps.DRAFT: hand_in,
    steps.SUBMITTED: take_up,
    steps.IN_CHECK: check,
    steps.RETURNED: complete,
    steps.ASSIGNING: find_team,
    steps.IN_REVIEW: review,
    steps.CLARIFICATION: answer,
    steps.CONSENSUS: agree,
    steps.READY: decide,
}


def conditions() -> list[dict]:
    """Return one whole condition."""
    due_on = clock.today() + timedelta(days=60)
    return [{"code": "F3", "level": 4, "evidence": "Three complete actions.", "due_on": due_on}]
