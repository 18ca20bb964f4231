"""Reporting a page, and the desk that answers."""

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from organisers.permissions import may_manage
from organisers.views.seen import organiser_seen
from portal.access import public, requires
from portal.asked import words_asked
from portal.ui.steps import carry_out
from portal.workflow import StepRefused
from reports.actions import (
    close_report,
    decide_objection,
    note_on_report,
    object_to_report,
    report_page,
    take_up_report,
)
from reports.forms import CloseForm, DecisionForm, NoteForm, ObjectionForm, ReportForm
from reports.models import Report
from reports.permissions import (
    is_concerned,
    may_close,
    may_decide_objection,
    may_judge,
    may_note,
    may_object,
    may_see,
    may_see_desk,
)
from reports.subjects import subject_at

LIMITS = {"report": "10/h/ip,40/d/ip"}
PAGE_SIZE = 50
TOO_MANY = gettext_lazy("Too many reports came from here today. Keep your words and try again later.")


@public
def report_create(request):
    """Take down what somebody reports of a page."""
    subject = subject_at(words_asked(request.POST or request.GET, "page"), request.user)
    if subject is None:
        raise Http404
    person = request.user if request.user.is_authenticated else None
    form = ReportForm(request.POST or None, person=person, initial={"reason": request.GET.get("reason")})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        report, status = sent(request, subject, form, person)
        if report:
            said = _("Thank you. Your report is with the network, and is answered by %(day)s.")
            messages.success(request, said % {"day": date_format(report.promised_on)})
            return redirect(report if person else subject.path)
    days = {"days": Report.PROMISED_DAYS, "days_unsafe": Report.PROMISED_DAYS_UNSAFE}
    return render(request, "reports/report_form.html", {"form": form, "subject": subject} | days, status=status)


def sent(request, subject, form, person) -> tuple[Report | None, int]:
    """Send a report; where it is not taken, its form says why and keeps what was typed."""
    if not consume(request, app="reports", action="report", config=LIMITS):
        form.add_error(None, TOO_MANY)
        return None, 429
    try:
        return report_page(subject, by=person, **form.cleaned_data), 200
    except StepRefused as refused:
        form.add_error(None, refused.reasons)
        return None, 409


@require_safe
@requires(may_see_desk)
def queue(request):
    """List what waits for an answer, the oldest first, with objections; or what was answered."""
    is_past = request.GET.get("show") == "answered"
    reports = Report.objects.overseen_by(request.user).with_words()
    page = Paginator(reports.ended() if is_past else reports.open(), PAGE_SIZE).get_page(request.GET.get("page"))
    objections = [] if is_past else reports.objected()
    return render(request, "reports/queue.html", {"page": page, "is_past": is_past, "objections": objections})


def report_seen(user, key) -> Report:
    """Fetch a report that a person may read."""
    return get_object_or_404(Report.objects.with_words().visible_to(user), key=key)


@require_safe
@requires(may_see, of=report_seen)
def report(request, report):
    """Show a report to its writer, to the desk, and to those whose page it is, each with what they may do."""
    return show_report(request, report)


def show_report(request, report, *, forms=None, status=200):
    """Show a report, with the forms of the steps that are open to the reader."""
    steps = {step.name for step in report.get_available_user_state_transitions(request.user)}
    blank = {
        "add_note": NoteForm(prefix="note", initial={"words": report.note}),
        "close": CloseForm(prefix="close", report=report),
        "object": ObjectionForm(prefix="object"),
        "decide_objection": DecisionForm(prefix="decide"),
    }
    context = {
        "report": report,
        "steps": steps,
        "forms": {name: form for name, form in blank.items() if name in steps} | (forms or {}),
        "is_desk": may_judge(report, request.user),
        "is_concerned": is_concerned(report, request.user),
    }
    return render(request, "reports/report.html", context, status=status)


def take_step(request, report, name, form, act, said):
    """Take a step with what its form says; show that form again where it is not possible."""

    def again(status):
        return show_report(request, report_seen(request.user, report.key), forms={name: form}, status=status)

    return carry_out(request, report, form, act, said, again=again)


@require_POST
@requires(may_judge, of=report_seen)
def report_take(request, report):
    """Take a report up."""
    report = take_up_report(report, by=request.user)
    messages.success(request, _("You look at this now. Those whose page it is are told, without a name."))
    return redirect(report)


@require_POST
@requires(may_note, of=report_seen)
def report_note(request, report):
    """Tell the desk one's side."""
    form = NoteForm(request.POST, prefix="note")
    return take_step(request, report, "add_note", form, note_on_report, _("Your words are with the network."))


@require_POST
@requires(may_close, of=report_seen)
def report_close(request, report):
    """Answer a report."""
    form = CloseForm(request.POST, prefix="close", report=report)
    return take_step(request, report, "close", form, close_report, _("It is answered, and everybody is told."))


@require_POST
@requires(may_object, of=report_seen)
def report_object(request, report):
    """Object to what was taken off."""
    form = ObjectionForm(request.POST, prefix="object")
    said = _("Your objection is with the network. Somebody else decides on it.")
    return take_step(request, report, "object", form, object_to_report, said)


@require_POST
@requires(may_decide_objection, of=report_seen)
def report_decide(request, report):
    """Decide on an objection."""
    form = DecisionForm(request.POST, prefix="decide")
    return take_step(request, report, "decide_objection", form, decide_objection, _("It is decided for good."))


@require_safe
@requires(may_manage, of=organiser_seen)
def workspace(request, organiser):
    """List what was reported about an organiser's pages, for its owners."""
    reports = Paginator(Report.objects.about(organiser).with_words(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "reports/workspace.html", {"organiser": organiser, "page": reports})
