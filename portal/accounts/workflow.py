"""What can happen to the agreement of a parent or guardian."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from portal.accounts.permissions import by_guardian
from portal.clock import now
from portal.workflow import StateField, Workflow, by_clock, guard

WAITING, AGREED, REFUSED, WITHDRAWN, LAPSED = "waiting", "agreed", "refused", "withdrawn", "lapsed"
TIME_TO_ANSWER = timedelta(days=14)


@guard(_("This question ran out: nobody answered it within 14 days."))
def is_in_time(guardian):
    return guardian.asked_at is not None and guardian.asked_at > now() - TIME_TO_ANSWER


@guard(_("There is still time to answer."))
def is_over(guardian):
    return (guardian.asked_at or guardian.created_at) <= now() - TIME_TO_ANSWER


class GuardianWorkflow(Workflow):
    """waiting → agreed or refused by the guardian, once; waiting → lapsed by the clock; agreed → withdrawn"""

    STATES = [
        (WAITING, _("waiting")),
        (AGREED, _("agreed")),
        (REFUSED, _("refused")),
        (WITHDRAWN, _("withdrawn")),
        (LAPSED, _("not answered")),
    ]

    state = StateField(default=WAITING, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=WAITING, target=AGREED, conditions=[is_in_time], permission=by_guardian)
    def agree(self, name, terms):
        self.name = name
        self.terms = terms
        self.answered_at = now()

    @transition(state, source=WAITING, target=REFUSED, conditions=[is_in_time], permission=by_guardian)
    def refuse(self):
        self.answered_at = now()

    @transition(state, source=AGREED, target=WITHDRAWN, permission=by_guardian)
    def withdraw(self):
        self.answered_at = now()

    @transition(state, source=WAITING, target=LAPSED, conditions=[is_over], permission=by_clock)
    def lapse(self):
        """Only time does this."""
