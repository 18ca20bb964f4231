"""The report of a decision, as the applicant reads it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from quality_label.actions.decision import correct_facts
from quality_label.documents import report_pdf as pdf_of
from quality_label.documents import shown_report
from quality_label.forms.decision import CorrectionForm
from quality_label.permissions import may_correct_facts, may_edit_application, may_read_report
from quality_label.views.seen import decision_seen, earlier_decision_seen


@require_safe
@requires(may_read_report, of=decision_seen)
def report(request, decision):
    """Show what was decided and why."""
    return show(request, decision)


@require_safe
@requires(may_read_report, of=earlier_decision_seen)
def report_before(request, decision):
    """Show what was decided before another round replaced it."""
    return show(request, decision)


def show(request, decision, *, form=None, status=200):
    """Show the report, with a form for who may correct its facts."""
    if form is None and decision.may_be_corrected and may_correct_facts(decision, request.user):
        form = CorrectionForm(decision=decision)
    context = {
        "decision": decision,
        "application": decision.application,
        "form": form,
        "is_own": may_edit_application(decision.application, request.user),
        **shown_report(decision),
    }
    return render(request, "quality_label/report.html", context, status=status)


@require_safe
@requires(may_read_report, of=decision_seen)
def report_pdf(request, decision):
    """Send the report on paper."""
    response = HttpResponse(pdf_of(decision), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="report-{decision.application.reference}.pdf"'
    return response


@require_POST
@requires(may_correct_facts, of=decision_seen)
def report_correct(request, decision):
    """Take a correction of facts."""
    form = CorrectionForm(request.POST, decision=decision)
    if not form.is_valid():
        return show(request, decision, form=form, status=422)
    correct_facts(decision, by=request.user, **form.cleaned_data)
    messages.success(request, _("The coordinator has your correction."))
    return redirect(decision)
