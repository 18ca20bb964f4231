"""What can happen to a learner's complaint about a judgement."""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from pathways.permissions import may_answer_complaint
from portal.clock import now
from portal.workflow import StateField, Workflow

OPEN, UPHELD, NOT_UPHELD = "open", "upheld", "not-upheld"


class ComplaintWorkflow(Workflow):
    """open → upheld or not upheld"""

    STATES = [(OPEN, _("waiting for an answer")), (UPHELD, _("upheld")), (NOT_UPHELD, _("not upheld"))]

    state = StateField(default=OPEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=OPEN, target=UPHELD, permission=may_answer_complaint)
    def uphold(self, answer, owner):
        self._answer(answer, owner)

    @transition(state, source=OPEN, target=NOT_UPHELD, permission=may_answer_complaint)
    def reject(self, answer, owner):
        self._answer(answer, owner)

    def _answer(self, answer, owner):
        self.answer, self.answered_at, self.answered_by = answer, now(), owner
        self.is_answered_by_judge = owner.pk in self.judges()
