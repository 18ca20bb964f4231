"""What can happen when the network doubts a training badge: its holder is heard first."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from portal.clock import now, today
from portal.workflow import StateField, Workflow, guard
from quality_label.permissions import may_answer_hearing, may_close_hearing

OPEN, ANSWERED, VOIDED, DROPPED = "open", "answered", "voided", "dropped"
RUNNING = [OPEN, ANSWERED]
ANSWER_DAYS = 14


@guard(_("The days to answer are over."))
def is_in_time(hearing):
    return today() <= hearing.answer_by


@guard(_("Hear the person first: wait for the answer, or until the last day for it has passed."))
def is_heard(hearing):
    return hearing.answered_at is not None or today() > hearing.answer_by


class HearingWorkflow(Workflow):
    """open → answered; from both, once the person was heard, voided; or dropped at any time"""

    STATES = [
        (OPEN, pgettext_lazy("hearing", "waits for the answer")),
        (ANSWERED, pgettext_lazy("hearing", "answered")),
        (VOIDED, pgettext_lazy("hearing", "badge declared void")),
        (DROPPED, pgettext_lazy("hearing", "dropped")),
    ]

    state = StateField(default=OPEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=OPEN, target=ANSWERED, conditions=[is_in_time], permission=may_answer_hearing)
    def give_answer(self, answer):
        self.answer, self.answered_at = answer, now()

    @transition(state, source=RUNNING, target=VOIDED, conditions=[is_heard], permission=may_close_hearing)
    def declare_void(self, reason):
        self._close(reason)

    @transition(state, source=RUNNING, target=DROPPED, permission=may_close_hearing)
    def drop(self, reason):
        self._close(reason)

    def _close(self, reason):
        self.reason, self.closed_at = reason, now()
