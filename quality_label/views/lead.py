"""The lead of a case: who has handed in, the questions to the applicant, and the report."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.asked import number_asked, wants_json
from portal.workflow import Stale, StepRefused
from quality_label import actions
from quality_label.actions.clarification import gathered, gathering_ends_on, reasons_against_sending
from quality_label.actions.consensus import agreed_score, comparison_of
from quality_label.actions.report import drafted, reasons_against_finishing
from quality_label.conflicts import barred_words
from quality_label.forms.desk import QuestionForm
from quality_label.forms.lead import ReportForm, WordingForm
from quality_label.models import Report
from quality_label.permissions import may_call_third, may_lead
from quality_label.reports import names_among
from quality_label.views.consensus import area_bars
from quality_label.views.desk import not_saved, saved
from quality_label.views.seen import case_seen, refuse_unless_open, team_case_seen


@require_safe
@requires(may_lead, of=team_case_seen)
def lead(request, application):
    """Show how far the team is: who has handed in, never what."""
    return show(request, application)


def show(request, application, *, form=None, wording=None, status=200):
    """Show the lead's page, with a form that could not be taken."""
    days = application.days()
    steps = {step.name for step in application.get_available_user_state_transitions(request.user)}
    round_ = gathered(application)
    questions = list(round_.questions.select_related("evidence")) if round_ else []
    places = list(application.assignments.reviews().select_related("person"))
    context = {
        "application": application,
        "places": places,
        "barred": list(barred_words(application, places)),
        "steps": steps,
        "days": days,
        "total": days.total,
        "round": round_,
        "until": gathering_ends_on(round_) if round_ else None,
        "against_sending": reasons_against_sending(application) if round_ else [],
        "form": form or QuestionForm(application=application),
        "asked": application.clarifications.sent().prefetch_related("questions"),
    }
    context["questions"] = [(one, (wording or {}).get(one.pk) or WordingForm(question=one)) for one in questions]
    return render(request, "quality_label/lead_overview.html", context, status=status)


@require_POST
@requires(may_lead, of=team_case_seen)
def gather(request, application):
    """Ask the assessors for their questions."""
    actions.gather_questions(application, by=request.user)
    messages.success(request, _("The assessors are asked. They have three working days."))
    return redirect("quality_label:lead", application.key)


@require_POST
@requires(may_lead, of=team_case_seen)
def gather_drop(request, application):
    """Give the round up."""
    actions.drop_round(application, by=request.user)
    messages.success(request, _("Nothing is asked. The round does not count."))
    return redirect("quality_label:lead", application.key)


@require_POST
@requires(may_lead, of=team_case_seen)
def question_add(request, application):
    """Add a question of the lead's own."""
    form = QuestionForm(request.POST, application=application)
    if not form.is_valid():
        return show(request, application, form=form, status=422)
    actions.add_question(application, by=request.user, **form.cleaned_data)
    messages.success(request, _("The question is added."))
    return redirect("quality_label:lead", application.key)


@require_POST
@requires(may_lead, of=team_case_seen)
def question_word(request, application, question):
    """Put a question into neutral words, or take it out."""
    found = [
        one for round_ in application.clarifications.being_gathered() for one in round_.questions.filter(pk=question)
    ]
    if not found:
        raise StepRefused([_("This question is not there any more.")])
    form = WordingForm(request.POST, question=found[0])
    if not form.is_valid():
        return show(request, application, wording={question: form}, status=422)
    try:
        actions.word_question(found[0], by=request.user, **form.cleaned_data)
    except StepRefused as refused:
        form.add_error("words", refused.reasons)
        return show(request, application, wording={question: form}, status=409)
    messages.success(request, _("The question is changed."))
    return redirect("quality_label:lead", application.key)


@require_POST
@requires(may_lead, of=team_case_seen)
def send(request, application):
    """Send the questions to the applicant."""
    actions.send_questions(application, by=request.user, seen=number_asked(request.POST, "seen"))
    messages.success(request, _("The questions are sent. The days stand still until the answer."))
    return redirect("quality_label:lead", application.key)


@require_POST
@requires(may_call_third, of=case_seen)
def call_third(request, application):
    """Call for a third review."""
    actions.call_third_review(application, by=request.user)
    messages.success(request, _("A third review is called for. The coordinator invites somebody."))
    return redirect("quality_label:lead-consensus", application.key)


