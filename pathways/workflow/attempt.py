"""What can happen to a learner's attempt at an activity."""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from pathways.permissions import may_attest, may_judge, may_work_on
from portal.clock import now
from portal.workflow import StateField, Workflow, guard

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


@guard(_("You have had a second opinion on this already. Change your work and hand it in again."))
def may_be_doubted(attempt):
    return attempt.may_be_doubted


class AttemptWorkflow(Workflow):
    """open → passed by quiz, word or presence; open → submitted → returned → submitted → passed by a reviewer"""

    STATES = [
        (OPEN, _("open")),
        (SUBMITTED, _("waiting for a reviewer")),
        (RETURNED, _("returned with feedback")),
        (PASSED, _("done")),
    ]

    state = StateField(default=OPEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=WORKABLE, target=SUBMITTED, conditions=[has_evidence], permission=may_work_on)
    def submit(self, answer_due):
        self.submitted_at, self.answer_due = now(), answer_due

    @transition(state, source=SUBMITTED, target=OPEN, conditions=[is_no_second_opinion], permission=may_work_on)
    def take_back(self):
        self.submitted_at = self.answer_due = None

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
        self.round += 1
        self.doubt = ""

    @transition(state, source=SUBMITTED, target=PASSED, permission=may_judge)
    def accept(self, badge_class):
        self._pass(badge_class)

    def _pass(self, badge_class):
        self.doubt = ""
        self.passed_at = now()
        self.badge_class = badge_class
