"""How the network sorts its work: the stage each state belongs to, and what has to happen next."""

from django.utils.translation import gettext_lazy as _

from quality_label.workflow import application as steps

STAGES = {
    steps.DRAFT: "draft",
    **dict.fromkeys([steps.SUBMITTED, steps.IN_CHECK, steps.RETURNED], "check"),
    steps.ASSIGNING: "team",
    **dict.fromkeys([steps.IN_REVIEW, steps.CLARIFICATION], "review"),
    **dict.fromkeys([steps.CONSENSUS, steps.THIRD_REVIEW], "consensus"),
    steps.READY: "decision",
    **dict.fromkeys(steps.FINAL, "ended"),
}
STAGE_NAMES = {
    "check": _("Checking the file"),
    "team": _("Finding a team"),
    "review": _("In review"),
    "consensus": _("Consensus"),
    "decision": _("Decision"),
    "ended": _("Ended"),
}
TARGET_OF = {  # by when a stage is over, as a name of `clock.TARGETS`
    "check": "eligibility",
    "team": "team",
    "review": "reviews",
    "consensus": "consensus",
    "decision": "decision",
}
NEXT = {
    steps.DRAFT: _("The applicant writes."),
    steps.SUBMITTED: _("A coordinator takes it up."),
    steps.IN_CHECK: _("The coordinator checks the file."),
    steps.RETURNED: _("The applicant completes it."),
    steps.ASSIGNING: _("The coordinator finds two assessors and a lead."),
    steps.IN_REVIEW: _("The assessors write their reviews."),
    steps.CLARIFICATION: _("The applicant answers."),
    steps.CONSENSUS: _("The lead compares and writes the report."),
    steps.THIRD_REVIEW: _("A third assessor writes a review."),
    steps.READY: _("The panel decides."),
    **dict.fromkeys(steps.FINAL, _("Nothing more.")),
}