@requires(may_lead, of=team_case_seen)
def report(request, application):
    """Write the report, drafted from what was agreed on."""
    if not application.is_compared or application.is_in_third_review:
        raise StepRefused([_("The report is written once the team has agreed.")])
    if request.method == "POST" and not application.is_in_consensus:
        raise StepRefused([_("The report is written while the case is in consensus.")])
    known = drafted(application)
    form, status, current = ReportForm(request.POST or None, application=application, report=known), 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                known = actions.save_report(
                    application, form.facts(), form.conditions(), by=request.user, seen=form.cleaned_data["seen"]
                )
                if wants_json(request):
                    return saved(known.version)
                if request.POST.get("go") == "finish":
                    return redirect("quality_label:lead-finish", application.key)
                messages.success(request, _("The report is saved."))
                return redirect("quality_label:lead-report", application.key)
            except Stale as stale:
                status, current = 409, stale.current
                form.overtaken_by(current.version, stale.reasons)
        if wants_json(request):
            return not_saved([error for found in form.errors.values() for error in found], status)
    return show_report(request, application, form, current=current, status=status)


def show_report(request, application, form, *, current=None, reasons=None, status=200):
    """Show the report with what the rule proposes, and what is missing."""
    score, comparison = agreed_score(application), comparison_of(application)
    context = {
        "application": application,
        "rules": application.rules,
        "form": form,
        "current": current,
        "score": score,
        "rule": dict(Report.OUTCOMES).get(score.outcome) if score else "",
        "bars": area_bars(application.rules, score=score) if score else [],
        "comparison": comparison,
        "reasons": reasons_against_finishing(application) if reasons is None else reasons,
        "was_refused": reasons is not None,
        "may_write": application.is_in_consensus,
    }
    return render(request, "quality_label/lead_report.html", context, status=status)


@requires(may_lead, of=team_case_seen)
def finish(request, application):
    """Ask once, naming what becomes final, then hand the case to the panel."""
    if application.is_in_consensus and (reasons := reasons_against_finishing(application)):
        form = ReportForm(application=application, report=drafted(application))
        return show_report(request, application, form, reasons=reasons, status=422)
    if request.method != "POST":
        refuse_unless_open(application.finish)
        context = {
            "application": application,
            "points": what_becomes_final(application),
            "named": named_in_report(application),
        }
        return render(request, "quality_label/lead_finish.html", context)
    actions.finish_consensus(application, by=request.user, seen=number_asked(request.POST, "seen"))
    messages.success(
        request, _("The case is with the panel now. Everybody of the committee who can sit on it is invited.")
    )
    return redirect("quality_label:lead-consensus", application.key)


def named_in_report(application) -> list[str]:
    """Return whom of the team the report may name, which the applicant is going to read."""
    report = drafted(application)
    words = [report.strengths, *report.areas.values(), *report.recommendations]
    words += [row.reason for row in application.consensus.all()]
    words += [one.evidence for one in application.proposed_conditions]
    return names_among(words, [str(person) for person in application.people_of_team()])


def what_becomes_final(application) -> list:
    """Return what the end of the consensus settles, in words."""
    outcome = dict(Report.OUTCOMES)[drafted(application).outcome]
    points = [
        ngettext(
            "The agreed level of %(count)d criterion and its reason stand.",
            "The agreed levels of %(count)d criteria and their reasons stand.",
            len(application.rules.criteria),
        )
        % {"count": len(application.rules.criteria)},
        _("The report stands as you saved it. You propose to the panel: %(outcome)s.") % {"outcome": outcome},
    ]
    if asked := len(application.proposed_conditions):
        said = ngettext("%(count)d condition is proposed.", "%(count)d conditions are proposed.", asked)
        points.append(said % {"count": asked})
    round_ = gathered(application)
    if unsent := round_.questions.count() if round_ else 0:
        said = ngettext(
            "%(count)d question that was gathered is not sent to the applicant any more.",
            "%(count)d questions that were gathered are not sent to the applicant any more.",
            unsent,
        )
        points.append(said % {"count": unsent})
    points.append(_("The panel is invited, and the applicant can no longer withdraw."))
    return points
