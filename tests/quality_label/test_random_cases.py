"""Random people act on a case with random facts while days pass: a step is taken or refused, and nothing is torn."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from organisers.actions import lift_suspension, suspend_organiser
from organisers.models import Membership, Organiser, Suspension
from portal import clock
from portal.accounts.actions import set_network_roles
from portal.audit.models import AuditEvent
from portal.workflow import StepRefused
from quality_label import actions, invariants
from quality_label.actions.appeal import (
    admit_appeal,
    answer_comment,
    comment_on_appeal,
    declare_for_appeal,
    lodge_appeal,
    take_up_appeal,
    turn_appeal_away,
    withdraw_appeal,
)
from quality_label.actions.appeal_decision import decide_appeal, vote_on_appeal
from quality_label.actions.decision import cast_vote, correct_facts, declare_for_panel, record_decision, send_back
from quality_label.actions.label_end import revoke_label, surrender_label
from quality_label.actions.label_suspension import (
    answer_suspension,
    confirm_suspension,
    lift_label,
    suspend_label,
)
from quality_label.actions.promise import explain_delay, extend_days
from quality_label.actions.team import places_to_fill
from quality_label.models import Appeal, Application, Assignment, Decision, Label, PanelSeat
from quality_label.permissions import may_see_case, may_see_reviews
from quality_label.schedule import (
    expire_labels,
    invite_panels,
    keep_appeals,
    keep_applicants_days,
    keep_invitation_days,
    keep_promises,
    renew_labels,
)
from quality_label.workflow import application as steps
from quality_label.workflow.assignment import WRITING
from tests.factories.cases import expert, said
from tests.factories.organisers import MembershipFactory
from tests.quality_label import walking
from tests.quality_label.walking import NAME, WORDS

IS_FULL = os.environ.get("FULL_SIZE") == "1"
EXAMPLES, STEPS = (10_003, 10) if IS_FULL else (203, 4)  # as many for each start
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)
STARTS = [
    steps.DRAFT,
    steps.IN_CHECK,
    steps.ASSIGNING,
    steps.IN_REVIEW,
    steps.CONSENSUS,
    steps.READY,
    steps.NOT_AWARDED,
    steps.AWARDED,
]  # a share of the examples each

CAST = ["owner", "member", "petra", "other coordinator", "admin", "assessor", "other assessor", "third assessor"]
CAST += ["lead", "stranger", *(f"panel {number}" for number in range(4))]
who = st.sampled_from(["right"] * len(CAST) + CAST)
votes = st.sampled_from(["upheld", "partly_upheld", "dismissed"])
good = st.sampled_from([True, True, True, False])
number = st.integers(0, 3)
level = st.integers(0, 4)
answers = st.sampled_from([said(), said(), said(), said("other"), said("pay")])
code = st.sampled_from(["A1", "B3", "C4", "E4"])


class Case(RuleBasedStateMachine):
    """One organiser's cases, as they stand in the database when an example begins."""

    people: dict = {}
    first: int = 0
    begins_at: datetime = MORNING

    def __init__(self):
        super().__init__()
        self.pk, self.now = self.first, self.begins_at
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self):
        try:
            self.look("assessor")
            connection.check_constraints()
            with clock.moved_to(self.now):
                assert list(torn()) == []
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    @property
    def case(self) -> Application:
        return Application.objects.with_words().get(pk=self.pk)

    def person(self, name):
        return walking.person(self.people[name])

    def act(self, action, *args, who, right, **facts):
        """Let somebody act: it is done, or refused."""
        actor = right if who == "right" else self.person(who)
        if actor is None:
            return None
        self.now += timedelta(minutes=1)
        with clock.moved_to(self.now):
            return self.attempt(lambda: action(*args, by=walking.person(actor.pk), **facts))

    @staticmethod
    def attempt(act):
        try:
            with transaction.atomic():
                return act()
        except (PermissionDenied, StepRefused):
            return None

    def place(self, at) -> Assignment | None:
        places = list(Assignment.objects.with_words().filter(application=self.pk))
        return places[at % len(places)] if places else None

    def lead(self):
        place = self.case.assignments.leads().first()
        return place.person if place else self.person("lead")

    def coordinator(self):
        return self.case.coordinator or self.person("petra")

    # --- what is next, and time ---------------------------------------------------------------------------------

    @rule()
    def go_on(self):
        self.now += timedelta(minutes=1)
        with clock.moved_to(self.now):
            self.attempt(lambda: walking.go_on(self.case, self.people))

    @rule(days=st.sampled_from([0, 1, 3, 8, 15, 22, 30, 85, 190]))
    def days_pass(self, days):
        self.now += timedelta(days=days)
        with clock.moved_to(self.now):
            keep_applicants_days()
            keep_invitation_days()
            keep_promises()
            invite_panels()
            expire_labels()
            renew_labels()
            keep_appeals()

    @rule(days=st.sampled_from([1, 5, 16, 40, 90]))
    def clock_is_late(self, days):
        self.now += timedelta(days=days)

    # --- the applicant ------------------------------------------------------------------------------------------

    @rule(place=st.sampled_from(["criterion:B3", "context", "plan", "conflicts"]), good=good, who=who)
    def write(self, place, good, who):
        content = {"criterion:B3": {"level": 2, "reason": WORDS}}.get(place, {}) if good else {"level": "high"}
        known = self.case.answers.filter(place=place).first()
        facts = {"seen": known.version if known and good else 0}
        self.act(actions.save_answer, self.case, place, content, who=who, right=self.person("member"), **facts)

    @rule(good=good, who=who)
    def submit(self, good, who):
        name = NAME if good else "Somebody"
        self.act(actions.submit_application, self.case, who=who, right=self.person("owner"), confirmed_name=name)

    @rule(name=st.sampled_from(["discard_draft", "withdraw_application"]), who=who)
    def end(self, name, who):
        self.act(getattr(actions, name), self.case, who=who, right=self.person("owner"))

    @rule(name=st.sampled_from(["resend_application", "send_replies", "take_more_time"]), who=who)
    def answer(self, name, who):
        self.act(getattr(actions, name), self.case, who=who, right=self.person("owner"))

    @rule(copies=st.booleans(), who=who)
    def begin_again(self, copies, who):
        begin, source = (
            (actions.copy_application, self.case) if copies else (actions.start_application, self.case.organiser)
        )
        begun = self.act(begin, source, who=who, right=self.person("owner"))
        self.pk = begun.pk if begun else self.pk

    @rule(good=good, who=who)
    def reply(self, good, who):
        for round_ in self.case.clarifications.all():
            for one in round_.questions.all():
                facts = {"words": WORDS if good else "", "cannot_answer": False, "seen": one.version}
                self.act(actions.save_reply, one, who=who, right=self.person("member"), **facts)

    # --- the check and the team ---------------------------------------------------------------------------------

    @rule(name=st.sampled_from(["take_up_application", "declare_ties"]), answers=answers, who=who)
    def declare(self, name, answers, who):
        self.act(getattr(actions, name), self.case, answers, who=who, right=self.coordinator())

    @rule(to=st.sampled_from(CAST), who=who)
    def hand_over(self, to, who):
        self.act(actions.hand_over, self.case, who=who, right=self.coordinator(), coordinator=self.person(to))

    @rule(good=good, who=who)
    def give_back(self, good, who):
        places = {"criterion:B3": "Too short."} if good else {}
        self.act(actions.return_application, self.case, places, who=who, right=self.coordinator())

    @rule(good=good, who=who)
    def turn_down(self, good, who):
        gate = self.case.rules.gates[0].code if good else "Z9"
        self.act(actions.find_ineligible, self.case, who=who, right=self.coordinator(), gate=gate, words=WORDS)

    @rule(good=good, who=who)
    def find_eligible(self, good, who):
        gates = [gate.code for gate in self.case.rules.gates if good]
        self.act(actions.find_eligible, self.case, who=who, right=self.coordinator(), gates=gates)

    @rule(names=st.lists(st.sampled_from(CAST), min_size=3, max_size=3), who=who)
    def invite(self, names, who):
        wanted = [self.person(name) for name in names][: len(places_to_fill(self.case))]
        self.act(actions.invite_team, self.case, wanted, who=who, right=self.coordinator())

    @rule(at=number, answers=answers, who=who)
    def accept(self, at, answers, who):
        if place := self.place(at):
            self.act(actions.accept_place, place, answers, who=who, right=place.person)

    @rule(at=number, reason=st.sampled_from(["time", "conflict"]), who=who)
    def decline(self, at, reason, who):
        if place := self.place(at):
            self.act(actions.decline_place, place, who=who, right=place.person, reason=reason, kind="pay")

    @rule(at=number, good=good, name=st.sampled_from(["agree_to_tie", "void_place"]), who=who)
    def look_after_place(self, at, good, name, who):
        if place := self.place(at):
            words = WORDS if good else " "
            self.act(getattr(actions, name), place, who=who, right=self.coordinator(), words=words)

    @rule(at=number, cause=st.sampled_from(["late", "withdrew", "conflict"]), who=who)
    def replace(self, at, cause, who):
        if place := self.place(at):
            self.act(actions.void_place, place, who=who, right=self.coordinator(), words=WORDS, cause=cause)

    # --- reviews, questions, consensus --------------------------------------------------------------------------

    @rule(at=number, code=code, level=level, good=good, who=who)
    def rate(self, at, code, level, good, who):
        if place := self.place(at):
            known = place.ratings.filter(code=code).first()
            facts = {"level": level, "reason": WORDS if good else ""}
            seen = known.version if known else 0
            self.act(actions.save_rating, place, code, facts, who=who, right=place.person, seen=seen)

    @rule(at=number, level=level, who=who)
    def write_review(self, at, level, who):
        if place := self.place(at):
            self.act(walking.write_review, place, level, who=who, right=place.person)

    @rule(at=number, good=good, who=who)
    def lock(self, at, good, who):
        if place := self.place(at):
            self.act(actions.lock_review, place, who=who, right=place.person, has_no_conflict=good)

    @rule(name=st.sampled_from(["gather_questions", "send_questions", "drop_round", "call_third_review"]), who=who)
    def lead_acts(self, name, who):
        self.act(getattr(actions, name), self.case, who=who, right=self.lead())

    @rule(code=code, good=good, who=who)
    def ask(self, code, good, who):
        facts = {"code": code, "words": WORDS if good else "Why?"}
        self.act(actions.add_question, self.case, who=who, right=self.lead(), **facts)

    @rule(at=number, who=who)
    def have_no_more_questions(self, at, who):
        if place := self.place(at):
            self.act(actions.have_no_more_questions, place, who=who, right=place.person)

    @precondition(lambda self: self.case.consensus.exists())
    @rule(code=code, level=st.sampled_from(["0", "2", "2.5", "4"]), who=who)
    def agree_on(self, code, level, who):
        row = self.case.consensus.get(code=code)
        facts = walking.level_facts(level)
        self.act(actions.save_level, self.case, code, facts, who=who, right=self.lead(), seen=row.version)

    @rule(outcome=st.sampled_from(["", "awarded", "awarded_conditions", "not_awarded"]), who=who)
    def report(self, outcome, who):
        with clock.moved_to(self.now):
            facts = walking.report_facts(self.case, outcome=outcome)
            conditions = walking.conditions() if outcome == "awarded_conditions" else []
        report = getattr(self.case, "report", None)
        seen = report.version if report else 0
        self.act(actions.save_report, self.case, facts, conditions, who=who, right=self.lead(), seen=seen)

    @rule(who=who)
    def finish(self, who):
        self.act(actions.finish_consensus, self.case, who=who, right=self.lead())

    # --- the decision and after ---------------------------------------------------------------------------------

    @rule(at=number, good=good, who=who)
    def declare_for_panel(self, at, good, who):
        if seat := self.case.seats.filter(pk__gte=0)[at : at + 1].first():
            self.act(declare_for_panel, seat, who=who, right=seat.person, has_conflict=not good)

    @rule(vote=st.sampled_from(["awarded", "awarded", *PanelSeat.Vote.values, "x"]), who=who)
    def vote(self, vote, who):
        for seat in self.case.seats.all():
            self.act(cast_vote, seat, who=who, right=seat.person, vote=vote, words=WORDS, agrees_to_departure=True)

    @rule(outcome=st.sampled_from(["awarded", "awarded_conditions", "not_awarded"]), good=good, who=who)
    def decide(self, outcome, good, who):
        with clock.moved_to(self.now):
            facts = walking.decision_facts(outcome, conditions=walking.conditions())
        facts |= {} if good else {"checks": []}
        self.act(record_decision, self.case, who=who, right=self.coordinator(), **facts)

    @rule(code=code, good=good, who=who)
    def send_back(self, code, good, who):
        facts = {"codes": [code], "words": WORDS if good else ""}
        self.act(send_back, self.case, who=who, right=self.coordinator(), **facts)

    @rule(vote=votes)
    def appeal_on(self, vote):
        self.now += timedelta(minutes=1)
        with clock.moved_to(self.now):
            self.attempt(lambda: walking.appeal_on(self.case, self.people, vote))

    @rule(step=st.sampled_from(["take_up", "admit", "turn_away", "comment", "answer", "withdraw"]), good=good, who=who)
    def look_after_appeal(self, step, good, who):
        words = {"words": WORDS if good else ""}
        act, right, facts = {
            "take_up": (take_up_appeal, "admin", {}),
            "admit": (admit_appeal, "admin", {}),
            "turn_away": (turn_appeal_away, "admin", words),
            "comment": (comment_on_appeal, "lead", words),
            "answer": (answer_comment, "owner", words),
            "withdraw": (withdraw_appeal, "owner", {}),
        }[step]
        for appeal in self.case.appeals.all():
            self.act(act, appeal, who=who, right=self.person(right), **facts)

    @rule(subject=st.sampled_from(Appeal.Subject.values), good=good, who=who)
    def lodge(self, subject, good, who):
        facts = {"subject": subject, "grounds": ["rule"] if good else [], "words": WORDS * 2}
        self.act(lodge_appeal, self.case, who=who, right=self.person("owner"), **facts)

    @rule(vote=votes, good=good, who=who)
    def vote_on_appeal(self, vote, good, who):
        for appeal in self.case.appeals.running():
            for seat in appeal.seats.all():
                self.act(declare_for_appeal, seat, who=who, right=seat.person, has_conflict=not good)
                facts = {"vote": vote, "words": WORDS, "criteria": appeal.codes_to_choose()[:1]}
                self.act(vote_on_appeal, seat, who=who, right=seat.person, **facts)
            findings = dict.fromkeys(appeal.grounds, WORDS if good else "")
            self.act(decide_appeal, appeal, who=who, right=self.person("admin"), findings=findings)

    @rule(who=who)
    def correct(self, who):
        for decision in Decision.objects.filter(application=self.pk):
            self.act(correct_facts, decision, who=who, right=self.person("owner"), words=WORDS)

    @rule(days=st.sampled_from([0, 10, 30, 31]), good=good, who=who)
    def extend(self, days, good, who):
        facts = {"days": days, "reason": WORDS if good else ""}
        self.act(extend_days, self.case, who=who, right=self.person("admin"), **facts)

    @rule(days=st.sampled_from([0, 9]), who=who)
    def explain(self, days, who):
        facts = {"words": WORDS, "new_date": clock.day_of(self.now) + timedelta(days=days)}
        self.act(explain_delay, self.case, who=who, right=self.person("admin"), **facts)

    @rule(step=st.sampled_from(["suspend", "confirm", "answer", "lift", "revoke", "give_back"]), good=good, who=who)
    def look_after_label(self, step, good, who):
        organiser, words = self.case.organiser, {"words": WORDS if good else ""}
        act, right, facts = {
            "suspend": (suspend_label, "admin", words | {"cause": "complaint"}),
            "confirm": (confirm_suspension, "admin", {}),
            "answer": (answer_suspension, "owner", words),
            "lift": (lift_label, "admin", words),
            "revoke": (revoke_label, "admin", words | {"ground": "false_evidence"}),
            "give_back": (surrender_label, "owner", {"typed": organiser.name if good else ""}),
        }[step]
        for label in Label.objects.of(organiser):
            self.act(act, label, who=who, right=self.person(right), **facts)

    # --- what happens around it ---------------------------------------------------------------------------------

    @rule(who=who)
    def suspend_or_lift(self, who):
        organiser, right = self.case.organiser, self.person("admin")
        if organiser.may_operate:
            self.act(suspend_organiser, organiser, who=who, right=right, reason="complaint", words=WORDS)
        for suspension in Suspension.objects.in_force().filter(organiser=organiser):
            self.act(lift_suspension, suspension, who=who, right=right, note=WORDS)

    @rule(name=st.sampled_from(CAST))
    def lose_roles(self, name):
        with clock.moved_to(self.now):
            set_network_roles(self.person(name), [], by=None)

    @rule(name=st.sampled_from(CAST))
    def join_applicant(self, name):
        if not Membership.objects.filter(organiser=self.case.organiser, person=self.people[name]).exists():
            MembershipFactory(organiser=self.case.organiser, person=self.person(name), role="author")

    @rule(name=st.sampled_from(CAST))
    def look(self, name):
        """Lists and single cases agree on who sees a case; nobody of the applicant does, nor levels too early."""
        with clock.moved_to(self.now):
            case, one = self.case, self.person(name)
            sees = may_see_case(case, one)
            assert sees == Application.objects.cases_for(one).filter(pk=case.pk).exists()
            if Organiser.objects.joined_by(one).filter(pk=case.organiser_id).exists():
                assert not sees
            if case.assignments.reviews().filter(state__in=WRITING, role=Assignment.Role.ASSESSOR).exists():
                assert not may_see_reviews(case, one)

    # --- what always holds --------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_torn(self):
        with clock.moved_to(self.now):
            case = self.case
            assert case.state in steps.EVERY
            assert Application.objects.of(case.organiser).open().count() <= 1
            taken = AuditEvent.objects.about(case).filter(verb__startswith="quality_label.application.").count()
            assert taken == case.version
            self.days_add_up(case)
            self.ends_as_decided(case)

    @staticmethod
    def days_add_up(case):
        pauses = [pause for pause in case.pauses.all() if pause.stopped_on >= (case.began_on or pause.stopped_on)]
        waits = case.state in {steps.RETURNED, steps.CLARIFICATION}
        assert case.pauses.for_applicant().open().count() == waits
        if case.was_submitted:
            days = case.days()
            paused = {day for pause in pauses for day in pause.days.days_until(days.today)}
            assert days.is_paused == case.pauses.open().exists()
            assert days.plain_days - len(paused) <= days.day <= days.plain_days
            assert days.due_on >= case.began_on + timedelta(days=case.round_days + case.extension)

    @staticmethod
    def ends_as_decided(case):
        by_panel = case.is_decided and case.state != steps.INELIGIBLE
        assert Decision.objects.standing().filter(application=case).count() == by_panel
        awarded = case.state in {steps.AWARDED, steps.AWARDED_CONDITIONS}
        assert Label.objects.filter(application=case).count() == awarded
        if not case.is_open:
            assert not case.assignments.open().exists()


