"""Where the network suspends labels, confirms and lifts that, and revokes them."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.workflow import unmet
from quality_label.actions.label_end import revoke_label
from quality_label.actions.label_suspension import confirm_suspension, lift_label, suspend_label
from quality_label.forms.labels import LiftForm, RevokeForm, SuspendForm
from quality_label.forms.steps import StepForm
from quality_label.health import signals_of
from quality_label.permissions import may_revoke_label, may_suspend_label
from quality_label.views import steps
from quality_label.views.seen import label_seen

FORMS = {
    "suspend": SuspendForm,
    "confirm": StepForm,
    "lift": LiftForm,
    "revoke": RevokeForm,
    "revoke_by_order": RevokeForm,
}


@require_safe
@requires(may_suspend_label, of=label_seen)
def label(request, label):
    """Show a label with the steps that are open to the reader."""
    return show(request, label)


def show(request, label, *, forms=None, status=200):
    """Show it with the forms of the open steps."""
    suspension = label.suspension if label.is_suspended else None
    may_revoke = suspension and may_revoke_label(label, request.user)
    context = {
        "label": label,
        "organiser": label.organiser,
        "signals": signals_of(label) if label.is_standing else [],
        "suspension": suspension,
        "past": [one for one in label.suspensions.select_related("suspended_by") if one != suspension],
        "check_ins": label.check_ins.exclude(sent_at=None),
        "must_wait": unmet(label.revoke) if may_revoke else [],
        "forms": steps.open_forms(label, request.user, FORMS, forms),
    }
    return render(request, "quality_label/label.html", context, status=status)


def take_step(request, label, name, act, said):
    """Take a step with what its form says; show that form again where it is not possible."""
    return steps.take_step(
        request,
        FORMS[name](request.POST, row=label, prefix=name),
        act,
        said,
        show=show,
        fetch=lambda: label_seen(request.user, label.key),
        place=reverse("quality_label:label", args=[label.key]),
    )


@require_POST
@requires(may_suspend_label, of=label_seen)
def label_suspend(request, label):
    """Suspend a label."""
    return take_step(request, label, "suspend", suspend_label, _("The label is suspended, and the owners are told."))


@require_POST
@requires(may_revoke_label, of=label_seen)
def label_confirm(request, label):
    """Let the suspension stay."""
    return take_step(request, label, "confirm", confirm_suspension, _("The suspension is confirmed."))


@require_POST
@requires(may_suspend_label, of=label_seen)
def label_lift(request, label):
    """Let it hold again."""
    return take_step(request, label, "lift", lift_label, _("The label holds again, and the owners are told."))


@require_POST
@requires(may_revoke_label, of=label_seen)
def label_revoke(request, label):
    """Take it away for good."""
    name = "revoke_by_order" if label.is_standing else "revoke"
    return take_step(request, label, name, revoke_label, _("The label is revoked, and the owners are told."))
