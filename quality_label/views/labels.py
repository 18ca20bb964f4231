"""Where the network suspends labels, lifts that, and revokes them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.workflow import StepRefused
from quality_label.actions.label import lift_label, revoke_label, suspend_label
from quality_label.forms.decision import LabelStepForm
from quality_label.permissions import may_revoke_label, may_suspend_label
from quality_label.views.seen import label_seen


@require_safe
@requires(may_suspend_label, of=label_seen)
def label(request, label):
    """Show a label with the steps that are open to the reader."""
    return show(request, label)


def show(request, label, *, forms=None, status=200):
    """Show it with the forms of the open steps."""
    steps = {step.name for step in label.get_available_user_state_transitions(request.user)}
    names = [name for name in ["suspend", "lift", "revoke"] if name in steps]
    blank = {name: LabelStepForm(label=label, prefix=name) for name in names}
    context = {"label": label, "organiser": label.organiser, "forms": blank | (forms or {})}
    return render(request, "quality_label/label.html", context, status=status)


def carry_out(request, label, name, act, said):
    """Carry out a step; show the form again where that is not possible."""
    form = LabelStepForm(request.POST, label=label, prefix=name)
    if not form.is_valid():
        return show(request, label, forms={name: form}, status=422)
    try:
        label = act(label, by=request.user, **form.cleaned_data)
    except StepRefused as refused:
        form.add_error(None, refused.reasons)
        return show(request, label_seen(request.user, label.key), forms={name: form}, status=409)
    messages.success(request, said)
    return redirect("quality_label:label", label.key)


@require_POST
@requires(may_suspend_label, of=label_seen)
def label_suspend(request, label):
    """Suspend a label."""
    return carry_out(request, label, "suspend", suspend_label, _("The label is suspended, and the owners are told."))


@require_POST
@requires(may_suspend_label, of=label_seen)
def label_lift(request, label):
    """Let it hold again."""
    return carry_out(request, label, "lift", lift_label, _("The label holds again, and the owners are told."))


@require_POST
@requires(may_revoke_label, of=label_seen)
def label_revoke(request, label):
    """Take it away for good."""
    return carry_out(request, label, "revoke", revoke_label, _("The label is revoked, and the owners are told."))
