"""What can happen to the check of an organiser; what it stands at is a field of its own, which the check may change."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from organisers.permissions import (
    may_ask_for_second_look,
    may_cancel_verification,
    may_check,
    may_grant_second_look,
    may_manage_verification,
    may_take_verification,
)
from portal.clock import now, today
from portal.workflow import StateField, Workflow, by_clock, guard

REQUESTED, IN_CHECK, INFO_REQUESTED = "requested", "in_check", "info_requested"
VERIFIED, REJECTED, CLOSED = "verified", "rejected", "closed"
OPEN = [REQUESTED, IN_CHECK, INFO_REQUESTED]
ANSWER_DAYS, SECOND_LOOK_DAYS, REST_DAYS = 30, 14, 30
DAY = timedelta(days=1)


@guard(_("The time to answer is over. Ask for a new verification; what you wrote before is kept."))
def is_in_time(case):
    return case.answer_by >= today()


@guard(_("The time to answer is not over."))
def is_too_late(case):
    return not is_in_time(case)


@guard(_("A second look can be asked for within 14 days of the decision."))
def is_fresh(case):
    return case.decided_at + SECOND_LOOK_DAYS * DAY > now()


@guard(_("A second look was asked for already."))
def is_asked_once(case):
    return case.second_look_asked_at is None


@guard(_("The organiser did not ask for a second look."))
def is_asked(case):
    return case.second_look_asked_at is not None


@guard(_("The organiser is suspended. Lift the suspension first."))
def may_stand(case):
    return case.organiser.may_operate or case.organiser.was_shut_out_before(case.opened_at)


class VerificationWorkflow(Workflow):
    """requested → in check ⇄ information requested → verified or rejected; closed when cancelled or not answered"""

    STATES = [
        (REQUESTED, _("asked for")),
        (IN_CHECK, _("being checked")),
        (INFO_REQUESTED, _("question open")),
        (VERIFIED, _("verified")),
        (REJECTED, _("not verified")),
        (CLOSED, pgettext_lazy("verification", "closed")),
    ]

    state = StateField(default=REQUESTED, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=REQUESTED, target=IN_CHECK, permission=may_take_verification)
    def take_up(self, coordinator):
        self.coordinator = coordinator
        self.taken_at = now()

    @transition(state, source=IN_CHECK, target=INFO_REQUESTED, permission=may_check)
    def ask(self):
        self.answer_by = today() + ANSWER_DAYS * DAY

    @transition(
        state, source=INFO_REQUESTED, target=IN_CHECK, conditions=[is_in_time], permission=may_manage_verification
    )
    def answer(self):
        self.answer_by = None

    @transition(state, source=INFO_REQUESTED, target=CLOSED, conditions=[is_too_late], permission=by_clock)
    def run_out(self):
        self.decided_at = now()

    @transition(state, source=IN_CHECK, target=VERIFIED, conditions=[may_stand], permission=may_check)
    def verify(self, checks, note):
        self.checks, self.note = checks, note
        self.decided_at = now()

    @transition(state, source=IN_CHECK, target=REJECTED, permission=may_check)
    def reject(self, reason, words):
        self.reason, self.reason_words = reason, words
        self.decided_at = now()

    @transition(
        state,
        source=REJECTED,
        target=REJECTED,
        conditions=[is_fresh, is_asked_once],
        permission=may_ask_for_second_look,
    )
    def ask_for_second_look(self):
        self.second_look_asked_at = now()

    @transition(state, source=REJECTED, target=IN_CHECK, conditions=[is_asked], permission=may_grant_second_look)
    def grant_second_look(self, coordinator):
        self.first_coordinator, self.coordinator = self.coordinator, coordinator
        self.reason = self.reason_words = ""
        self.decided_at = None

    @transition(state, source=REQUESTED, target=CLOSED, permission=may_cancel_verification)
    def cancel(self):
        self.decided_at = now()
