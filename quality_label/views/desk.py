"""The assessor's desk: a criterion, what shows it, and what the assessor says of it, side by side."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import clock
from portal.access import requires
from portal.asked import wants_json
from portal.files.responses import private_response, unnamed_response
from portal.sentences import in_own_language
from portal.workflow import Stale, StepRefused
from quality_label import actions
from quality_label.actions.reviews import Incomplete, faults_by_code, faults_of, pointers_of
from quality_label.forms.desk import PersonalDataForm, RatingForm, RemarksForm
from quality_label.models import Evidence, Rating
from quality_label.permissions import may_see_desk
from quality_label.pseudonyms import sample_of
from quality_label.views.seen import desk_seen
from quality_label.wording import title_of

OVERTAKEN, FAULTY = 409, 422


@require_safe
@requires(may_see_desk, of=desk_seen)
def desk(request, assignment):
    """Lead to the first criterion that lacks something, or to the last page where none does."""
    codes = faults_by_code(assignment) if assignment.is_being_written else assignment.application.asked
    first = next(iter(codes), None)
    return redirect(
        address(assignment, first) if first else reverse("quality_label:desk-hand-in", args=[assignment.key])
    )


def address(assignment, code) -> str:
    """Return where a criterion is judged."""
    return reverse("quality_label:desk", args=[assignment.key, code])


def saved(version) -> JsonResponse:
    """Answer what sent itself."""
    at = time_format(timezone.localtime(clock.now()), "TIME_FORMAT")
    return JsonResponse({"seen": version, "said": _("Saved at %(time)s") % {"time": at}})


def not_saved(reasons, status) -> JsonResponse:
    """Tell what sent itself why it was not kept."""
    return JsonResponse({"said": " ".join(str(reason) for reason in reasons)}, status=status)


@requires(may_see_desk, of=desk_seen)
def criterion(request, assignment, code):
    """Show a criterion beside what shows it, and keep what is said of it."""
    asked = assignment.application.asked
    if code not in asked:
        raise Http404
    ratings = {rating.code: rating for rating in assignment.ratings.all()}
    pointers = pointers_of(assignment.application)
    form = RatingForm(
        request.POST or None,
        criterion=asked[code],
        rating=ratings.get(code, Rating(assignment=assignment, code=code)),
        pointers=pointers,
        is_reopened=assignment.is_reopened,
    )
    status, current = 200, None
    if request.method == "POST":
        status = FAULTY
        if form.is_valid():
            try:
                seen = form.cleaned_data["seen"]
                rating = actions.save_rating(assignment, code, form.facts(), by=request.user, seen=seen)
            except Stale as stale:
                status, current = OVERTAKEN, stale.current
                form.overtaken_by(current.version, stale.reasons)
            else:
                return saved(rating.version) if wants_json(request) else go_on(request, assignment, code)
        if wants_json(request):
            return not_saved([error for found in form.errors.values() for error in found], status)
    context = desk_context(assignment, ratings, pointers, code)
    context |= {"form": form, "current": current, **shelf(assignment, code)}
    context["pointers"] = pointers_shown(form, context)
    return render(request, "quality_label/desk_criterion.html", context, status=status)


def go_on(request, assignment, code):
    """Lead to the next criterion where that was asked for."""
    codes = list(assignment.application.asked)
    after = codes[codes.index(code) + 1 :]
    if request.POST.get("go") != "next":
        return redirect(address(assignment, code))
    return redirect(
        address(assignment, after[0]) if after else reverse("quality_label:desk-hand-in", args=[assignment.key])
    )


def desk_context(assignment, ratings, pointers, code="") -> dict:
    """Return what stands on every page of the desk: the criteria with one's own levels, and the days."""
    rules = assignment.application.rules
    asked = assignment.application.asked
    codes, listed = list(asked), []
    for one, criterion in asked.items():
        rating = ratings.get(one)
        faults = faults_of(criterion, rating, pointers)
        listed.append(
            {
                "code": one,
                "name": title_of(rules, one),
                "level": level_shown(rating),
                "url": address(assignment, one),
                "current": one == code,
                "state": "fault" if rating and faults else "",
                "note": _("something is missing") if faults else _("complete"),
                "is_done": not faults,
            }
        )
    place = codes.index(code) if code else len(codes)
    days = assignment.application.days()
    return {
        "assignment": assignment,
        "application": assignment.application,
        "rules": rules,
        "criteria": listed,
        "done": sum(one["is_done"] for one in listed),
        "criterion": rules.criteria.get(code),
        "last_time": assignment.application.last_time(code),
        "rating": ratings.get(code),
        "previous": listed[place - 1] if place else None,
        "next": listed[place + 1] if place + 1 < len(listed) else None,
        "days": days,
        "total": days.total,
        "may_write": may_write_now(assignment, code),
    }


def level_shown(rating) -> str:
    """Return a level for the list of criteria."""
    if rating is None:
        return ""
    return "–" if rating.does_not_apply else str(rating.level if rating.level is not None else "")


