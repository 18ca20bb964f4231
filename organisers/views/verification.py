"""Being verified, as the members of an organiser see it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisers.actions import (
    answer_question,
    ask_for_second_look,
    cancel_verification,
    report_change,
    request_verification,
)
from organisers.actions.verification import reasons_against_request
from organisers.forms.verification import AnswerForm, ChangeForm, RequestForm, profile_gaps
from organisers.models import VALUES_VERSION
from organisers.permissions import (
    may_ask_for_second_look,
    may_ask_for_verification,
    may_cancel_verification,
    may_enter,
    may_manage,
    may_manage_verification,
    may_see_verification,
)
from organisers.views.checking import show_to_network
from organisers.views.route import route_of
from organisers.views.seen import case_seen, organiser_seen
from portal.access import requires


@require_safe
@requires(may_enter, of=organiser_seen)
def verification(request, organiser):
    """Say what an organiser stands at, what is next, and what was before."""
    cases = list(organiser.verifications.with_questions())
    latest = cases[0] if cases else None
    context = {
        "organiser": organiser,
        "case": latest,
        "cases": cases,
        "stops": route_of(organiser, latest),
        "may_manage": may_manage(organiser, request.user),
        "reasons": reasons_against_request(organiser),
        "suspensions": organiser.suspensions.all(),
    }
    return render(request, "organisers/verification.html", context)


@requires(may_ask_for_verification, of=organiser_seen)
def verification_request(request, organiser):
    """Ask to be verified."""
    if request.method != "POST" and reasons_against_request(organiser):
        return redirect("organisers:verification", organiser.slug)
    form = RequestForm(request.POST or None, request.FILES or None, organiser=organiser)
    if form.is_bound and form.is_valid():
        case = file_papers(form, request_verification, organiser, by=request.user, **form.facts())
        if case:
            messages.success(request, _("Your request is with the network. You get a mail when they answer."))
            return redirect(case)
    return show_request(request, organiser, form, "organisers/verification_request.html")


@requires(may_ask_for_verification, of=organiser_seen)
def verification_change(request, organiser):
    """Report a change of name, kind or country."""
    if request.method != "POST" and not (organiser.is_verified and not organiser.verifications.open().exists()):
        return redirect("organisers:verification", organiser.slug)
    form = ChangeForm(request.POST or None, request.FILES or None, organiser=organiser)
    if form.is_bound and form.is_valid():
        case = file_papers(form, report_change, organiser, form.changes(), by=request.user, **form.facts())
        if case:
            messages.success(request, _("The network checks the change. Until then everything stays as it is."))
            return redirect(case)
    return show_request(request, organiser, form, "organisers/verification_change.html")


def show_request(request, organiser, form, template):
    place = organiser.verification_url
    context = {"organiser": organiser, "form": form, "place": place, "values_version": VALUES_VERSION}
    context["gaps"] = profile_gaps(organiser)
    return render(request, template, context, status=422 if form.is_bound else 200)


def file_papers(form, act, *subject, **facts):
    """Carry out an act that keeps the papers of a form; return None, with an error on the form, on a full disk."""
    try:
        return act(*subject, files=form.papers(), **facts)
    except ValidationError as disk_is_full:
        form.add_error("paper", disk_is_full)
        return None


@require_safe
@requires(may_see_verification, of=case_seen)
def case(request, case):
    """Show a check to both sides, each with what it may do."""
    if may_enter(case.organiser, request.user):
        return show_to_members(request, case)
    return show_to_network(request, case)


def show_to_members(request, case, *, form=None, status=200):
    steps = {step.name for step in case.get_available_user_state_transitions(request.user)}
    context = {
        "organiser": case.organiser,
        "place": case.organiser.verification_url,
        "case": case,
        "stops": route_of(case.organiser, case),
        "documents": case.documents.select_related("file"),
        "steps": steps,
        "form": form or (AnswerForm() if "answer" in steps else None),
    }
    return render(request, "organisers/verification_case.html", context, status=status)


@require_POST
@requires(may_manage_verification, of=case_seen)
def case_answer(request, case):
    """Answer what the network asked."""
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid() and file_papers(form, answer_question, case, words=form.cleaned_data["words"], by=request.user):
        messages.success(request, _("Your answer is with the network."))
        return redirect(case)
    return show_to_members(request, case, form=form, status=422)


@require_POST
@requires(may_cancel_verification, of=case_seen)
def case_cancel(request, case):
    """Take a request back."""
    case = cancel_verification(case, by=request.user)
    messages.success(request, _("The request is taken back. You can ask again whenever you like."))
    return redirect(case.organiser.verification_url)


@require_POST
@requires(may_ask_for_second_look, of=case_seen)
def case_look_again(request, case):
    """Ask that somebody else look at a decision."""
    case = ask_for_second_look(case, by=request.user)
    messages.success(request, _("The admins of the network are asked to have somebody else look at it."))
    return redirect(case)