def torn():
    """Yield what `fsck` says of the label; of badges it says nothing new here."""
    for check in [
        invariants.days_stand_still_while_the_applicant_is_waited_for,
        invariants.labels_follow_decisions,
        invariants.places_are_held_after_a_declaration,
        invariants.documents_are_as_they_were,
        invariants.upheld_appeals_have_their_effect,
    ]:
        yield from check()


@pytest.mark.django_db
@pytest.mark.timeout(3 * 3600 if IS_FULL else 600)
@pytest.mark.parametrize("start", STARTS)
def test_whatever_people_do_a_case_stays_whole(start):
    with clock.moved_to(MORNING):
        case, people = walking.whole_case()
        others = {name: expert("assessor").pk for name in ["next assessor", "fourth assessor", "one", "two", "three"]}
        Case.people = people | others | {"next lead": expert("lead_assessor").pk}
    Case.first = case.pk
    runs = settings(
        max_examples=EXAMPLES // len(STARTS),
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    before = [place for place in STARTS[: STARTS.index(start)] if place != steps.NOT_AWARDED]
    for hours, place in enumerate([*before, start]):
        Case.begins_at = MORNING + timedelta(hours=hours)
        with clock.moved_to(Case.begins_at):
            while (case := Application.objects.with_words().get(pk=case.pk)).state != place:
                refuses = start == steps.NOT_AWARDED and case.is_ready
                (walking.refuse if refuses else walking.go_on)(case, Case.people)
    run_state_machine_as_test(seed(1)(Case), settings=runs)
