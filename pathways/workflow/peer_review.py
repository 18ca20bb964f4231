"""What can happen to one learner's look at another learner's work."""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from pathways.permissions import may_look, may_moderate, may_report
from portal.clock import now
from portal.workflow import StateField, Workflow, by_clock, guard

DRAWN, GIVEN, SET_ASIDE, ENDED = "drawn", "given", "set-aside", "ended"
COUNTED = [DRAWN, GIVEN]  # what takes one of the seats
SAID = [GIVEN, SET_ASIDE]


@guard(_("The time to look at this work is over, or it was judged already. Thank you all the same."))
def is_open(peer_review):
    return peer_review.is_open


@guard(_("You have reported this already."))
def is_not_reported(peer_review):
    return not peer_review.reported_as


@guard(_("There is still time to look."))
def is_overdue(peer_review):
    return peer_review.due_at <= now()


class PeerReviewWorkflow(Workflow):
    """drawn → given → set aside; drawn → ended"""

    STATES = [
        (DRAWN, _("drawn")),
        (GIVEN, _("given")),
        (SET_ASIDE, _("set aside")),
        (ENDED, _("ended without a judgement")),
    ]

    state = StateField(default=DRAWN, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=DRAWN, target=GIVEN, conditions=[is_open], permission=may_look)
    def give(self, checklist, feedback):
        self.given_at = now()
        self.checklist, self.feedback = checklist, feedback

    @transition(state, source=DRAWN, target=ENDED, permission=may_look)
    def give_up(self):
        """Change nothing else."""

    @transition(state, source=DRAWN, target=ENDED, conditions=[is_overdue], permission=by_clock)
    def run_out(self):
        """Change nothing else."""

    @transition(state, source=GIVEN, target=GIVEN, conditions=[is_not_reported], permission=may_report)
    def report(self, reason):
        self.reported_as, self.reported_at = reason, now()

    @transition(state, source=GIVEN, target=SET_ASIDE, permission=may_moderate)
    def set_aside(self, reason, moderator):
        self.set_aside_as, self.set_aside_at, self.set_aside_by = reason, now(), moderator
