"""What the reviews say beside each other, and what the team agrees on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.asked import wants_json
from portal.workflow import Stale, StepRefused
from quality_label import actions, scores
from quality_label.actions.consensus import agreed_score, comparison_of, faults_of_levels, opening_words
from quality_label.documents import case_pdf, may_print
from quality_label.forms.lead import LevelForm
from quality_label.models import Report
from quality_label.permissions import may_call_third, may_lead, may_read_file, may_see_reviews
from quality_label.views.desk import not_saved, saved
from quality_label.views.seen import case_seen, team_case_seen
from quality_label.wording import title_of

BAR = 8  # height of one share in the plot of the areas


@require_safe
@requires(may_see_reviews, of=case_seen)
def consensus(request, application):
    """Show all reviews beside each other, with what is agreed on."""
    return show(request, application)


def show(request, application, *, form=None, current=None, status=200):
    """Show the table, with the form of one criterion that could not be taken."""
    comparison = comparison_of(application)
    rows = application.consensus.by_code()
    missing = faults_of_levels(application, comparison)
    may_write = (
        application.is_in_consensus and application.organiser.may_operate and may_lead(application, request.user)
    )
    lines = [
        line_of(comparison, code, rows[code], missing.get(code, []), form, current)
        for code in application.rules.criteria
        if code in rows
    ]
    chosen = request.GET.get("show") == "open"
    score, ends = agreed_score(application), comparison.range
    reviews = [review.score for review in comparison.reviews]
    context = {
        "application": application,
        "rules": application.rules,
        "places": application.assignments.locked().select_related("person"),
        "comparison": comparison,
        "lines": [line for line in lines if not chosen or line["faults"] or line["form"].errors],
        "missing": [(code, title_of(application.rules, code), found) for code, found in missing.items()],
        "filters": [
            {"url": request.path, "name": _("All"), "count": len(lines), "current": not chosen},
            {"url": "?show=open", "name": _("Open"), "count": len(missing), "current": chosen},
        ],
        "reviews": [{"total": shown(one.total), "outcome": outcome_name(one.outcome)} for one in reviews],
        "score": score,
        "total": shown(score.total) if score else "",
        "outcome": outcome_name(score.outcome) if score else "",
        "range": [(shown(end.total), outcome_name(end.outcome)) for end in ends] if ends and not score else [],
        "difference": shown(scores.difference(*comparison.pair)) if comparison.pair else "",
        "bars": area_bars(application.rules, reviews=reviews, score=score),
        "may_write": may_write,
        "may_lead": may_lead(application, request.user),
        "may_call_third": application.is_in_consensus
        and comparison.may_have_third
        and may_call_third(application, request.user),
        "may_print": may_print(),
    }
    return render(request, "quality_label/lead_consensus.html", context, status=status)


def line_of(comparison, code, row, faults, form, current) -> dict:
    """Return what a line of the table shows."""
    criterion = comparison.framework.criteria[code]
    opening = opening_words(row.application, comparison, code)
    is_asked = form is not None and form.criterion.code == code
    return {
        "code": code,
        "criterion": criterion,
        "row": row,
        "levels": comparison.levels_of(code),
        "reasons": [review.reasons.get(code, "") for review in comparison.reviews],
        "difference": comparison.difference(code),
        "is_wide": comparison.differs_widely(code),
        "was_settled": comparison.settled[code].is_settled,
        "faults": faults,
        "form": form if is_asked else LevelForm(criterion=criterion, row=row, opening=opening),
        "current": current if is_asked else None,
    }


def shown(share) -> str:
    """Return a share as people read it."""
    return number_format(scores.shown(share), 1)


def outcome_name(outcome: str) -> str:
    """Return an outcome for the team."""
    return dict(Report.OUTCOMES)[outcome]


def area_bars(rules, *, reviews=(), score=None) -> list[dict]:
    """Return each area with the shares of the reviews and of what was agreed on."""
    shown_scores = [*reviews, *([score] if score else [])]
    return [
        {
            "code": area.code,
            "title": title_of(rules, area.code),
            "height": BAR * len(shown_scores),
            "shares": [
                {
                    "y": BAR * number,
                    "share": str(scores.shown(one.of_area(area))),
                    "text": shown(one.of_area(area)),
                }
                for number, one in enumerate(shown_scores)
            ],
        }
        for area in rules.areas
    ]


@require_POST
@requires(may_lead, of=team_case_seen)
def level(request, application, code):
    """Keep what is agreed on for one criterion."""
    row = application.consensus.by_code().get(code)
    if row is None:
        raise Http404
    form = LevelForm(request.POST, criterion=application.rules.criteria[code], row=row)
    status, current = 422, None
    if form.is_valid():
        try:
            row = actions.save_level(application, code, form.facts(), by=request.user, seen=form.cleaned_data["seen"])
            if wants_json(request):
                return saved(row.version)
            tell_saved(request, application, code)
            return redirect(f"{request.path.rsplit(code, 1)[0]}#{code}")
        except Stale as stale:
            status, current = 409, stale.current
            form.overtaken_by(current.version, stale.reasons)
    if wants_json(request):
        return not_saved([error for found in form.errors.values() for error in found], status)
    return show(request, application, form=form, current=current, status=status)


def tell_saved(request, application, code) -> None:
    """Say that a level is kept, and what it still lacks."""
    missing = faults_of_levels(application, comparison_of(application)).get(code)
    if not missing:
        messages.success(request, _("%(code)s is saved.") % {"code": code})
        return
    words = _("%(code)s is saved. Before the consensus can be finished: %(missing)s")
    messages.warning(request, words % {"code": code, "missing": " ".join(map(str, missing))})


@require_safe
@requires(may_read_file, of=case_seen)
def case_print(request, application):
    """Send the whole case as one PDF; with the reviews for those who may see them, under no names."""
    if not may_print():
        raise StepRefused([_("This portal cannot print: a library of the system is missing.")])
    content = case_pdf(application, with_reviews=may_see_reviews(application, request.user))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{application.reference}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
