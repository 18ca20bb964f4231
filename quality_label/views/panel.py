"""Deciding on an application: the panel's page, its votes, and the coordinator's record."""

from dataclasses import asdict

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.workflow import Stale, StepRefused
from quality_label.actions.decision import (
    QUORUM,
    against_votes,
    cast_vote,
    declare_for_panel,
    invite_panel,
    left_to_invite,
    record_decision,
    send_back,
    tally,
)
from quality_label.actions.eligibility import require_declaration
from quality_label.conflicts import QUESTIONS
from quality_label.forms.decision import DecisionForm, DeclarationForm, SendBackForm, VoteForm
from quality_label.models import PanelSeat, Report
from quality_label.permissions import may_decide, may_declare, may_see_case, may_see_panel, may_vote
from quality_label.reports import consensus_score, missing, names_in, report_of
from quality_label.scores import shown
from quality_label.views.seen import case_seen, own_seat, panel_seen

OUTCOMES = dict(Report.OUTCOMES)


@require_safe
@requires(may_see_panel, of=panel_seen)
def panel(request, application):
    """Show the panel what it decides on, and who leads the case through what it voted; lead on to what came of it."""
    if not may_see_case(application, request.user):
        return redirect("quality_label:past-case", application.key)
    if not application.has_panel:
        raise StepRefused([_("The panel meets once the team has agreed.")])
    if may_declare(application, request.user) and not application.has_declaration_of(request.user):
        return redirect("quality_label:case-declare", application.key)
    return show(request, application)


def refuse_unless_ready(application) -> None:
    """Raise StepRefused before the page is shown to somebody for whom it is closed by now."""
    if not application.is_ready:
        raise StepRefused([_("The decision was taken already.")])


def show(request, application, *, forms=None, status=200):
    """Show the case with the forms that are open to the reader; the file opens once they declared to have no tie."""
    seat = application.seats.filter(person=request.user).select_related("declaration").first()
    require_declaration(application, by=request.user)
    leads = may_decide(application, request.user)
    votes = tally(application) if leads else None
    blank = {}
    if application.is_ready and seat and not seat.declaration:
        blank["declare"] = DeclarationForm()
    elif application.is_ready and seat and application.organiser.may_operate:
        blank["vote"] = VoteForm(seat=seat)
    elif application.is_ready and leads:
        blank["decide"] = DecisionForm(application=application) if votes.has_quorum else None
        if not against_votes(votes, PanelSeat.Vote.SEND_BACK):
            blank = {"send_back": SendBackForm(application=application, prefix="back")}
    days = application.days()
    context = {
        "application": application,
        "seat": seat,
        "leads": leads,
        "forms": blank | (forms or {}),
        "decision": application.standing_decision,
        "quorum": QUORUM,
        "vote_by": days.date_of(days.target("decision")),
        "questions": [question for _excludes, question in QUESTIONS.values()],
    }
    if leads or (seat and seat.declaration):
        context |= file_of(application)
    if leads:
        context |= {"seats": application.seats.select_related("person", "declaration"), "tally": votes}
        context |= {"is_anybody_left": application.is_ready and bool(left_to_invite(application))}
        context |= {"named": names_in(context["draft"], [str(one.person) for one in team_of(application)])}
    return render(request, "quality_label/panel.html", context, status=status)


def team_of(application):
    """Return the places that were ever taken in its team, with their people."""
    return application.assignments.of_last_round().exclude(accepted_at=None).select_related("person", "declaration")


def file_of(application) -> dict:
    """Return what the panel reads: levels of the reviews without names, consensus, score, report and the file."""
    found = consensus_score(application)
    reviews = [
        one.levels()
        for one in team_of(application).filter(state__in=["locked", "released"]).prefetch_related("ratings")
        if one.is_review
    ]
    consensus = {row.code: row for row in application.consensus.all()}
    answers, evidence = application.answers.by_place(), list(application.handed_in_evidence())
    rows = [
        {
            "code": code,
            "criterion": criterion,
            "reviews": [review.get(code, "–") for review in reviews],
            "consensus": consensus.get(code),
            "answer": answers[f"criterion:{code}"].content if f"criterion:{code}" in answers else {},
            "evidence": [item for item in evidence if code in item.criteria],
        }
        for code, criterion in application.rules.criteria.items()
    ]
    report = getattr(application, "report", None)
    draft = report_of(
        application,
        found,
        outcome=found.outcome,
        by=application.coordinator,
        conditions=[asdict(one) for one in application.proposed_conditions],
        recommendations=report.recommendations if report else [],
    )
    return {
        "rules": application.rules,
        "total": shown(found.total),
        "rule_outcome": OUTCOMES[found.outcome],
        "missing": missing(found, found.outcome),
        "report": report,
        "departs": report and report.outcome and report.outcome != found.outcome,
        "bars": [
            {"label": f"{area.code} {area.title}", "value": shown(found.of_area(area))}
            for area in application.rules.areas
        ],
        "rows": rows,
        "numbers": range(1, len(reviews) + 1),
        "draft": draft,
        "conditions": application.conditions.all() or application.proposed_conditions,
        "ties": [one.declaration.words for one in team_of(application) if one.declaration.conflict == "manageable"],
    }


