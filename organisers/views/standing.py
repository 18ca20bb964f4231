"""Suspending organisers, and hearing them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisers.actions import (
    answer_suspension,
    confirm_suspension,
    lift_suspension,
    revoke_organiser,
    suspend_organiser,
)
from organisers.forms.standing import HearingForm, LiftForm, RevokeForm, SuspendForm
from organisers.models import Organiser
from organisers.permissions import (
    may_answer_suspension,
    may_confirm_suspension,
    may_enter,
    may_lift,
    may_revoke_organiser,
    may_see_suspension,
    may_suspend,
)
from organisers.views.seen import suspension_seen
from portal.access import requires
from portal.ui.steps import carry_out
from portal.workflow import unmet


def organiser_overseen(user, slug) -> Organiser:
    """Fetch an organiser that everybody may see, or 404."""
    return get_object_or_404(Organiser.objects.with_words().visible_to(user), slug=slug)


@requires(may_suspend, of=organiser_overseen)
def suspend(request, organiser):
    """Ask once, then suspend an organiser."""
    form = SuspendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        suspension = suspend_organiser(organiser, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is suspended, and its owners are told.") % {"name": organiser.name})
        return redirect(suspension)
    context = {"organiser": organiser, "form": form}
    return render(request, "organisers/suspend.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires(may_see_suspension, of=suspension_seen)
def suspension(request, suspension):
    """Show a suspension to both sides, each with what it may do."""
    return show_suspension(request, suspension)


def show_suspension(request, suspension, *, forms=None, status=200):
    steps = {step.name for step in suspension.get_available_user_state_transitions(request.user)}
    inside = may_enter(suspension.organiser, request.user)
    blank = {"answer": HearingForm(), "lift": LiftForm(prefix="lift"), "revoke": RevokeForm(prefix="revoke")}
    context = {
        "suspension": suspension,
        "organiser": suspension.organiser,
        "place": suspension.organiser.verification_url,
        "steps": steps - ({"confirm"} if suspension.confirm_by is None else set()),
        "forms": {name: form for name, form in blank.items() if name in steps} | (forms or {}),
        "hearing": unmet(suspension.revoke) if suspension.is_in_force and not inside else [],
    }
    template = "organisers/suspension_inside.html" if inside else "organisers/suspension.html"
    return render(request, template, context, status=status)


def take_step(request, suspension, name, form, act, said):
    """Take a step with what its form says; show that form again where it is not possible."""

    def again(status):
        return show_suspension(
            request, suspension_seen(request.user, suspension.key), forms={name: form}, status=status
        )

    return carry_out(request, suspension, form, act, said, again=again)


@require_POST
@requires(may_answer_suspension, of=suspension_seen)
def suspension_answer(request, suspension):
    """Be heard."""
    form = HearingForm(request.POST)
    return take_step(request, suspension, "answer", form, answer_suspension, _("Your answer is with the network."))


@require_POST
@requires(may_confirm_suspension, of=suspension_seen)
def suspension_confirm(request, suspension):
    """Stand up for what a coordinator did urgently."""
    suspension = confirm_suspension(suspension, by=request.user)
    messages.success(request, _("You confirmed the suspension."))
    return redirect(suspension)


@require_POST
@requires(may_lift, of=suspension_seen)
def suspension_lift(request, suspension):
    """Let the organiser act again."""
    form = LiftForm(request.POST, prefix="lift")
    said = _("The organiser may act again, and its owners are told.")
    return take_step(request, suspension, "lift", form, lift_suspension, said)


@require_POST
@requires(may_revoke_organiser, of=suspension_seen)
def suspension_revoke(request, suspension):
    """Shut the organiser out."""
    form = RevokeForm(request.POST, prefix="revoke")
    said = _("The organiser is shut out, and its owners are told.")
    return take_step(request, suspension, "revoke", form, revoke_organiser, said)