def may_write_now(assignment, code) -> bool:
    """Say whether what is said of a criterion may change now."""
    application = assignment.application
    is_frozen = not application.organiser.may_operate
    if is_frozen or not (assignment.is_being_written and application.lets_write(assignment.role)):
        return False
    if assignment.is_reopened and code not in assignment.reopened_criteria:
        return not code
    return not (application.has_open_questions and code in application.codes_asked_about())


def shelf(assignment, code) -> dict:
    """Return what stands beside a criterion: evidence, the sample, computed facts, and the applicant's own words."""
    application = assignment.application
    snapshot = application.snapshots.last()
    document = snapshot.document if snapshot else {}
    evidence = list(application.handed_in_evidence())
    return {
        "snapshot": snapshot,
        "facts": [in_own_language(fact["sentence"]) for fact in document.get("facts", {}).get(code, [])],
        "own": document.get("answers", {}).get(f"criterion:{code}", {}),
        "serving": [item for item in evidence if code in item.criteria],
        "others": [item for item in evidence if code not in item.criteria],
        "sample": sample_of(application),
        "answered": [
            question
            for round_ in application.clarifications.sent().exclude(closed_at=None).prefetch_related("questions")
            for question in round_.questions.all()
            if question.code == code
        ],
    }


def pointers_shown(form, context) -> list[dict]:
    """Return what a level can point to as boxes: what serves the criterion first."""
    chosen = set(form["evidence"].value() or [])
    found = [("f", _("What the portal computed"))] if context["facts"] else []
    found += [(f"e{item.number}", f"{item.number}. {item.title}") for item in context["serving"]]
    found += [(f"s{badge.sampled.number}", badge.words["name"]) for badge in context["sample"]]
    found += [
        (f"e{item.number}", f"{item.number}. {item.title}") for item in context["others"] if f"e{item.number}" in chosen
    ]
    return [{"value": value, "title": title, "checked": value in chosen} for value, title in found]


@requires(may_see_desk, of=desk_seen)
def hand_in(request, assignment):
    """Show what is missing, keep strengths and advice, and hand the review in."""
    hands_in = request.POST.get("go") == "lock"
    form = RemarksForm(request.POST or None, assignment=assignment, hands_in=hands_in)
    status, current, faults = 200, None, {}
    if request.method == "POST":
        status = FAULTY
        if form.is_valid():
            try:
                seen = form.cleaned_data["seen"]
                assignment = actions.save_remarks(assignment, form.facts(), by=request.user, seen=seen)
                if wants_json(request):
                    return saved(assignment.remarks_version)
                if hands_in:
                    actions.lock_review(assignment, by=request.user, has_no_conflict=True)
                    messages.success(request, _("Your review is handed in. Nobody changes it any more."))
                return redirect("quality_label:desk-hand-in", assignment.key)
            except Stale as stale:
                status, current = OVERTAKEN, stale.current
                form.overtaken_by(current.remarks_version, stale.reasons)
            except Incomplete as incomplete:
                faults = incomplete.faults
                reasons = [_("Something is missing in the criteria listed below.")]
                form.overtaken_by(assignment.remarks_version, reasons)
        if wants_json(request):
            return not_saved([error for found in form.errors.values() for error in found], status)
    ratings = {rating.code: rating for rating in assignment.ratings.all()}
    context = desk_context(assignment, ratings, pointers_of(assignment.application))
    missing = faults or (faults_by_code(assignment) if assignment.is_being_written else {})
    context |= {"form": form, "current": current, "was_refused": bool(faults)}
    context["faults"] = [(code, address(assignment, code), found) for code, found in missing.items()]
    return render(request, "quality_label/desk_hand_in.html", context, status=status)


def shown_evidence(assignment, number) -> Evidence:
    """Return a piece of evidence that may be looked at, or 404."""
    return get_object_or_404(assignment.application.handed_in_evidence(), number=number)


@require_safe
@requires(may_see_desk, of=desk_seen)
def evidence_file(request, assignment, number):
    """Send a file that proves something."""
    item = shown_evidence(assignment, number)
    if item.file is None:
        raise Http404
    return private_response(actions.checked_file(item, by=request.user))


@require_safe
@requires(may_see_desk, of=desk_seen)
def sample_file(request, assignment, item):
    """Send what a learner handed in for a sampled award, under a name that says nothing of them."""
    for badge in sample_of(assignment.application):
        for award in badge.awards:
            for handed in award.handed:
                if handed.item.pk == item and handed.item.file:
                    return unnamed_response(handed.item.file, f"{badge.sampled.number}-{award.number}")
    raise Http404


@requires(may_see_desk, of=desk_seen)
def evidence_report(request, assignment, number):
    """Ask once, then hide evidence that shows personal data."""
    item = shown_evidence(assignment, number)
    form = PersonalDataForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_personal_data(assignment, item, form.cleaned_data["words"], by=request.user)
            messages.success(request, _("It is hidden. The applicant and the coordinator are told."))
            return redirect(address(assignment, item.criteria[0]))
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
    context = {"assignment": assignment, "item": item, "form": form}
    return render(request, "quality_label/desk_evidence.html", context, status=FAULTY if form.errors else 200)
