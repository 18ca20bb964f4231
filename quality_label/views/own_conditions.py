"""Showing that a condition is met, in the workspace of the holder."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.ui.steps import carry_out
from portal.workflow import StepRefused, unmet
from quality_label.actions.conditions import attach_to_condition, remove_from_condition, send_condition
from quality_label.forms.conditions import SendForm
from quality_label.forms.evidence import EvidenceForm
from quality_label.permissions import may_show_condition, may_write_at_condition
from quality_label.views.own_evidence import look_at
from quality_label.views.own_seen import own_condition as condition_of
from quality_label.views.own_seen import write_down_refusal
from quality_label.workflow.condition import has_new_evidence


@require_safe
@requires(may_write_at_condition, of=condition_of)
def own_condition(request, condition):
    """Show a condition with what is attached to it, and how the network found it."""
    return show(request, condition)


def show(request, condition, *, evidence=None, form=None, status=200):
    """Show it, with the forms for evidence and for sending it while something can be sent."""
    application, is_open = condition.application, not unmet_but_for_evidence(condition)
    removable = set(condition.removable().values_list("pk", flat=True))
    may_send = is_open and may_show_condition(condition, request.user)
    context = {
        "organiser": application.organiser,
        "condition": condition,
        "attached": [(item, item.pk in removable and is_open) for item in condition.attached.kept()],
        "evidence": evidence or (blank_evidence(condition) if is_open else None),
        "form": form or (SendForm(row=condition, prefix="send") if may_send and removable else None),
        "must_wait": unmet_but_for_evidence(condition) if not condition.is_over and not condition.is_sent else [],
    }
    return render(request, "quality_label/own_condition.html", context, status=status)


def unmet_but_for_evidence(condition) -> list:
    """Return why nothing can be sent now, besides that nothing is attached."""
    return [reason for reason in unmet(condition.send) if reason != has_new_evidence.reason]


def blank_evidence(condition) -> EvidenceForm:
    return EvidenceForm(application=condition.application, codes={condition.code})


@require_POST
@requires(may_write_at_condition, of=condition_of)
def own_condition_attach(request, condition):
    """Attach evidence."""
    form = EvidenceForm(request.POST, request.FILES, application=condition.application, codes={condition.code})
    if not form.is_valid():
        return show(request, condition, evidence=form, status=422)
    seen_on, fault = look_at(form, by=request.user)
    try:
        attach_to_condition(condition, by=request.user, seen_on=seen_on, **form.facts())
    except StepRefused as refusal:
        write_down_refusal(request)
        form.add_error(None, refusal.reasons)
        form.ask_for_file_again()
        return show(request, condition, evidence=form, status=409)
    except ValidationError as disk_is_full:
        form.add_error("file", disk_is_full)
        return show(request, condition, evidence=form, status=422)
    messages.success(request, _("The evidence is attached."))
    if fault:
        messages.warning(request, _("But the page did not open when the portal looked: %(reason)s") % {"reason": fault})
    return redirect(condition.own_url)


@require_POST
@requires(may_write_at_condition, of=condition_of)
def own_condition_remove(request, condition, key):
    """Take evidence away that was not sent."""
    remove_from_condition(get_object_or_404(condition.attached.kept(), key=key), by=request.user)
    messages.success(request, _("The evidence is taken away."))
    return redirect(condition.own_url)


@require_POST
@requires(may_show_condition, of=condition_of)
def own_condition_send(request, condition):
    """Send what is attached."""
    form = SendForm(request.POST, row=condition, prefix="send")

    def again(status):
        fresh = condition_of(request.user, condition.application.organiser.slug, condition.code)
        return show(request, fresh, form=form, status=status)

    said = _("It is sent. The network checks it, and you hear from it.")
    return carry_out(request, condition, form, send_condition, said, again=again, place=condition.own_url)
