"""What can happen to a learner's attempt at an activity."""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from pathways.permissions import may_attest, may_judge, may_work_on
from portal.clock import now
from portal.workflow import StateField, Workflow, by_clock, guard

OPEN, SUBMITTED, RETURNED, PASSED = "open", "submitted", "returned", "passed"
WORKABLE = [OPEN, RETURNED]
LINES_WANTED = _("Tick each line of the checklist that you found met; return the work when one is not.")
FEEDBACK_WANTED = _("Say what is missing; the learner reads it.")


@guard(_("Hand in some evidence first."))
def has_evidence(attempt):
    return attempt.evidence.filter(round=attempt.round).exists()


@guard(_("This activity is done or waits for a reviewer."))
def is_workable(attempt):
    return attempt.state in WORKABLE


@guard(_("Somebody else looks at it once more; you get a message with the answer."))
def is_no_second_opinion(attempt):
    return not attempt.doubt


@guard(_("Another learner has begun to look at it; you get a message with the answer."))
def is_not_looked_at(attempt):
    return not attempt.is_looked_at


@guard(_("Other learners have no say in this any more."))
def is_with_peers(attempt):
    return attempt.is_with_peers


@guard(_("What it earned is not taken away."))
def has_kept_nothing(attempt):
    return attempt.badge_class_id is None


@guard(_("You have had a second opinion on this already. Change your work and hand it in again."))
def may_be_doubted(attempt):
    return attempt.may_be_doubted


@guard(_("What earned a badge stays done."))
def earned_nothing(attempt):
    return attempt.badge_class_id is None


class AttemptWorkflow(Workflow):
    """open → passed by quiz, word or presence; open → submitted → returned → submitted → passed by others

    What was passed long ago opens once more for those who join a playlist again that asks for it.
    """

    STATES = [
        (OPEN, _("open")),
        (SUBMITTED, _("waiting for a judgement")),
        (RETURNED, _("returned with feedback")),
        (PASSED, _("done")),
    ]

    state = StateField(default=OPEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=WORKABLE, target=SUBMITTED, conditions=[has_evidence], permission=may_work_on)
    def submit(self, answer_due, peers=0):
        self.submitted_at, self.answer_due = now(), answer_due
        self.peers = peers

    @transition(
        state,
        source=SUBMITTED,
        target=OPEN,
        conditions=[is_no_second_opinion, is_not_looked_at],
        permission=may_work_on,
    )
    def take_back(self):
        self.submitted_at = self.answer_due = None
        self.peers = 0

    @transition(state, source=RETURNED, target=SUBMITTED, conditions=[may_be_doubted], permission=may_work_on)
    def ask_for_second_opinion(self, doubt, answer_due):
        self.submitted_at, self.answer_due = now(), answer_due
        self.doubt = doubt
        self.round -= 1

    @transition(state, source=WORKABLE, target=PASSED, permission=may_work_on)
    def finish(self, badge_class):
        self._pass(badge_class)

    @transition(state, source=WORKABLE, target=PASSED, permission=may_attest)
    def attest(self, badge_class):
        self._pass(badge_class)

    @transition(state, source=SUBMITTED, target=RETURNED, permission=may_judge)
    def give_back(self):
        self._return()

    @transition(state, source=SUBMITTED, target=PASSED, permission=may_judge)
    def accept(self, badge_class):
        self._pass(badge_class)

    @transition(state, source=SUBMITTED, target=RETURNED, conditions=[is_with_peers], permission=by_clock)
    def give_back_by_peers(self):
        self._return()

    @transition(state, source=SUBMITTED, target=PASSED, conditions=[is_with_peers], permission=by_clock)
    def accept_by_peers(self, badge_class):
        self._pass(badge_class)

    @transition(state, source=SUBMITTED, target=SUBMITTED, conditions=[is_with_peers], permission=by_clock)
    def hand_to_reviewers(self):
        self.peers = 0

    @transition(state, source=[RETURNED, PASSED], target=SUBMITTED, conditions=[has_kept_nothing], permission=by_clock)
    def reopen(self, answer_due, doubt=""):
        if self.is_returned:
            self.round -= 1
        self.submitted_at, self.answer_due = now(), answer_due
        self.passed_at = None
        self.doubt = doubt

    def _return(self):
        self.round += 1
        self.peers = 0
        self.doubt = ""

    @transition(state, source=PASSED, target=OPEN, conditions=[earned_nothing], permission=may_work_on)
    def begin_again(self):
        self.round += 1
        self.submitted_at = self.answer_due = self.passed_at = None

    def _pass(self, badge_class):
        self.peers = 0
        self.doubt = ""
        self.passed_at = now()
        self.badge_class = badge_class
