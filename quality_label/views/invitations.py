"""What people judge: places in teams as those who were asked see them, little before they accept, and how to say no."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from quality_label.actions import accept_place, decline_place
from quality_label.forms.team import AcceptForm, DeclineForm
from quality_label.models import Appeal, Application, Assignment, Condition, Label, PanelSeat
from quality_label.permissions import (
    may_answer_invitation,
    may_have_profile,
    may_see_outcome,
    may_see_own_parts,
)
from quality_label.views.case_file import named_people
from quality_label.views.cases import posted
from quality_label.views.seen import outcome_seen, own_seats, place_seen, refuse_unless_open
from quality_label.wording import title_of
from quality_label.workflow.appeal import WITH_PANEL


@require_safe
@requires(may_see_own_parts, of=own_seats)
def judging(request, own):
    """List what a person judges, or judged: places in teams and seats in panels, each with the way to the work."""
    free = Application.objects.free_for(request.user)
    opened = set(Application.objects.read_by_team(request.user).values_list("pk", flat=True))
    places = Assignment.objects.with_words().open().of_open_cases().filter(person=request.user, application__in=free)
    context = {
        "rows": [{"place": place, "is_open": place.application_id in opened} for place in places],
        "seats": own.with_words().open().filter(application__in=free),
        "to_check": Condition.objects.with_words().to_check_by(request.user),
        "appeals": Appeal.objects.with_words().filter(state=WITH_PANEL).open_to(request.user),
        "past": parts_of_past(request.user),
        "has_profile": may_have_profile(request.user),
    }
    return render(request, "quality_label/judging.html", context)


def parts_of_past(user) -> list[dict]:
    """Return the parts that a person had in cases that ended, the latest first."""
    cases = Application.objects.over_for(user)
    places = Assignment.objects.with_words().finished().held_by(user).filter(application__in=cases)
    seats = PanelSeat.objects.with_words().taken_by(user).filter(application__in=cases)
    found = [{"case": one.application, "part": one.get_role_display()} for one in places]
    found += [{"case": one.application, "part": _("member of the panel")} for one in seats]
    return sorted(found, key=lambda one: one["case"].ended_at, reverse=True)


@require_safe
@requires(may_see_outcome, of=outcome_seen)
def past_case(request, case):
    """Show how a case ended, and what one wrote or voted oneself; nothing of the file or of the others."""
    place = case.assignments.finished().held_by(request.user).prefetch_related("ratings").first()
    ratings = {rating.code: rating for rating in place.ratings.all()} if place else {}
    context = {
        "case": case,
        "place": place,
        "seat": case.seats.taken_by(request.user).first(),
        "label": Label.objects.public().filter(application=case).first(),
        "ratings": [
            {"code": code, "name": title_of(case.rules, code), "rating": ratings[code]}
            for code in case.rules.criteria
            if code in ratings
        ],
    }
    return render(request, "quality_label/past_case.html", context)


@require_safe
@requires(may_answer_invitation, of=place_seen)
def invitation(request, place):
    """Show who applies, where, who is named and which badges are looked at; nothing else of the file."""
    return show(request, place, AcceptForm(), DeclineForm(prefix="no"))


def show(request, place, accept, decline, *, status=200):
    sample = place.application.sample.select_related("badge_version__badge_class")
    context = {
        "place": place,
        "is_open": place.is_taken and place.application.is_opened_to(place.person),
        "is_over": place.application.is_over_for(request.user),
        "organiser": place.application.organiser,
        "people": named_people(place.application),
        "badges": [one.badge_version.words()["name"] for one in sample],
        "accept": accept,
        "decline": decline,
    }
    return render(request, "quality_label/invitation_detail.html", context, status=status)


@require_POST
@requires(may_answer_invitation, of=place_seen)
def invitation_accept(request, place):
    """Answer the eight questions; they decide whether the place is taken."""
    refuse_unless_open(place.accept)
    form = AcceptForm(posted(request))
    if not form.is_valid():
        return show(request, place, form, DeclineForm(prefix="no"), status=422)
    place = accept_place(place, form.answers(), by=request.user)
    if not place.is_taken:
        return render(request, "quality_label/invitation_conflict.html")
    messages.success(request, _("Thank you. You get a mail when the file opens to you."))
    return redirect("quality_label:assignment", place.key)


@require_POST
@requires(may_answer_invitation, of=place_seen)
def invitation_decline(request, place):
    """Say no."""
    form = DeclineForm(posted(request), prefix="no")
    if not form.is_valid():
        return show(request, place, AcceptForm(), form, status=422)
    decline_place(place, by=request.user, **form.cleaned_data)
    messages.success(request, _("Thank you for answering. Somebody else is asked."))
    return redirect("quality_label:judging")