@require_POST
@requires(may_vote, of=own_seat)
def panel_declare(request, seat):
    """Take somebody's declaration, before the file opens to them."""
    refuse_unless_ready(seat.application)
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        return show(request, seat.application, forms={"declare": form}, status=422)
    seat = declare_for_panel(seat, by=request.user, **form.cleaned_data)
    if not seat.may_still_vote:
        messages.success(request, _("Thank you. You do not take part in this decision."))
        return redirect("quality_label:judging")
    return redirect("quality_label:panel", seat.application.key)


@require_POST
@requires(may_vote, of=own_seat)
def panel_vote(request, seat):
    """Take a vote."""
    refuse_unless_ready(seat.application)
    form = VoteForm(request.POST, seat=seat)
    if not form.is_valid():
        return show(request, seat.application, forms={"vote": form}, status=422)
    cast_vote(seat, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your vote is kept. You can change it until the decision is written down."))
    return redirect("quality_label:panel", seat.application.key)


@require_POST
@requires(may_decide, of=case_seen)
def panel_invite(request, application):
    """Give seats to those of the committee who have none yet."""
    if seats := invite_panel(application):
        messages.success(request, _("%(count)d people were invited.") % {"count": len(seats)})
    else:
        messages.info(request, _("Everybody of the committee who can sit on this panel is invited already."))
    return redirect("quality_label:panel", application.key)


@require_POST
@requires(may_decide, of=case_seen)
def panel_send_back(request, application):
    """Send the consensus back to the team."""
    refuse_unless_ready(application)
    form = SendBackForm(request.POST, application=application, prefix="back")
    if not form.is_valid():
        return show(request, application, forms={"send_back": form}, status=422)
    try:
        send_back(application, by=request.user, **form.cleaned_data)
    except StepRefused as reasons:
        form.add_error(None, reasons.reasons)
        return show(request, case_seen(request.user, application.key), forms={"send_back": form}, status=409)
    messages.success(request, _("It is with the lead again, who has seven days."))
    return redirect("quality_label:case", application.key)


@require_POST
@requires(may_decide, of=case_seen)
def panel_decide(request, application):
    """Write the decision down."""
    refuse_unless_ready(application)
    form = DecisionForm(request.POST.copy(), application=application)
    if not form.is_valid():
        return show(request, application, forms={"decide": form}, status=422)
    if "confirmed" not in request.POST:
        return confirm(request, application, form)
    try:
        decision = record_decision(application, by=request.user, **form.cleaned_data)
    except Stale as stale:
        form.data["seen"] = stale.current.version
        return refused(request, application, form, stale)
    except StepRefused as reasons:
        return refused(request, application, form, reasons)
    messages.success(request, _("The decision is written down, and the owners are told."))
    return redirect(decision)


def confirm(request, application, form):
    """Ask once, naming what is released and what is left out, before the decision is written down."""
    typed = [
        (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    context = {"application": application, "points": what_is_released(form), "typed": typed}
    return render(request, "quality_label/panel_confirm.html", context)


def what_is_released(form) -> list[str]:
    """Return what a decision settles, in words."""
    facts = form.cleaned_data
    points = [_("The panel decided to: %(outcome)s.") % {"outcome": OUTCOMES[facts["outcome"]]}]
    points += [
        _("Condition: %(code)s reaches level %(level)d by %(day)s.")
        % {"code": one["code"], "level": one["level"], "day": date_format(one["due_on"])}
        for one in ([] if form.conditions_left_out else facts["conditions"])
    ]
    if form.conditions_left_out:
        points.append(_("The conditions on the form are left out: this outcome has none."))
    points.append(_("The owners are told at once and read the report. It cannot be taken back."))
    return points


def refused(request, application, form, error):
    """Show the record again with the reasons why it was not taken."""
    form.add_error(None, error.reasons)
    return show(request, case_seen(request.user, application.key), forms={"decide": form}, status=409)
