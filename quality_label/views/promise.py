"""More days for a case, and answering for a promise that was broken; both by a network admin."""

from django.utils.translation import gettext as _

from portal.access import requires
from portal.workflow import StepRefused
from quality_label.actions.promise import explain_delay, extend_days
from quality_label.actions.rounds import reexamine
from quality_label.forms.cases import DelayForm, ExtendForm, ReexamineForm
from quality_label.permissions import may_extend
from quality_label.views.cases import posted, step_page
from quality_label.views.seen import case_seen, refuse_unless_open


@requires(may_extend, of=case_seen)
def case_extend(request, case):
    """Give a case more days."""
    refuse_unless_open(case.extend)
    form = ExtendForm(posted(request), case=case)
    words = {
        "title": _("Give it more days"),
        "lead": _(
            "Once, at most 30 days, and until six days before the promised one. The owners are told at once, and why."
        ),
        "button": _("Give it more days"),
    }
    return step_page(request, case, form, extend_days, _("The days are given, and the applicant is told."), words)


@requires(may_extend, of=case_seen)
def case_reexamine(request, case):
    """Have other people judge an application again whose label stays meanwhile."""
    refuse_unless_open(case.reexamine)
    form = ReexamineForm(posted(request), case=case)
    words = {
        "title": _("Have it judged again"),
        "lead": _(
            "For a conflict that was found after the decision, or a review that cannot be relied on. A new team judges "
            "everything in 45 days; the label stays until then, and follows what comes of it."
        ),
        "button": _("Have it judged again"),
    }
    return step_page(request, case, form, reexamine, _("The owners and the coordinator are told."), words)


@requires(may_extend, of=case_seen)
def case_explain(request, case):
    """Tell the applicant why the promise was broken."""
    if not case.owes_a_new_date:
        raise StepRefused([_("No promise was broken here.")])
    form = DelayForm(posted(request), case=case)
    words = {
        "title": _("Answer for the delay"),
        "lead": _("The promised day is over. The applicant is owed an apology, the reason and a new day."),
        "button": _("Tell the applicant"),
    }
    return step_page(request, case, form, explain_delay, _("The applicant is told."), words)
