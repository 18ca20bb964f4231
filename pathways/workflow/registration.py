"""What can happen to somebody's place at a date."""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from pathways.permissions import may_attend, may_change_registration, may_run
from portal.clock import now
from portal.workflow import StateField, Workflow, by_clock

WAITING, REGISTERED, ATTENDED = "waiting", "registered", "attended"
CANCELLED, CALLED_OFF = "cancelled", "called-off"
TO_COME = [WAITING, REGISTERED]
COMING = [*TO_COME, ATTENDED]
OFF = [CANCELLED, CALLED_OFF]


class RegistrationWorkflow(Workflow):
    """waiting → registered → attended; waiting or registered → cancelled → waiting; attended → registered

    Where its organiser cancels the date, waiting or registered → called off.
    """

    STATES = [
        (WAITING, _("on the waiting list")),
        (REGISTERED, _("has a place")),
        (ATTENDED, _("was there")),
        (CANCELLED, _("cancelled")),
        (CALLED_OFF, _("cancelled by the organiser")),
    ]

    state = StateField(default=WAITING, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=WAITING, target=REGISTERED, permission=by_clock)
    def give_place(self):
        pass

    @transition(state, source=TO_COME, target=CANCELLED, permission=may_change_registration)
    def cancel(self):
        pass

    @transition(state, source=TO_COME, target=CALLED_OFF, permission=by_clock)
    def call_off(self):
        pass

    @transition(state, source=OFF, target=WAITING, permission=may_attend)
    def ask_again(self):
        self.asked_at = now()

    @transition(state, source=TO_COME, target=ATTENDED, permission=may_change_registration)
    def check_in(self):
        self.attended_at = now()

    @transition(state, source=ATTENDED, target=REGISTERED, permission=may_run)
    def take_back_check_in(self):
        self.attended_at = None
