"""Appeals in the workspace of an applicant: lodging one, following it, answering and taking it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import requires
from portal.workflow import StepRefused
from quality_label.actions.appeal import answer_comment, lodge_appeal, withdraw_appeal
from quality_label.forms.appeals import AnswerForm, LodgeForm
from quality_label.forms.steps import StepForm
from quality_label.models import matters_of
from quality_label.permissions import (
    may_answer_comment,
    may_manage_application,
    may_see_own_appeal,
    may_withdraw_appeal,
)
from quality_label.views import steps
from quality_label.views.own_seen import own_appeal as appeal_of
from quality_label.views.own_seen import own_case

FORMS = {"answer": AnswerForm, "withdraw": StepForm}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_manage_application, of=own_case)
def own_appeal_lodge(request, application, subject):
    """Ask for the grounds of an appeal, and lodge it."""
    matter = next((one for one in matters_of(application) if one.subject == subject), None)
    if matter is None:
        raise Http404
    if matter.appeal:
        return redirect(matter.appeal.own_url)
    if not matter.is_open:
        raise StepRefused([_("Appeals against this were taken until %(day)s.") % {"day": date_format(matter.until)}])
    form, status = LodgeForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                appeal = lodge_appeal(application, subject=subject, by=request.user, **form.cleaned_data)
                messages.success(request, _("Your appeal is lodged. You hear from it within seven days."))
                return redirect(appeal.own_url)
            except StepRefused as refused:
                form.add_error(None, refused.reasons)
                status = 409
    context = {"organiser": application.organiser, "application": application, "matter": matter, "form": form}
    return render(request, "quality_label/own_appeal_lodge.html", context, status=status)


@require_safe
@requires(may_see_own_appeal, of=appeal_of)
def own_appeal(request, appeal):
    """Show the organiser's people how their appeal stands."""
    return show(request, appeal)


def show(request, appeal, *, forms=None, status=200):
    """Show it with the forms of the steps that are open to the reader."""
    context = {
        "organiser": appeal.application.organiser,
        "appeal": appeal,
        "forms": steps.open_forms(appeal, request.user, FORMS, forms),
    }
    return render(request, "quality_label/own_appeal.html", context, status=status)


def take_step(request, appeal, name, act, said):
    """Take a step with what its form says; show that form again where it is not possible."""
    return steps.take_step(
        request,
        FORMS[name](request.POST, row=appeal, prefix=name),
        act,
        said,
        show=show,
        fetch=lambda: appeal_of(request.user, appeal.application.organiser.slug, appeal.key),
        place=appeal.own_url,
    )


@require_POST
@requires(may_answer_comment, of=appeal_of)
def own_appeal_answer(request, appeal):
    """Answer to what the side that decided says."""
    return take_step(request, appeal, "answer", answer_comment, _("Your answer is with the panel."))


@require_POST
@requires(may_withdraw_appeal, of=appeal_of)
def own_appeal_withdraw(request, appeal):
    """Take the appeal back."""
    return take_step(request, appeal, "withdraw", withdraw_appeal, _("The appeal is withdrawn."))
