"""Checking at the network whether a condition is met: an assessor of the case says so, its coordinator confirms it."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from quality_label.actions.conditions import (
    check_condition,
    confirm_condition,
    extend_condition,
    send_condition_back,
)
from quality_label.forms.conditions import CheckForm, SendBackForm
from quality_label.forms.steps import StepForm
from quality_label.models import Condition
from quality_label.permissions import may_check_condition, may_confirm_condition, may_see_condition
from quality_label.views import steps

FORMS = {
    "check_evidence": CheckForm,
    "confirm": StepForm,
    "send_back": SendBackForm,
    "extend": StepForm,
}


def condition_seen(user, key, code) -> Condition:
    """Fetch a condition of a decided case for those who check or confirm it."""
    found = Condition.objects.with_words().filter(application__key=key, code=code).order_by("pk").last()
    if found is None or not may_see_condition(found, user):
        raise Http404
    return found


@require_safe
@requires(may_see_condition, of=condition_seen)
def condition(request, condition):
    """Show a condition with what was sent, and the steps that are open to the reader."""
    return show(request, condition)


def show(request, condition, *, forms=None, status=200):
    """Show it with the forms of the open steps."""
    context = {
        "condition": condition,
        "organiser": condition.application.organiser,
        "attached": condition.evidence_to_see(),
        "judged": condition.application.consensus.filter(code=condition.code).first(),
        "forms": steps.open_forms(condition, request.user, FORMS, forms),
    }
    return render(request, "quality_label/condition.html", context, status=status)


def take_step(request, condition, name, act, said):
    """Take a step with what its form says; show that form again where it is not possible."""
    return steps.take_step(
        request,
        FORMS[name](request.POST, row=condition, prefix=name),
        act,
        said,
        show=show,
        fetch=lambda: condition_seen(request.user, condition.application.key, condition.code),
    )


@require_POST
@requires(may_check_condition, of=condition_seen)
def condition_check(request, condition):
    """Say what one thinks of what was sent."""
    return take_step(request, condition, "check_evidence", check_condition, _("The coordinator is told."))


@require_POST
@requires(may_confirm_condition, of=condition_seen)
def condition_confirm(request, condition):
    """Find it met."""
    return take_step(
        request, condition, "confirm", confirm_condition, _("The condition is met, and the owners are told.")
    )


@require_POST
@requires(may_confirm_condition, of=condition_seen)
def condition_send_back(request, condition):
    """Say what is missing."""
    return take_step(
        request, condition, "send_back", send_condition_back, _("It is sent back, and the owners are told.")
    )


@require_POST
@requires(may_confirm_condition, of=condition_seen)
def condition_extend(request, condition):
    """Give it 30 more days."""
    return take_step(
        request, condition, "extend", extend_condition, _("There are 30 more days, and the owners are told.")
    )
