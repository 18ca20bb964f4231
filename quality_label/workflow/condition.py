"""What can happen to a condition: its evidence is sent, checked, and the condition is met or sent back."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from portal.clock import now, today
from portal.workflow import StateField, Workflow, by_clock, guard
from quality_label.permissions import may_check_condition, may_confirm_condition, may_show_condition

OPEN, SENT, MET, FALLEN = "open", "sent", "met", "fallen"
UNMET = [OPEN, SENT]
MORE_DAYS, REMIND_BEFORE = 30, [30, 14, 3]


@guard(_("The label is over, or stands without conditions."))
def is_asked_for(condition):
    return condition.is_asked_for


@guard(_("Its day has passed. Ask your coordinator for 30 more days; they can be given once."))
def is_in_time(condition):
    return today() <= condition.last_day


@guard(_("Attach what shows that it is met first."))
def has_new_evidence(condition):
    return condition.has_new_evidence()


@guard(_("An assessor who judged the application looks at it first."))
def is_checked(condition):
    return condition.checked_at is not None


@guard(_("It was given 30 more days already."))
def was_not_extended(condition):
    return not condition.was_extended


class ConditionWorkflow(Workflow):
    """open ⇄ sent → met; fallen where what set it is taken back

    The holder sends what shows that it is met, an assessor who judged the application says what they think of it, and
    a coordinator confirms it or sends it back.
    """

    STATES = [
        (OPEN, pgettext_lazy("condition", "open")),
        (SENT, pgettext_lazy("condition", "being checked")),
        (MET, pgettext_lazy("condition", "met")),
        (FALLEN, pgettext_lazy("condition", "taken back after an appeal")),
    ]

    state = StateField(default=OPEN, choices=STATES)

    class Meta:
        abstract = True

    @transition(
        state,
        source=OPEN,
        target=SENT,
        conditions=[is_asked_for, is_in_time, has_new_evidence],
        permission=may_show_condition,
    )
    def send(self, words, person):
        self.shown_words, self.shown_by, self.shown_at = words, person, now()
        self.seems_met, self.checked_words, self.checked_by, self.checked_at = None, "", None, None

    @transition(state, source=SENT, target=SENT, conditions=[is_asked_for], permission=may_check_condition)
    def check_evidence(self, seems_met, words, person):
        self.seems_met, self.checked_words, self.checked_by, self.checked_at = seems_met, words, person, now()

    @transition(state, source=SENT, target=MET, conditions=[is_asked_for, is_checked], permission=may_confirm_condition)
    def confirm(self):
        self.met_on = today()

    @transition(
        state, source=SENT, target=OPEN, conditions=[is_asked_for, is_checked], permission=may_confirm_condition
    )
    def send_back(self, words):
        self.returned_words = words

    @transition(
        state, source=OPEN, target=OPEN, conditions=[is_asked_for, was_not_extended], permission=may_confirm_condition
    )
    def extend(self, due_on):
        self.due_on, self.was_extended = due_on, True

    @transition(state, source=UNMET, target=FALLEN, permission=by_clock)
    def fall(self):
        """Be asked for no more, as an appeal was upheld or another decision took the place of the one that set it."""
