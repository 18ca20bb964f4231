"""The team of a case, as its coordinator finds it; the experts, and the committee."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import requires
from portal.accounts.models import Person
from portal.workflow import Stale, StepRefused
from quality_label.actions import (
    agree_to_tie,
    end_term,
    invite_team,
    save_profile,
    void_place,
    write_term,
)
from quality_label.actions.team import TeamRefused, places_to_fill, pool, said_of_causes
from quality_label.conflicts import QUESTIONS, barred_words
from quality_label.forms.team import ProfileForm, ReplaceForm, TeamForm, TermForm, WordsForm
from quality_label.models import CommitteeTerm, ExpertProfile, committee_faults
from quality_label.permissions import (
    may_coordinate,
    may_coordinate_team,
    may_have_profile,
    may_manage_experts,
    may_see_cases,
)
from quality_label.views.cases import posted, show_step
from quality_label.views.seen import case_seen, place_seen


@requires(may_coordinate, of=case_seen)
def team(request, case):
    """Propose people for the team, with reasons, and ask them."""
    people = pool(case)
    roles = places_to_fill(case) if case.seeks_team else []
    form = TeamForm(posted(request), case=case, roles=roles, people=people) if roles else None
    status = 200
    if request.method == "POST":
        if form is None:
            raise StepRefused([_("Nobody is sought for this team now.")])
        status = 422
        if form.is_valid():
            try:
                spares = bool(form.cleaned_data.get("spares_members"))
                seen = form.cleaned_data["seen"]
                invite_team(case, form.people(), spares_members=spares, by=request.user, seen=seen)
            except TeamRefused as refused:
                form.add_faults(refused)
            except Stale as stale:
                form.add_error(None, stale.reasons)
                form.data = form.data | {"seen": stale.current.version}
                status = 409
            else:
                messages.success(request, _("They are asked, and have three working days to answer."))
                return redirect("quality_label:team", case.key)
    places = list(case.assignments.with_words())
    barred = barred_words(case, places)
    context = {
        "case": case,
        "form": form,
        "language": get_language_info(case.language)["name_translated"],
        "places": [{"place": place, "barred": barred.get(place.person_id, "")} for place in places],
        "proposed": [{"one": one, "reading": one.reading(case)} for one in people if one.is_free],
        "filtered": [one for one in people if not one.is_free and "asked" not in one.rules],
    }
    return render(request, "quality_label/team_detail.html", context, status=status)


@requires(may_coordinate_team, of=place_seen)
def place_void(request, place):
    """Take a place away from somebody, so that somebody else can be asked."""
    causes = [] if place.is_freely_replaceable else place.causes_to_replace()
    if not (place.is_freely_replaceable or causes):
        raise StepRefused([said_of_causes(causes)])
    form = ReplaceForm(posted(request), causes=causes)
    if form.is_bound and form.is_valid():
        void_place(place, by=request.user, **form.cleaned_data)
        messages.success(request, _("The place is free again."))
        return redirect("quality_label:team", place.application.key)
    words = {"title": _("Take the place away from %(name)s") % {"name": place.person}, "button": _("Take it away")}
    return show_step(request, place.application, form, words, status=422 if form.is_bound else 200)


@requires(may_coordinate_team, of=place_seen)
def place_agree(request, place):
    """Agree to a tie, after reading what was said of it."""
    form = WordsForm(posted(request), label=_("How the tie is managed"))
    if form.is_bound and form.is_valid():
        agree_to_tie(place, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, _("You agreed, and it is written down."))
        return redirect("quality_label:team", place.application.key)
    said = place.declaration.answers if place.declaration else {}
    words = {
        "title": _("A tie of %(name)s") % {"name": place.person},
        "lead": place.declaration.words if place.declaration else "",
        "ties": [
            {"question": QUESTIONS[code][1], "words": answer["words"]} for code, answer in said.items() if answer["yes"]
        ],
        "button": _("Agree in writing"),
    }
    return show_step(request, place.application, form, words, status=422 if form.is_bound else 200)


@requires(may_have_profile)
def own_profile(request):
    """Say what one reads, where one lives and when one is away."""
    return edit_profile(request, request.user, "quality_label:own-profile")


@requires(may_manage_experts)
def expert(request, pk):
    """Look after the profile of somebody else."""
    return edit_profile(request, get_object_or_404(Person, pk=pk), "quality_label:experts")


def edit_profile(request, person, place):
    profile = ExpertProfile.objects.filter(person=person).first()
    form = ProfileForm(request.POST or None, instance=profile)
    if form.is_bound and form.is_valid():
        save_profile(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(place)
    context = {"form": form, "person": person, "is_own": person == request.user}
    return render(request, "quality_label/team_profile.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires(may_see_cases)
def experts(request):
    """List who judges for the network."""
    people = Person.objects.with_network_role("assessor") | Person.objects.with_network_role("lead_assessor")
    people = people.distinct().with_current_roles()
    profiles = {one.person_id: one for one in ExpertProfile.objects.select_related("city")}
    rows = [{"person": person, "profile": profiles.get(person.pk)} for person in people]
    context = {"rows": rows, "may_edit": may_manage_experts(request.user)}
    return render(request, "quality_label/team_experts.html", context)


@require_safe
@requires(may_see_cases)
def committee(request):
    """Show the committee with its terms."""
    return show_committee(request, TermForm() if may_manage_experts(request.user) else None)


@require_POST
@requires(may_manage_experts)
def term_write(request):
    """Write down who was elected."""
    form = TermForm(request.POST.dict())
    if form.is_valid():
        try:
            write_term(by=request.user, **form.cleaned_data)
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("The term is written down."))
            return redirect("quality_label:committee")
    return show_committee(request, form, status=422)


def show_committee(request, form, *, status=200):
    context = {
        "faults": committee_faults(),
        "terms": CommitteeTerm.objects.not_over(),
        "past": CommitteeTerm.objects.over(),
        "form": form,
    }
    return render(request, "quality_label/team_committee.html", context, status=status)


@requires(may_manage_experts)
def term_end(request, pk):
    """Ask once, then let a term end today."""
    term = get_object_or_404(CommitteeTerm, pk=pk)
    if request.method != "POST":
        return render(request, "quality_label/team_term_end.html", {"term": term})
    end_term(term, by=request.user)
    messages.success(request, _("The term has ended."))
    return redirect("quality_label:committee")
