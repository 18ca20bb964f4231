"""What can happen to a report on a page."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from portal.clock import now
from portal.workflow import StateField, Workflow, guard
from reports.permissions import may_close, may_decide_objection, may_judge, may_note, may_object

WAITING, IN_HAND, CLOSED, OBJECTED, FINAL = "waiting", "in_hand", "closed", "objected", "final"
OPEN = [WAITING, IN_HAND]
ENDED = [CLOSED, OBJECTED, FINAL]
OBJECTION_DAYS = 180
TAKEN_OFF = "taken_off"


@guard(_("Nothing was taken off, so there is nothing to object to."))
def was_taken_off(report):
    return report.outcome == TAKEN_OFF


@guard(_("The time to object is over."))
def may_still_be_objected_to(report):
    return report.closed_at + timedelta(days=OBJECTION_DAYS) > now()


class ReportWorkflow(Workflow):
    """waiting → in hand → answered; what was taken off once objected to, and decided by somebody else"""

    STATES = [
        (WAITING, pgettext_lazy("report", "waiting")),
        (IN_HAND, pgettext_lazy("report", "in hand")),
        (CLOSED, pgettext_lazy("report", "answered")),
        (OBJECTED, pgettext_lazy("report", "objected to")),
        (FINAL, pgettext_lazy("report", "objection decided")),
    ]

    state = StateField(default=WAITING, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=WAITING, target=IN_HAND, permission=may_judge)
    def take_up(self, person):
        self.handler, self.taken_at = person, now()

    @transition(state, source=IN_HAND, target=IN_HAND, permission=may_note)
    def add_note(self, words):
        self.note, self.noted_at = words, now()

    @transition(state, source=IN_HAND, target=CLOSED, permission=may_close)
    def close(self, person, outcome, words):
        self.closed_by, self.outcome, self.answer, self.closed_at = person, outcome, words, now()

    @transition(
        state,
        source=CLOSED,
        target=OBJECTED,
        conditions=[was_taken_off, may_still_be_objected_to],
        permission=may_object,
    )
    def object(self, words):
        self.objection, self.objected_at = words, now()

    @transition(state, source=OBJECTED, target=FINAL, permission=may_decide_objection)
    def decide_objection(self, person, is_granted, words):
        self.decided_by, self.is_granted, self.decision, self.decided_at = person, is_granted, words, now()
