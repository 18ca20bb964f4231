"""Applications as the coordinators of the network see them: the list, a case, and the steps of its check."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal import clock
from portal.access import requires
from portal.workflow import Stale, StepRefused
from quality_label.actions import (
    declare_ties,
    find_eligible,
    find_ineligible,
    hand_over,
    lower_sample,
    return_application,
    take_up_application,
)
from quality_label.actions.eligibility import successors
from quality_label.conflicts import RULED_OUT, barred_words
from quality_label.forms.cases import (
    AllowanceForm,
    DeclarationForm,
    EligibleForm,
    HandOverForm,
    IneligibleForm,
    ReturnForm,
)
from quality_label.models import Application, Assignment, SampleAllowance
from quality_label.permissions import (
    may_coordinate,
    may_declare,
    may_extend,
    may_follow_case,
    may_see_appeals,
    may_see_cases,
    may_see_reviews,
)
from quality_label.views.case_file import clock_of, completed_of, file_of, gates_of, log_of, places_of, way_of
from quality_label.views.hands import hands_wanted
from quality_label.views.seen import case_seen, refuse_unless_open
from quality_label.workflow.stages import STAGE_NAMES


def waits(case) -> bool:
    """Say whether nobody leads a case through: it is counted as waiting then, and in no stage."""
    return case.is_open and case.coordinator_id is None


FILTERS = {
    "": (gettext_lazy("All open"), lambda case, user: case.is_open),
    "mine": (gettext_lazy("Mine"), lambda case, user: case.is_open and case.coordinator_id == user.pk),
    "waiting": (gettext_lazy("Waiting for a coordinator"), lambda case, user: waits(case)),
    **{
        stage: (name, lambda case, user, stage=stage: case.stage == stage and not waits(case))
        for stage, name in STAGE_NAMES.items()
    },
}


@require_safe
@requires(may_see_cases)
def case_list(request):
    """List the cases, the most urgent first."""
    found = list(Application.objects.with_words().cases_for(request.user))
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in FILTERS else ""
    late = late_reviews(found)
    rows = [{"case": case, "clock": clock_of(case), "late_review": late.get(case.pk, 0)} for case in found]
    rows.sort(key=lambda row: (row["clock"]["left"], row["case"].pk))
    context = {
        "rows": [row for row in rows if FILTERS[chosen][1](row["case"], request.user)],
        "hands": hands_wanted([row["case"] for row in rows], request.user),
        "filters": [
            {
                "url": f"?show={name}" if name else request.path,
                "name": label,
                "count": sum(holds(case, request.user) for case in found),
                "current": name == chosen,
            }
            for name, (label, holds) in FILTERS.items()
        ],
        "may_see_appeals": may_see_appeals(request.user),
    }
    return render(request, "quality_label/case_list.html", context)


def late_reviews(cases) -> dict:
    """Return by how many days the latest review of a case is behind, by case."""
    late = {}
    for place in Assignment.objects.with_words().being_written().filter(application__in=cases):
        late[place.application_id] = max(place.days_late(), late.get(place.application_id, 0))
    return late


@require_safe
@requires(may_follow_case, of=case_seen)
def case(request, case):
    """Show the file as it was handed in, the way with its targets, the team, the log, and the steps open to one."""
    declaration = case.declarations.filter(person=request.user).first()
    places = list(case.assignments.open().select_related("person"))
    barred = barred_words(case, places)
    context = {
        "case": case,
        "clock": clock_of(case),
        **(opened(case) if declaration else {}),
        "stops": way_of(case),
        "places": [{"place": place, "barred": barred.get(place.person_id, "")} for place in places],
        "log": log_of(case),
        "steps": {step.name for step in case.get_available_user_state_transitions(request.user)},
        "may_coordinate": may_coordinate(case, request.user),
        "sees_reviews": may_see_reviews(case, request.user),
        "has_declared": declaration is not None,
        "may_declare": may_declare(case, request.user),
        "may_explain": case.owes_a_new_date and may_extend(case, request.user),
        "appeals": case.appeals.all(),
        "replaced": case.decisions.exclude(replaced_at=None),
        "may_see_appeals": may_see_appeals(request.user),
        "is_acting": may_coordinate(case, request.user) and case.coordinator_id != request.user.pk,
    }
    return render(request, "quality_label/case_detail.html", context)


def opened(case) -> dict:
    """Return what a case page shows of the file, once its reader said that no conflict keeps them from it."""
    return {
        "file": file_of(case),
        "gates": gates_of(case),
        "sample": case.sample.select_related("badge_version"),
        "returned": case.returns.first(),
        "completed": completed_of(case),
        "allowance": SampleAllowance.objects.filter(organiser=case.organiser).select_related("by").first(),
    }


def show_step(request, case, form, words: dict, *, status=200):
    """Show the form of a step."""
    return render(request, "quality_label/case_step.html", {"case": case, "form": form, **words}, status=status)


def step_page(request, case, form, act, said, words: dict):
    """Show a step's form, or carry it out; what cannot be done comes back with what was typed."""
    if not form.is_bound:
        return show_step(request, case, form, words)
    if not form.is_valid():
        return show_step(request, case, form, words, status=422)
    try:
        case = act(case, by=request.user, **form.facts())
    except Stale as stale:
        form.add_error(None, stale.reasons)
        form.data = form.data | {"seen": stale.current.version}
        return show_step(request, stale.current, form, words, status=409)
    messages.success(request, said)
    return redirect("quality_label:case", case.key)


