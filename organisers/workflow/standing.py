"""What can happen to a suspension."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from organisers.permissions import may_answer_suspension, may_confirm_suspension, may_lift, may_revoke_organiser
from portal.clock import now, today
from portal.workflow import StateField, Workflow, by_clock, guard

IN_FORCE, LIFTED, REVOKED = "in_force", "lifted", "revoked"
HEARING_DAYS, CONFIRM_DAYS = 14, 3  # the latter working days


@guard(_("The organiser may still answer. Wait for its answer, or until the fourteen days are over."))
def was_heard(suspension):
    return suspension.answered_at is not None or suspension.suspended_at + timedelta(days=HEARING_DAYS) <= now()


@guard(_("The time to confirm is not over, or it was confirmed."))
def is_unconfirmed(suspension):
    return suspension.confirm_by is not None and suspension.confirm_by < today()


class SuspensionWorkflow(Workflow):
    """in force, the organiser being heard → lifted, or the organiser is shut out for good"""

    STATES = [(IN_FORCE, pgettext_lazy("suspension", "in force")), (LIFTED, _("lifted")), (REVOKED, _("shut out"))]

    state = StateField(default=IN_FORCE, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=IN_FORCE, target=IN_FORCE, permission=may_confirm_suspension)
    def confirm(self, person):
        self.confirmed_by, self.confirm_by = person, None

    @transition(state, source=IN_FORCE, target=IN_FORCE, permission=may_answer_suspension)
    def answer(self, words):
        self.answer_words, self.answered_at = words, now()

    @transition(state, source=IN_FORCE, target=LIFTED, permission=may_lift)
    def lift(self, note):
        self.note, self.ended_at = note, now()

    @transition(state, source=IN_FORCE, target=LIFTED, conditions=[is_unconfirmed], permission=by_clock)
    def run_out(self):
        self.ended_at = now()

    @transition(state, source=IN_FORCE, target=REVOKED, conditions=[was_heard], permission=may_revoke_organiser)
    def revoke(self, words):
        self.note, self.ended_at = words, now()
