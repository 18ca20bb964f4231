"""Where the network doubts training badges, and where their holders are heard."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import requires
from portal.ui.steps import carry_out
from portal.workflow import StepRefused, unmet
from quality_label.actions.hearing import answer_hearing, declare_void, drop_hearing, open_hearing
from quality_label.forms.training import AnswerForm, CloseForm, HearingForm
from quality_label.models import Hearing
from quality_label.permissions import may_answer_hearing, may_close_hearing, may_hear, may_see_hearing

SHOWN = 50


def hearing_seen(user, key) -> Hearing:
    """Fetch a hearing that a person may read."""
    return get_object_or_404(Hearing.objects.with_words().visible_to(user), key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_hear)
def hearings(request):
    """List the hearings, the running ones first, and open one."""
    form = HearingForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            hearing = open_hearing(form.cleaned_data["whose"], words=form.cleaned_data["words"], by=request.user)
            messages.success(request, _("The hearing is open, and the holder is told."))
            return redirect(hearing)
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
            status = 409
    found = Hearing.objects.with_words()
    context = {
        "form": form,
        "running": found.running(),
        "closed": found.exclude(pk__in=Hearing.objects.running().values("pk"))[:SHOWN],
    }
    return render(request, "quality_label/hearing_list.html", context, status=status)


@require_safe
@requires(may_see_hearing, of=hearing_seen)
def hearing(request, hearing):
    """Show a hearing with what its reader can do."""
    return show(request, hearing)


def show(request, hearing, *, forms=None, status=200):
    """Show it with the forms of the open steps; one that was sent and not taken has everything that was typed."""
    steps = {step.name for step in hearing.get_available_user_state_transitions(request.user)}
    may_close = hearing.is_running and may_close_hearing(hearing, request.user)
    blank = {
        "answer": AnswerForm(hearing=hearing, prefix="answer") if "give_answer" in steps else None,
        "void": CloseForm(hearing=hearing, prefix="void") if "declare_void" in steps else None,
        "drop": CloseForm(hearing=hearing, prefix="drop") if "drop" in steps else None,
    }
    context = {
        "hearing": hearing,
        "assertion": hearing.assertion,
        "forms": blank | (forms or {}),
        "must_wait": unmet(hearing.declare_void) if may_close else [],
        "is_mine": may_answer_hearing(hearing, request.user),
    }
    return render(request, "quality_label/hearing.html", context, status=status)


def take_step(request, hearing, name, form, act, said):
    """Take a step with what its form says; show that form again where it is not possible."""

    def again(status):
        return show(request, hearing_seen(request.user, hearing.key), forms={name: form}, status=status)

    return carry_out(request, hearing, form, act, said, again=again)


@require_POST
@requires(may_answer_hearing, of=hearing_seen)
def hearing_answer(request, hearing):
    """Answer."""
    form = AnswerForm(request.POST, hearing=hearing, prefix="answer")
    return take_step(request, hearing, "answer", form, answer_hearing, _("Your answer is with the network."))


@require_POST
@requires(may_close_hearing, of=hearing_seen)
def hearing_void(request, hearing):
    """Declare the badge void."""
    form = CloseForm(request.POST, hearing=hearing, prefix="void")
    return take_step(request, hearing, "void", form, declare_void, _("The badge is void, and its holder is told."))


@require_POST
@requires(may_close_hearing, of=hearing_seen)
def hearing_drop(request, hearing):
    """Let the badge stand."""
    form = CloseForm(request.POST, hearing=hearing, prefix="drop")
    return take_step(request, hearing, "drop", form, drop_hearing, _("The badge stands, and its holder is told."))
