"""What can happen to an application: it ends with a decision; the label that may follow has a life of its own.

Gates, levels and votes are weighed by actions, before they take a step; here stands when a step is open, and to whom.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from portal.clock import now, today
from portal.workflow import StateField, Workflow, by_clock, guard
from quality_label.clock import DECISION, LAST_EXTENSION_DAY
from quality_label.permissions import (
    may_call_third,
    may_coordinate,
    may_decide,
    may_extend,
    may_lead,
    may_manage_application,
    may_take_application,
)

DRAFT, SUBMITTED, IN_CHECK, RETURNED = "draft", "submitted", "in_check", "returned"
ASSIGNING, IN_REVIEW, CLARIFICATION = "assigning", "in_review", "clarification"
CONSENSUS, THIRD_REVIEW, READY = "consensus", "third_review", "ready"
INELIGIBLE, AWARDED, AWARDED_CONDITIONS, NOT_AWARDED = "ineligible", "awarded", "awarded_conditions", "not_awarded"
WITHDRAWN, LAPSED = "withdrawn", "lapsed"

WITHDRAWABLE = [SUBMITTED, IN_CHECK, RETURNED, ASSIGNING, IN_REVIEW, CLARIFICATION, CONSENSUS, THIRD_REVIEW]
UNDER_WAY = [*WITHDRAWABLE, READY]
OPEN = [DRAFT, *UNDER_WAY]
PAUSED = [RETURNED, CLARIFICATION]  # the next move is the applicant's
WITH_PANEL = [READY, AWARDED, AWARDED_CONDITIONS, NOT_AWARDED]
DECIDED = [INELIGIBLE, AWARDED, AWARDED_CONDITIONS, NOT_AWARDED]
FINAL = [*DECIDED, WITHDRAWN, LAPSED]
WITHOUT_LABEL = [INELIGIBLE, NOT_AWARDED, WITHDRAWN, LAPSED]
EVERY = [*OPEN, *FINAL]
IN_TEAM = [ASSIGNING, IN_REVIEW, CLARIFICATION, CONSENSUS, THIRD_REVIEW, READY]
SEEKING = [ASSIGNING, THIRD_REVIEW]
COMPARED = [CONSENSUS, THIRD_REVIEW, READY]  # the team has seen both reviews
READABLE = [IN_REVIEW, CLARIFICATION, CONSENSUS, THIRD_REVIEW, READY]  # by the team: both accepted

DAY = timedelta(days=1)
AFTER_REFUSAL = 90 * DAY  # until one can apply again
DRAFT_DAYS, REMIND_DRAFT_AFTER = 180, [90, 150, 173]
RETURN_DAYS, REMIND_RETURN_AFTER = 14, [7, 12]
REWORK_DAYS = 7  # for the lead, after the panel sent the consensus back
MOST_ROUNDS, ANSWER_DAYS, MORE_ANSWER_DAYS, REMIND_ANSWER_AFTER = 2, 14, 7, [7, 12, 14]


@guard(_("Somebody worked on it in the last half year."))
def is_untouched(application):
    return application.edited_at + DRAFT_DAYS * DAY <= now()


@guard(_("The organiser is suspended. Nothing is lost; go on when the suspension is lifted."))
def organiser_may_operate(application):
    return application.organiser.may_operate


@guard(_("An application is returned once at most."))
def was_not_returned(application):
    return not application.was_returned()


@guard(_("The network re-examines it. To be without the label, give the label back."))
def is_not_reexamined(application):
    return not application.is_reexamined


@guard(_("There is no label any more that this could be about."))
def label_is_live(application):
    return application.has_live_label()


@guard(_("Nobody took it up yet."))
def is_taken_up(application):
    return application.coordinator_id is not None


@guard(_("The time to complete it is over."))
def return_is_in_time(application):
    return application.answer_by >= today()


@guard(_("The time to answer is over; the review goes on with the file as it is."))
def answer_is_in_time(application):
    return application.answer_by >= today()


@guard(_("You have taken the seven more days already."))
def was_not_given_more_time(application):
    return not application.was_given_more_time()


@guard(_("The time to answer is not over."))
def is_too_late(application):
    return application.answer_by < today()


@guard(_("The applicant was asked twice already; there is no third time."))
def has_rounds_left(application):
    return application.rounds_asked() < MOST_ROUNDS


@guard(_("The team is complete, so nobody is asked."))
def seeks_people(application):
    return application.seeks_team


@guard(_("The panel sent it back already; that is possible once."))
def was_not_sent_back(application):
    return not application.sent_back_codes


@guard(_("The team is not complete: two assessors and a lead accept first."))
def team_is_complete(application):
    return application.has_whole_team()


@guard(_("Both reviews are locked first."))
def reviews_are_locked(application):
    return application.are_reviews_locked()


@guard(_("The verification of the organiser is not in force any more."))
def organiser_is_verified(application):
    return application.organiser.is_verified


@guard(_("The days can be extended once."))
def was_not_extended(application):
    return application.extension == 0


@guard(_("The days can be extended until six days before the promised one."))
def is_before_the_last_days(application):
    days = application.days()
    return days.day <= days.promised - (DECISION - LAST_EXTENSION_DAY)


class ApplicationWorkflow(Workflow):
    """draft → submitted → in check ⇄ returned → assigning → in review ⇄ clarification → consensus → ready → decided

    A third review is called from the consensus and leads back to it. Withdrawn until it is ready; a draft that nobody
    touches, or a return that nobody answers, lapses.
    """

    STATES = [
        (DRAFT, pgettext_lazy("application", "draft")),
        (SUBMITTED, pgettext_lazy("application", "received")),
        (IN_CHECK, _("checked for completeness")),
        (RETURNED, _("returned to be completed")),
        (ASSIGNING, _("assessors are sought")),
        (IN_REVIEW, _("in review")),
        (CLARIFICATION, _("question to the applicant")),
        (CONSENSUS, _("in consensus")),
        (THIRD_REVIEW, _("third review")),
        (READY, _("ready to be decided")),
        (INELIGIBLE, _("not eligible")),
        (AWARDED, _("label awarded")),
        (AWARDED_CONDITIONS, _("label awarded with conditions")),
        (NOT_AWARDED, _("label not yet issued")),
        (WITHDRAWN, pgettext_lazy("application", "withdrawn")),
        (LAPSED, _("lapsed")),
    ]

    state = StateField(default=DRAFT, choices=STATES)

    class Meta:
        abstract = True

    @transition(
        state, source=DRAFT, target=SUBMITTED, conditions=[organiser_may_operate], permission=may_manage_application
    )
    def submit(self, person, seed):
        self.submitted_by, self.submitted_at, self.day_0, self.seed = person, now(), today(), seed

    @transition(state, source=DRAFT, target=LAPSED, conditions=[is_untouched], permission=by_clock)
    def lapse(self):
        self.ended_at = now()

    @transition(state, source=DRAFT, target=WITHDRAWN, permission=may_manage_application)
    def discard(self):
        self.ended_at = now()

    @transition(state, source=SUBMITTED, target=IN_CHECK, permission=may_take_application)
    def take_up(self, coordinator):
        self.coordinator, self.taken_at = coordinator, now()

    @transition(state, source=UNDER_WAY, target=None, conditions=[is_taken_up], permission=may_coordinate)
    def hand_over(self, coordinator):
        self.coordinator = coordinator

    @transition(state, source=IN_CHECK, target=RETURNED, conditions=[was_not_returned], permission=may_coordinate)
    def give_back(self, answer_by):
        self.answer_by = answer_by

    @transition(
        state,
        source=RETURNED,
        target=IN_CHECK,
        conditions=[organiser_may_operate, return_is_in_time],
        permission=may_manage_application,
    )
    def resend(self):
        self.answer_by = None

    @transition(state, source=RETURNED, target=LAPSED, conditions=[is_too_late], permission=by_clock)
    def run_out(self):
        self.answer_by, self.ended_at = None, now()

    @transition(state, source=IN_CHECK, target=INELIGIBLE, permission=may_coordinate)
    def turn_down(self, gate="", words=""):
        self.ineligible_gate, self.ending_words, self.ended_at = gate, words, now()

    @transition(
        state,
        source=IN_CHECK,
        target=ASSIGNING,
        conditions=[organiser_may_operate, organiser_is_verified],
        permission=may_coordinate,
    )
    def find_eligible(self):
        self.eligible_at = now()

    @transition(
        state,
        source=[*SEEKING, IN_REVIEW],
        target=None,
        conditions=[organiser_may_operate, seeks_people],
        permission=may_coordinate,
    )
    def invite(self):
        """Ask people to join the team; the places are rows of their own."""

    @transition(state, source=ASSIGNING, target=IN_REVIEW, conditions=[team_is_complete], permission=by_clock)
    def begin_review(self):
        self.review_began_on = today()

    @transition(
        state,
        source=[IN_REVIEW, CONSENSUS],
        target=CLARIFICATION,
        conditions=[organiser_may_operate, has_rounds_left],
        permission=may_lead,
    )
    def ask(self, answer_by):
        self.answer_by = answer_by

    @transition(
        state,
        source=CLARIFICATION,
        target=CLARIFICATION,
        conditions=[answer_is_in_time, was_not_given_more_time],
        permission=may_manage_application,
    )
    def take_more_time(self, answer_by):
        self.answer_by = answer_by

    @transition(
        state,
        source=CLARIFICATION,
        target=IN_REVIEW,
        conditions=[organiser_may_operate, answer_is_in_time],
        permission=may_manage_application,
    )
    def answer(self):
        self.answer_by = None

    @transition(state, source=CLARIFICATION, target=IN_REVIEW, conditions=[is_too_late], permission=by_clock)
    def go_on_unanswered(self):
        self.answer_by = None

    @transition(
        state,
        source=[IN_REVIEW, THIRD_REVIEW],
        target=CONSENSUS,
        conditions=[reviews_are_locked],
        permission=by_clock,
    )
    def compare(self):
        self.compared_at = now()

    @transition(
        state, source=CONSENSUS, target=THIRD_REVIEW, conditions=[organiser_may_operate], permission=may_call_third
    )
    def call_third(self):
        self.compared_at = None

    @transition(state, source=CONSENSUS, target=READY, conditions=[organiser_may_operate], permission=may_lead)
    def finish(self):
        self.ready_at = now()

    @transition(
        state,
        source=READY,
        target=CONSENSUS,
        conditions=[organiser_may_operate, was_not_sent_back],
        permission=may_decide,
    )
    def send_back(self, codes, words):
        self.sent_back_codes, self.sent_back_words, self.sent_back_on = codes, words, today()
        self.ready_at = None

    @transition(
        state,
        source=READY,
        target=AWARDED,
        conditions=[organiser_may_operate, organiser_is_verified],
        permission=may_decide,
    )
    def award(self):
        self.ended_at = now()

    @transition(
        state,
        source=READY,
        target=AWARDED_CONDITIONS,
        conditions=[organiser_may_operate, organiser_is_verified],
        permission=may_decide,
    )
    def award_with_conditions(self):
        self.ended_at = now()

    @transition(state, source=READY, target=NOT_AWARDED, conditions=[organiser_may_operate], permission=may_decide)
    def not_award(self):
        self.ended_at = now()

    @transition(state, source=NOT_AWARDED, target=ASSIGNING, permission=by_clock)
    def judge_again(self, days):
        """Begin another round by new people; only an upheld appeal does that."""
        self._begin_round(days)

    @transition(
        state, source=[AWARDED, AWARDED_CONDITIONS], target=ASSIGNING, conditions=[label_is_live], permission=may_extend
    )
    def reexamine(self, days):
        """Begin another round by new people, as the network doubts a review; the label stays meanwhile."""
        self._begin_round(days)

    def _begin_round(self, days):
        self.round, self.round_from, self.round_days = self.round + 1, today(), days
        self.extension, self.extension_reason = 0, ""
        self.broken_on, self.broken_words, self.new_date = None, "", None
        self.sent_back_codes, self.sent_back_words, self.sent_back_on = [], "", None
        self.review_began_on = self.compared_at = self.ready_at = self.ended_at = None

    @transition(state, source=INELIGIBLE, target=SUBMITTED, permission=by_clock)
    def check_again(self):
        """Let another coordinator take it up; only an upheld appeal does that."""
        self.coordinator = self.taken_at = self.ended_at = None
        self.ineligible_gate = self.ending_words = ""

    @transition(
        state,
        source=WITHDRAWABLE,
        target=WITHDRAWN,
        conditions=[is_not_reexamined],
        permission=may_manage_application,
    )
    def withdraw(self):
        self.answer_by, self.ended_at = None, now()

    @transition(
        state,
        source=UNDER_WAY,
        target=None,
        conditions=[was_not_extended, is_before_the_last_days],
        permission=may_extend,
    )
    def extend(self, days, reason):
        self.extension, self.extension_reason = days, reason
