"""Checking organisers, as the people of the network see it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from organisers.actions import (
    ask_for_information,
    grant_second_look,
    reject_verification,
    take_up_verification,
    verify_organiser,
)
from organisers.actions.verification import second_coordinators
from organisers.forms.verification import QuestionForm, RejectForm, SecondLookForm, VerifyForm
from organisers.models import Suspension, VerificationCase
from organisers.permissions import (
    may_check,
    may_grant_second_look,
    may_see_verification,
    may_see_verifications,
    may_suspend,
    may_take_verification,
)
from organisers.views.seen import case_seen
from portal.access import requires
from portal.files.responses import private_response
from portal.ui.steps import carry_out

QUEUES = {
    "": (gettext_lazy("All open"), lambda case, user: True),
    "waiting": (gettext_lazy("Waiting"), lambda case, user: case.is_waiting),
    "mine": (gettext_lazy("Mine"), lambda case, user: case.coordinator_id == user.pk),
    "questions": (gettext_lazy("Open questions"), lambda case, user: case.has_open_question),
    "overdue": (gettext_lazy("Overdue"), lambda case, user: case.is_overdue),
}


@require_safe
@requires(may_see_verifications)
def queue(request):
    """List the checks that are open, the most urgent first, the second looks asked for, and who is suspended."""
    cases = VerificationCase.objects.with_words().with_questions().overseen_by(request.user)
    found = sorted(cases.open(), key=lambda case: (case.target_on, case.pk))
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in QUEUES else ""
    context = {
        "cases": [case for case in found if QUEUES[chosen][1](case, request.user)],
        "filters": [
            {
                "url": f"?show={name}" if name else request.path,
                "name": label,
                "count": sum(holds(case, request.user) for case in found),
                "current": name == chosen,
            }
            for name, (label, holds) in QUEUES.items()
        ],
        "second_looks": cases.awaiting_second_look(),
        "suspensions": Suspension.objects.with_words().in_force().overseen_by(request.user),
    }
    return render(request, "organisers/verification_queue.html", context)


def show_to_network(request, case, *, forms=None, status=200):
    """Show what was filed beside the profile, with the forms of the steps that are open to the reader."""
    steps = {step.name for step in case.get_available_user_state_transitions(request.user)}
    seen = {"seen": case.version}
    blank = {
        "ask": QuestionForm(prefix="ask", initial=seen),
        "verify": VerifyForm(prefix="verify", initial=seen, case=case),
        "reject": RejectForm(prefix="reject", initial=seen),
    }
    if "grant_second_look" in steps:
        blank["grant_second_look"] = SecondLookForm(people=second_coordinators(case))
    context = {
        "case": case,
        "organiser": case.organiser,
        "steps": steps,
        "forms": {name: form for name, form in blank.items() if name in steps} | (forms or {}),
        "documents": case.documents.select_related("file"),
        "former": case.organiser.verifications.exclude(pk=case.pk),
        "is_acting": may_check(case, request.user) and case.coordinator_id not in {None, request.user.pk},
        "may_suspend": case.organiser.may_operate and may_suspend(case.organiser, request.user),
    }
    return render(request, "organisers/verification_check.html", context, status=status)


def take_step(request, case, name, form, act, said):
    """Take a step with what its form says; show that form again where it is not possible."""

    def again(status):
        return show_to_network(request, case_seen(request.user, case.key), forms={name: form}, status=status)

    return carry_out(request, case, form, act, said, again=again)


@require_POST
@requires(may_take_verification, of=case_seen)
def case_take(request, case):
    """Take a case up."""
    case = take_up_verification(case, by=request.user)
    messages.success(request, _("You check this organiser now. It sees that somebody does."))
    return redirect(case)


@require_POST
@requires(may_check, of=case_seen)
def case_ask(request, case):
    """Ask the organiser something."""
    typed = request.POST.dict() | {"ask-about": request.POST.getlist("ask-about")}
    form = QuestionForm(typed, prefix="ask", initial={"seen": case.version})
    return take_step(request, case, "ask", form, ask_for_information, _("The owners are asked, and have 30 days."))


@require_POST
@requires(may_check, of=case_seen)
def case_verify(request, case):
    """Verify the organiser."""
    typed = request.POST.dict() | {"verify-checks": request.POST.getlist("verify-checks")}
    form = VerifyForm(typed, prefix="verify", initial={"seen": case.version}, case=case)
    return take_step(request, case, "verify", form, verify_organiser, _("The organiser is verified and told so."))


@require_POST
@requires(may_check, of=case_seen)
def case_reject(request, case):
    """Say that the organiser could not be verified."""
    form = RejectForm(request.POST.dict(), prefix="reject", initial={"seen": case.version})
    return take_step(request, case, "reject", form, reject_verification, _("The owners are told, with your words."))


@require_POST
@requires(may_grant_second_look, of=case_seen)
def case_grant(request, case):
    """Give a case to somebody else."""
    form = SecondLookForm(request.POST, people=second_coordinators(case))
    said = _("The case is with somebody else now.")
    return take_step(request, case, "grant_second_look", form, grant_second_look, said)


@require_safe
@requires(may_see_verification, of=case_seen)
def case_document(request, case, document):
    """Send a paper to somebody who may follow the check."""
    return private_response(get_object_or_404(case.documents.select_related("file"), key=document).file)
