"""The six questions of the yearly check-in, and which answers somebody of the network looks at."""

from django.utils.translation import gettext_lazy as _

YES, NO = "yes", "no"
AS_PLANNED, LATER, STOPPED = "as_planned", "later", "stopped"
CHOICES = {  # by question: what can be chosen
    "changes": [(NO, _("no")), (YES, _("yes"))],
    "plan": [(AS_PLANNED, _("as planned")), (LATER, _("later than planned")), (STOPPED, _("it stopped"))],
    "complaints": [(NO, _("no")), (YES, _("yes"))],
    "data": [(NO, _("no")), (YES, _("yes"))],
}
QUESTIONS = {
    "changes": _("Did something change that matters: who you are, who judges evidence, where you issue?"),
    "people": _("Who looks after your badges now, and who is trained?"),
    "plan": _("How far is the plan that you applied with?"),
    "complaints": _("Did somebody complain about a badge, or did you take badges back?"),
    "data": _("Did data of learners get into wrong hands?"),
    "heard": _("What did learners or employers tell you about your badges?"),
}
RISKS = {"changes": YES, "plan": STOPPED, "complaints": YES, "data": YES}


def risks_in(answers: dict) -> list[str]:
    """Return the questions whose answers somebody of the network looks at."""
    return [code for code, risky in RISKS.items() if answers[code]["choice"] == risky]
