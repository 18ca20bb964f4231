"""What can happen to an appeal: it is looked at by people who had no part in what it is against."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from portal.clock import now, today
from portal.workflow import StateField, Workflow, guard
from quality_label.permissions import (
    may_administer_appeal,
    may_answer_comment,
    may_comment_on_appeal,
    may_withdraw_appeal,
)

LODGED, IN_CHECK, WITH_PANEL = "lodged", "in_check", "with_panel"
UPHELD, PARTLY_UPHELD, DISMISSED = "upheld", "partly_upheld", "dismissed"
INADMISSIBLE, WITHDRAWN = "inadmissible", "withdrawn"

RUNNING = [LODGED, IN_CHECK, WITH_PANEL]
DECIDED = [UPHELD, PARTLY_UPHELD, DISMISSED]
ENDED = [*DECIDED, INADMISSIBLE, WITHDRAWN]
SEATS, MAJORITY = 3, 2
LODGE_DAYS, ADMIT_DAYS, DECIDE_DAYS = 30, 7, 45
COMMENT_DAYS = 7  # for the side that decided, and for the answer to what it says
ANEW_DAYS, ANEW_PARTLY_DAYS = 45, 30  # for another team to judge again


@guard(_("Somebody of the panel has voted; the appeal is decided now."))
def nobody_voted(appeal):
    return not appeal.seats.voted().exists()


@guard(_("A comment can be written once, within seven days."))
def takes_a_comment(appeal):
    return appeal.commented_at is None and today() <= appeal.comment_until


@guard(_("There is no comment to answer, you have answered it, or the seven days are over."))
def takes_an_answer(appeal):
    return appeal.commented_at is not None and appeal.answered_at is None and today() <= appeal.answer_until


@guard(_("Only an appeal against a decision on criteria can be upheld in part."))
def may_be_partly_upheld(appeal):
    return appeal.is_about_criteria


class AppealWorkflow(Workflow):
    """lodged → in check → with panel → upheld | partly upheld | dismissed; inadmissible, or withdrawn before a vote"""

    STATES = [
        (LODGED, pgettext_lazy("appeal", "received")),
        (IN_CHECK, pgettext_lazy("appeal", "being checked")),
        (WITH_PANEL, pgettext_lazy("appeal", "with the panel")),
        (UPHELD, pgettext_lazy("appeal", "upheld")),
        (PARTLY_UPHELD, pgettext_lazy("appeal", "upheld in part")),
        (DISMISSED, pgettext_lazy("appeal", "dismissed")),
        (INADMISSIBLE, pgettext_lazy("appeal", "not admissible")),
        (WITHDRAWN, pgettext_lazy("appeal", "withdrawn")),
    ]

    state = StateField(default=LODGED, choices=STATES)

    class Meta:
        abstract = True

    @transition(state, source=LODGED, target=IN_CHECK, permission=may_administer_appeal)
    def take_up(self, person):
        self.admin = person

    @transition(state, source=IN_CHECK, target=INADMISSIBLE, permission=may_administer_appeal)
    def turn_away(self, words):
        self._end(words)

    @transition(state, source=IN_CHECK, target=WITH_PANEL, permission=may_administer_appeal)
    def admit(self):
        self.admitted_on = today()

    @transition(state, source=WITH_PANEL, target=None, conditions=[takes_a_comment], permission=may_comment_on_appeal)
    def comment(self, words, person):
        self.comment_words, self.commented_by, self.commented_at = words, person, now()

    @transition(state, source=WITH_PANEL, target=None, conditions=[takes_an_answer], permission=may_answer_comment)
    def answer(self, words, person):
        self.answer_words, self.answered_by, self.answered_at = words, person, now()

    @transition(state, source=WITH_PANEL, target=UPHELD, permission=may_administer_appeal)
    def uphold(self, findings):
        self._end(findings=findings)

    @transition(
        state,
        source=WITH_PANEL,
        target=PARTLY_UPHELD,
        conditions=[may_be_partly_upheld],
        permission=may_administer_appeal,
    )
    def uphold_in_part(self, findings, criteria):
        self.criteria = criteria
        self._end(findings=findings)

    @transition(state, source=WITH_PANEL, target=DISMISSED, permission=may_administer_appeal)
    def dismiss(self, findings):
        self._end(findings=findings)

    @transition(state, source=RUNNING, target=WITHDRAWN, conditions=[nobody_voted], permission=may_withdraw_appeal)
    def withdraw(self):
        self._end()

    def _end(self, words="", findings=None):
        self.ending_words, self.findings, self.ended_at = words, findings or {}, now()
