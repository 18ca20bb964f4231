"""Handing in, completing and answering: what goes from an organiser to the network."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal import clock
from portal.access import requires
from portal.asked import wants_json
from portal.workflow import Stale, StepRefused
from quality_label.actions import (
    resend_application,
    save_reply,
    send_replies,
    submit_application,
    take_more_time,
)
from quality_label.actions.submission import NothingToSend, NotReady
from quality_label.clock import DECISION
from quality_label.forms.sending import ConfirmForm, ReplyForm
from quality_label.permissions import may_edit_application, may_manage_application
from quality_label.readiness import readiness_of
from quality_label.views.own_form import first_fault
from quality_label.views.own_seen import own_application, write_down_refusal


@requires(may_manage_application, of=own_application)
def own_submit(request, application):
    """Show the gates, and hand the application in once the name of who signs is typed again."""
    if application.was_submitted:
        messages.info(request, _("Handed in already: %(reference)s.") % {"reference": application.reference})
        return redirect("quality_label:own", application.organiser.slug)
    name = application.content_by_place().get("signatory", {}).get("name", "")
    form = ConfirmForm(request.POST or None, name=name)
    if request.method != "POST":
        return show_submit(request, application, form)
    if readiness_of(application, clock.today()).shut:
        return show_submit(request, application, ConfirmForm(initial=request.POST.dict(), name=name), status=422)
    if not form.is_valid():
        return show_submit(request, application, form, status=422)
    try:
        application = submit_application(application, by=request.user, **form.cleaned_data)
    except NotReady as refusal:
        return show_submit(request, application, form, readiness=refusal.readiness, status=422)
    messages.success(
        request,
        _("Handed in as %(reference)s. The network decides by %(day)s.")
        % {"reference": application.reference, "day": date_format(application.days().due_on)},
    )
    return redirect("quality_label:own", application.organiser.slug)


def show_submit(request, application, form, *, readiness=None, status=200):
    context = {
        "organiser": application.organiser,
        "application": application,
        "readiness": readiness or readiness_of(application, clock.today()),
        "form": form,
        "days": DECISION,
    }
    return render(request, "quality_label/own_submit.html", context, status=status)


@require_POST
@requires(may_manage_application, of=own_application)
def own_resend(request, application):
    """Hand in what was missing."""
    try:
        application = resend_application(application, by=request.user)
    except NothingToSend as refusal:
        return render(request, "422.html", {"reasons": refusal.reasons}, status=422)
    messages.success(request, _("What was missing is with the network. Your days go on."))
    return redirect("quality_label:own", application.organiser.slug)


@requires(may_edit_application, of=own_application)
def own_replies(request, application):
    """Show the questions; keep answers as they are typed, and send them all at once."""
    open_round = application.clarifications.unanswered().first()
    questions = list(open_round.questions.select_related("evidence")) if open_round else []
    if request.method != "POST":
        if not questions:
            return redirect("quality_label:own", application.organiser.slug)
        forms = [ReplyForm(question=question) for question in questions]
        return show_replies(request, application, open_round, forms)
    if not open_round:
        return too_late(request, application)
    forms = [ReplyForm(request.POST, question=question) for question in questions]
    if not all(form.is_valid() for form in forms):
        return show_replies(request, application, open_round, forms, status=422)
    try:
        kept = [save_reply(form.question, by=request.user, **form.cleaned_data) for form in forms]
        if wants_json(request):
            return JsonResponse({"said": _("Saved"), "fields": {f"q{one.pk}-seen": one.version for one in kept}})
        if "send" in request.POST:
            send_replies(application, by=request.user)
    except NothingToSend as refusal:
        return show_replies(request, application, open_round, fresh(forms), reasons=refusal.reasons, status=422)
    except Stale as stale:
        write_down_refusal(request)
        return both_shown(request, application, open_round, forms, stale)
    except StepRefused as refusal:
        write_down_refusal(request)
        return show_replies(request, application, open_round, forms, reasons=refusal.reasons, status=409)
    if "send" not in request.POST:
        messages.success(request, _("Saved. Nothing is sent yet."))
        return redirect("quality_label:own-replies", application.organiser.slug)
    messages.success(request, _("Your answers are with the network. Your days go on."))
    return redirect("quality_label:own", application.organiser.slug)


def fresh(forms):
    """Return the forms as they were kept, so that they name the version that stands there now."""
    for form in forms:
        form.question.refresh_from_db()
    return [ReplyForm(question=form.question) for form in forms]


def both_shown(request, application, open_round, forms, stale):
    """Show what somebody else answered beside what was typed; to send again takes the place of it."""
    data = request.POST.copy()
    theirs = {}
    for form in forms:
        form.question.refresh_from_db()
        data[form.add_prefix("seen")] = str(form.question.version)
        if form.question.answer != form.cleaned_data["words"]:
            theirs[form.question.pk] = form.question.answer
    forms = [ReplyForm(data, question=form.question) for form in forms]
    more = {"reasons": stale.reasons, "theirs": theirs}
    return show_replies(request, application, open_round, forms, status=409, **more)


def too_late(request, application):
    """Say that the time is over, with what was typed."""
    write_down_refusal(request)
    typed = [value for name, value in request.POST.items() if name.endswith("-words") and value]
    context = {"organiser": application.organiser, "application": application, "typed": typed}
    return render(request, "quality_label/own_too_late.html", context, status=409)


def show_replies(request, application, open_round, forms, *, status=200, reasons=(), theirs=None):
    if wants_json(request):
        faults = [first_fault(form) for form in forms if form.errors]
        return JsonResponse({"said": " ".join(map(str, reasons)) or faults[0]}, status=status)
    context = {
        "organiser": application.organiser,
        "application": application,
        "round": open_round,
        "forms": [(form, (theirs or {}).get(form.question.pk)) for form in forms],
        "criteria": application.rules.criteria,
        "reasons": reasons,
        "may_send": may_manage_application(application, request.user),
    }
    return render(request, "quality_label/own_replies.html", context, status=status)


@require_POST
@requires(may_manage_application, of=own_application)
def own_more_time(request, application):
    """Take seven more days for the answers."""
    application = take_more_time(application, by=request.user)
    messages.success(
        request, _("You have time until %(day)s. Your days stand still.") % {"day": date_format(application.answer_by)}
    )
    return redirect("quality_label:own-replies", application.organiser.slug)