@requires(may_declare, of=case_seen)
def case_declare(request, case):
    """Say whether a conflict keeps one from a case, and take it up where nobody did."""
    if case.declarations.filter(person=request.user).exists():
        raise StepRefused([_("You answered these questions for this case already.")])
    form = DeclarationForm(request.POST.dict() if request.method == "POST" else None)
    takes_up = case.coordinator_id is None
    words = {
        "title": _("Conflicts of interest"),
        "lead": _(
            "Answer before you work on the case. What you say is kept with it, and the applicant never reads it."
        ),
        "button": _("Answer and take the case up") if takes_up else _("Answer"),
    }
    if not form.is_bound or not form.is_valid():
        return show_step(request, case, form, words, status=422 if form.is_bound else 200)
    declare = take_up_application if takes_up else declare_ties
    declaration = declare(case, form.answers(), by=request.user)
    if declaration.conflict == RULED_OUT:
        return render(request, "quality_label/case_conflict.html", status=403)
    messages.success(request, _("You lead this case through now.") if takes_up else _("Thank you, that is noted."))
    return redirect("quality_label:case", case.key)


@requires(may_coordinate, of=case_seen)
def case_return(request, case):
    """Give the file back to be completed."""
    refuse_unless_open(case.give_back)
    form = ReturnForm(posted(request), case=case, places=places_of(case))
    words = {
        "title": _("Return to be completed"),
        "lead": _(
            "Open the sections in which something is missing, and write one sentence at each place: only what is "
            "incomplete, nothing about its quality. The applicant has 14 days, in which the clock stands still. This "
            "is possible once."
        ),
        "button": _("Return the application"),
    }
    said = _("The application is with the applicant now.")
    return step_page(request, case, form, return_application, said, words)


@requires(may_coordinate, of=case_seen)
def case_not_eligible(request, case):
    """End a case that does not meet a gate."""
    refuse_unless_open(case.turn_down)
    form = IneligibleForm(posted(request), case=case)
    words = {
        "title": _("Not eligible"),
        "lead": _("The case ends without a judgement of quality. The organiser may apply again at once."),
        "button": _("End the case"),
        "tone": "danger",
    }
    return step_page(request, case, form, find_ineligible, _("The case has ended, and the applicant is told."), words)


@requires(may_coordinate, of=case_seen)
def case_eligible(request, case):
    """Confirm the gates and let the search for a team begin."""
    refuse_unless_open(case.find_eligible)
    form = EligibleForm(posted(request), case=case, gates=gates_of(case, on=clock.today()))
    words = {
        "title": _("Eligible"),
        "lead": _(
            "Gates count as they were when the file was handed in. Tick each one that you looked at yourself. That the "
            "organiser is verified and no case stands in the way has to hold today as well; the portal checks that."
        ),
        "file": file_of(case),
        "completed": completed_of(case),
        "button": _("Confirm and look for a team"),
    }
    return step_page(request, case, form, find_eligible, _("The file is complete. Now find its team."), words)


@requires(may_coordinate, of=case_seen)
def case_hand_over(request, case):
    """Give a case to somebody else."""
    refuse_unless_open(case.hand_over)
    form = HandOverForm(posted(request), case=case, people=successors(case))
    words = {
        "title": _("Hand over"),
        "lead": _("Whoever takes it on answers the questions on conflicts of interest first."),
        "button": _("Hand the case over"),
    }
    return step_page(request, case, form, hand_over, _("The case is with somebody else now."), words)


@requires(may_see_cases)
def allowances(request):
    """List the organisers that may apply with less, and let one more."""
    form = AllowanceForm(posted(request), user=request.user)
    if form.is_bound and form.is_valid():
        try:
            lower_sample(form.cleaned_data.pop("organiser"), by=request.user, **form.cleaned_data)
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("The numbers are lowered for this organiser."))
            return redirect("quality_label:allowances")
    given = SampleAllowance.objects.select_related("organiser", "by").prefetch_related("organiser__texts")
    context = {"form": form, "allowances": given}
    return render(request, "quality_label/case_allowances.html", context, status=422 if form.is_bound else 200)


def posted(request):
    """Return what was sent, or None where a page is asked for."""
    return request.POST.dict() if request.method == "POST" else None
