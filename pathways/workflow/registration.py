"""What can happen to somebody's place at a date."""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from pathways.permissions import may_attend, may_change_registration, may_run
from portal.clock import now
from portal.workflow import StateField, Workflow, by_clock

WAITING, REGISTERED, ATTENDED, CANCELLED = "waiting", "registered", "attended", "cancelled"
COMING = [WAITING, REGISTERED, ATTENDED]


class RegistrationWorkflow(Workflow):
    """waiting → registered → attended; waiting or registered → cancelled → waiting; attended → registered"""

    STATES = [
        (WAITING, _("on the waiting list")),
        (REGISTERED, _("has a place")),
        (ATTENDED, _("was there")),
        (CANCELLED, _("cancelled")),
    ]

    state = StateField(default=WAITING, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=WAITING, target=REGISTERED, permission=by_clock)
    def give_place(self):
        pass

    @transition(state, source=[WAITING, REGISTERED], target=CANCELLED, permission=may_change_registration)
    def cancel(self):
        pass

    @transition(state, source=CANCELLED, target=WAITING, permission=may_attend)
    def ask_again(self):
        self.asked_at = now()

    @transition(state, source=[WAITING, REGISTERED], target=ATTENDED, permission=may_change_registration)
    def check_in(self):
        self.attended_at = now()

    @transition(state, source=ATTENDED, target=REGISTERED, permission=may_run)
    def take_back_check_in(self):
        self.attended_at = None
