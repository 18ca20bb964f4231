"""The evidence of an application: attached, taken away, and sent to those who may look at it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.access import requires
from portal.fetching import TooOften, answers
from portal.files.responses import private_response
from portal.workflow import StepRefused
from quality_label.actions import (
    attach_evidence,
    checked_file,
    remove_evidence,
    replace_evidence,
    staying,
    widen_evidence,
)
from quality_label.forms.evidence import EvidenceForm
from quality_label.models import MOST_EVIDENCE
from quality_label.permissions import may_edit_application, may_see_evidence
from quality_label.views.own_seen import evidence_of, evidence_seen, own_application, write_down_refusal


@requires(may_edit_application, of=own_application)
def own_evidence(request, application):
    """List the evidence, and attach more."""
    codes = application.criteria_open_for_evidence()
    if request.method != "POST":
        wanted = request.GET.get("for", "")
        initial = {"criteria": [wanted]} if wanted in codes else {}
        return show_evidence(request, application, EvidenceForm(application=application, codes=codes, initial=initial))
    form = EvidenceForm(request.POST, request.FILES, application=application, codes=codes)
    if not form.is_valid():
        return show_evidence(request, application, form, status=422)
    seen_on, fault = look_at(form, by=request.user)
    try:
        attach = replace_evidence if application.takes_replacements else attach_evidence
        attach(application, by=request.user, seen_on=seen_on, **form.facts())
    except StepRefused as refusal:
        write_down_refusal(request)
        form.add_error(None, refusal.reasons)
        form.ask_for_file_again()
        return show_evidence(request, application, form, status=409)
    except ValidationError as disk_is_full:
        form.add_error("file", disk_is_full)
        return show_evidence(request, application, form, status=422)
    messages.success(request, _("The evidence is attached."))
    if fault:
        messages.warning(request, _("But the page did not open when the portal looked: %(reason)s") % {"reason": fault})
    return redirect("quality_label:own-evidence", application.organiser.slug)


def look_at(form, *, by):
    """Return the day on which the page of a link opened, or None with the reason why it did not."""
    if form.kind() != "link":
        return None, ""
    try:
        answer = answers(form.cleaned_data["address"], by=by)
    except TooOften as fault:
        return None, fault.reason
    return (clock.today(), "") if answer else (None, answer.reason)


def show_evidence(request, application, form, *, status=200):
    attached, codes = list(application.evidence.kept()), application.criteria_open_for_evidence()
    stay = staying(application, attached)
    context = {
        "organiser": application.organiser,
        "application": application,
        "form": form,
        "attached": [
            {
                "item": item,
                "may_go": item.pk not in stay,
                "why": stay.get(item.pk) if application.is_returned and codes & set(item.criteria) else "",
            }
            for item in attached
        ],
        "codes": codes,
        "wanted": request.GET.get("for", ""),
        "most": MOST_EVIDENCE,
    }
    return render(request, "quality_label/own_evidence.html", context, status=status)


@require_POST
@requires(may_edit_application, of=own_application)
def own_evidence_remove(request, application, key):
    """Take evidence away."""
    remove_evidence(evidence_of(application, key), by=request.user)
    messages.success(request, _("The evidence is taken away."))
    return redirect("quality_label:own-evidence", application.organiser.slug)


@require_POST
@requires(may_edit_application, of=own_application)
def own_evidence_widen(request, application, key):
    """Let evidence be about more criteria."""
    item = widen_evidence(evidence_of(application, key), request.POST.getlist("criteria"), by=request.user)
    messages.success(
        request,
        _("“%(title)s” is about %(criteria)s now.") % {"title": item.title, "criteria": ", ".join(item.criteria)},
    )
    return redirect("quality_label:own-evidence", application.organiser.slug)


@require_safe
@requires(may_see_evidence, of=evidence_seen)
def evidence(request, item):
    """Send a file to somebody who may follow the application."""
    return private_response(checked_file(item, by=request.user))
