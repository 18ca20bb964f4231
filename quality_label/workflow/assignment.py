"""What can happen to a place in the team of an application: invited, accepted, and for assessors a review."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from portal.clock import now, today
from portal.workflow import StateField, Workflow, by_clock, guard
from quality_label.permissions import may_answer_invitation, may_coordinate_team, may_write_review

INVITED, DECLINED, ACCEPTED = "invited", "declined", "accepted"
DRAFTING, LOCKED, REOPENED = "drafting", "locked", "reopened"
VOIDED, RELEASED = "voided", "released"
TAKEN = [ACCEPTED, DRAFTING, LOCKED, REOPENED]
OPEN = [INVITED, *TAKEN]
UNWRITTEN = [INVITED, ACCEPTED, DRAFTING]
WRITING = [ACCEPTED, DRAFTING, REOPENED]

INVITATION_DAYS, REMIND_INVITATION_AFTER = 3, 2  # working days


@guard(_("The time to answer this invitation is over."))
def is_in_time(assignment):
    return assignment.answer_by >= today()


@guard(_("The time to answer this invitation is not over."))
def is_too_late(assignment):
    return not is_in_time(assignment)


@guard(_("There is nothing to agree to."))
def waits_for_agreement(assignment):
    return assignment.awaits_agreement


@guard(_("Reviews are written while the application is in review."))
def is_open_for_review(assignment):
    return assignment.is_review and assignment.application.takes_reviews_of(assignment.role)


@guard(_("Reviews are written while the application is in review."))
def is_open_for_writing(assignment):
    return assignment.is_review and assignment.application.lets_write(assignment.role)


class AssignmentWorkflow(Workflow):
    """invited → accepted | declined; assessors: → drafting → locked ⇄ reopened; voided, or released at the end"""

    STATES = [
        (INVITED, pgettext_lazy("assessor", "invited")),
        (DECLINED, pgettext_lazy("assessor", "declined")),
        (ACCEPTED, pgettext_lazy("assessor", "accepted")),
        (DRAFTING, _("being written")),
        (LOCKED, _("handed in")),
        (REOPENED, _("open again")),
        (VOIDED, _("void")),
        (RELEASED, _("released")),
    ]

    state = StateField(default=INVITED, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=INVITED, target=ACCEPTED, conditions=[is_in_time], permission=may_answer_invitation)
    def accept(self, declaration):
        self.declaration, self.accepted_at = declaration, now()

    @transition(state, source=INVITED, target=DECLINED, permission=may_answer_invitation)
    def decline(self, reason, words=""):
        self.reason, self.reason_words, self.ended_at = reason, words, now()

    @transition(state, source=INVITED, target=DECLINED, conditions=[is_too_late], permission=by_clock)
    def run_out(self):
        self.ended_at = now()

    @transition(state, source=ACCEPTED, target=DRAFTING, conditions=[is_open_for_writing], permission=may_write_review)
    def begin(self):
        self.began_at = now()

    @transition(
        state,
        source=[DRAFTING, REOPENED],
        target=LOCKED,
        conditions=[is_open_for_review],
        permission=may_write_review,
    )
    def lock(self, text_version):
        self.locked_at, self.reconfirmed_version = now(), text_version

    @transition(state, source=LOCKED, target=REOPENED, permission=by_clock)
    def reopen(self):
        self.locked_at = None

    @transition(state, source=TAKEN, target=None, conditions=[waits_for_agreement], permission=may_coordinate_team)
    def agree(self):
        """Let a tie be managed; what was agreed stands in the declaration."""

    @transition(state, source=[*OPEN], target=VOIDED, permission=may_coordinate_team)
    def void(self, words):
        self.reason_words, self.ended_at = words, now()

    @transition(state, source=[*OPEN], target=RELEASED, permission=by_clock)
    def release(self):
        self.ended_at = now()
