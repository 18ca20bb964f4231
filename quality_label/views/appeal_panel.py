"""Deciding on an appeal: what its panel reads, its votes, and the comment of the side that decided."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.workflow import StepRefused, unmet
from quality_label.actions.appeal import comment_on_appeal, declare_for_appeal
from quality_label.actions.appeal_decision import vote_on_appeal
from quality_label.conflicts import QUESTIONS
from quality_label.forms.appeals import AppealVoteForm, CommentForm
from quality_label.forms.decision import DeclarationForm
from quality_label.models import Appeal, AppealSeat
from quality_label.permissions import may_comment_on_appeal, may_read_appeal, may_vote_on_appeal
from quality_label.views import steps
from quality_label.views.panel import file_of


def appeal_read(user, key) -> Appeal:
    """Fetch an appeal for its panel, and for who is asked to comment on it."""
    appeal = get_object_or_404(Appeal.objects.with_words().exclude(admitted_on=None), key=key)
    if not may_read_appeal(appeal, user):
        raise Http404
    return appeal


def own_appeal_seat(user, key) -> AppealSeat:
    """Fetch the seat that a person holds in the panel of an appeal; 404 for those without one."""
    seats = AppealSeat.objects.select_related("appeal__application__organiser", "appeal__application__framework")
    return get_object_or_404(seats, appeal__key=key, person=user.pk)


@require_safe
@requires(may_read_appeal, of=appeal_read)
def appeal_panel(request, appeal):
    """Show the panel what it decides on, and the side that decided what is held against it."""
    return show(request, appeal)


def show(request, appeal, *, forms=None, status=200):
    """Show it with the forms that are open to the reader; the file opens once they declared to have no tie."""
    seat = appeal.seats.standing().filter(person=request.user).select_related("appeal__application").first()
    blank = {}
    if seat and appeal.is_with_panel:
        blank = {"vote": AppealVoteForm(seat=seat)} if seat.is_declared else {"declare": DeclarationForm()}
    elif may_comment_on_appeal(appeal, request.user) and not unmet(appeal.comment):
        blank = {"comment": CommentForm(row=appeal, prefix="comment")}
    context = {
        "appeal": appeal,
        "organiser": appeal.application.organiser,
        "seat": seat,
        "forms": blank | (forms or {}),
        "suspension": appeal.suspension,
        "may_read": seat is None or seat.is_declared,
        "questions": [question for _excludes, question in QUESTIONS.values()],
    }
    if seat and seat.is_declared and appeal.is_with_panel and appeal.is_about_criteria:
        context |= file_of(appeal.application)
    return render(request, "quality_label/appeal_panel.html", context, status=status)


@require_POST
@requires(may_vote_on_appeal, of=own_appeal_seat)
def appeal_declare(request, seat):
    """Take somebody's declaration, before the file opens to them."""
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        return show(request, seat.appeal, forms={"declare": form}, status=422)
    seat = declare_for_appeal(seat, by=request.user, **form.cleaned_data)
    if seat.has_conflict:
        messages.success(request, _("Thank you. You do not take part in this decision."))
        return redirect("quality_label:judging")
    return redirect(seat.appeal.panel_url)


@require_POST
@requires(may_vote_on_appeal, of=own_appeal_seat)
def appeal_vote(request, seat):
    """Take a vote."""
    form = AppealVoteForm(request.POST, seat=seat)
    if not form.is_valid():
        return show(request, seat.appeal, forms={"vote": form}, status=422)
    try:
        vote_on_appeal(seat, by=request.user, **form.cleaned_data)
    except StepRefused as refused:
        form.add_error(None, refused.reasons)
        return show(request, appeal_read(request.user, seat.appeal.key), forms={"vote": form}, status=409)
    messages.success(request, _("Your vote is kept. You can change it until the decision is written down."))
    return redirect(seat.appeal.panel_url)


@require_POST
@requires(may_comment_on_appeal, of=appeal_read)
def appeal_comment(request, appeal):
    """Take the comment of the side that decided."""
    return steps.take_step(
        request,
        CommentForm(request.POST, row=appeal, prefix="comment"),
        comment_on_appeal,
        _("Your comment is with the panel and the applicant."),
        show=show,
        fetch=lambda: appeal_read(request.user, appeal.key),
        place=appeal.panel_url,
    )
