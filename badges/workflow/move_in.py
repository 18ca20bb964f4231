"""What can happen to what an organiser issued elsewhere: read, handed in, checked by the network or turned down."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from badges.permissions import may_check_move_in, may_manage_move_in
from portal.clock import now
from portal.workflow import StateField, Workflow, guard

READ, HANDED_IN, CHECKED, TURNED_DOWN = "read", "handed_in", "checked", "turned_down"
DECIDED = [CHECKED, TURNED_DOWN]


@guard(_("No award was read from the files, so there is nothing to check."))
def has_awards(move_in):
    return move_in.award_count > 0


@guard(_("This organiser may not act at the moment."))
def organiser_may_act(move_in):
    return move_in.organiser.may_operate


@guard(_("Awards of it are in another move-in that was checked: they would count twice. Turn one of them down."))
def counts_once(move_in):
    return not move_in.doubles().exists()


class MoveInWorkflow(Workflow):
    """read → handed in → checked or turned down; what was checked can be turned down later, when a mistake is found"""

    STATES = [
        (READ, _("not handed in")),
        (HANDED_IN, pgettext_lazy("move-in", "handed in")),
        (CHECKED, pgettext_lazy("move-in", "checked")),
        (TURNED_DOWN, pgettext_lazy("move-in", "turned down")),
    ]

    state = StateField(default=READ, choices=STATES)

    class Meta:
        abstract = True

    @transition(
        state,
        source=READ,
        target=HANDED_IN,
        conditions=[has_awards, organiser_may_act],
        permission=may_manage_move_in,
    )
    def hand_in(self):
        self.handed_in_at = now()

    @transition(
        state,
        source=HANDED_IN,
        target=CHECKED,
        conditions=[organiser_may_act, counts_once],
        permission=may_check_move_in,
    )
    def confirm(self, checker, note):
        self.checked_by, self.note = checker, note
        self.decided_at = now()

    @transition(state, source=[HANDED_IN, CHECKED], target=TURNED_DOWN, permission=may_check_move_in)
    def turn_down(self, checker, reason):
        self.checked_by, self.reason = checker, reason
        self.decided_at = now()
