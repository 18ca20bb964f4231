"""Gathering questions to the applicant at the desks of the assessors."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import requires
from portal.workflow import StepRefused
from quality_label import actions
from quality_label.actions.clarification import gathered, gathering_ends_on
from quality_label.forms.desk import QuestionForm
from quality_label.permissions import may_see_desk
from quality_label.views.seen import desk_seen


@requires(may_see_desk, of=desk_seen)
def questions(request, assignment):
    """Show what was asked and answered and what is gathered, and take one more."""
    application = assignment.application
    form, status = QuestionForm(request.POST or None, application=application), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.add_question(application, by=request.user, **form.cleaned_data)
                messages.success(request, _("The question is added."))
                return redirect("quality_label:desk-questions", assignment.key)
            except StepRefused as refused:
                form.add_error(None, refused.reasons)
                status = 409
    round_ = gathered(application)
    context = {
        "assignment": assignment,
        "application": application,
        "form": form,
        "round": round_,
        "until": gathering_ends_on(round_) if round_ else None,
        "asked": application.clarifications.sent().prefetch_related("questions"),
        "gathered": round_.questions.select_related("evidence") if round_ else [],
    }
    return render(request, "quality_label/desk_questions.html", context, status=status)


@require_POST
@requires(may_see_desk, of=desk_seen)
def no_more(request, assignment):
    """Say that there is nothing more to ask."""
    actions.have_no_more_questions(assignment, by=request.user)
    messages.success(request, _("The lead sees that you have no more questions."))
    return redirect("quality_label:desk-questions", assignment.key)
