"""Learners who look at the work of others, and reviewers who watch over that."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale

from organisers.permissions import may_review
from pathways.actions import draw_work, give_work_back, judge_as_peer, report_judgement, set_judgement_aside
from pathways.actions.peers import has_earned
from pathways.forms import LookForm, ReasonForm
from pathways.models import ActivityPage, Attempt, PeerReview
from pathways.permissions import may_look, may_moderate, may_report
from pathways.views.learning import may_learn_here, open_activity
from pathways.views.workspace import organiser_reviewed, review_tabs
from portal.access import requires


def look_held(user, pk) -> PeerReview:
    """Fetch the work that a learner looks at just now; 404 once it is judged, over or given back."""
    looks = PeerReview.objects.open().by_person(user).select_related("attempt")
    return get_object_or_404(looks, pk=pk)


def judgement_got(user, pk) -> PeerReview:
    """Fetch another learner's judgement of somebody's own work, once it is told."""
    look = get_object_or_404(PeerReview.objects.said().of_learner(user).select_related("attempt"), pk=pk)
    if not look.is_told:
        raise Http404
    return look


def judgement_moderated(user, slug, pk) -> PeerReview:
    """Fetch a learner's judgement where a person reviews; 404 for everybody else."""
    organiser = organiser_reviewed(user, slug)
    return get_object_or_404(PeerReview.objects.said_at(organiser), pk=pk)


def activity_of(attempt: Attempt) -> ActivityPage:
    """Return the activity of an attempt in the reader's language; 404 when it is gone."""
    activity = ActivityPage.objects.in_any_state(attempt.activity_key, Locale.get_active())
    if activity is None:
        raise Http404
    return activity


@require_POST
@requires(may_learn_here, of=open_activity)
def draw(request, activity):
    """Draw work of another learner."""
    if look := draw_work(activity, by=request.user):
        return redirect("pathways:look", look.pk)
    messages.info(request, _("No work waits for you here just now. Thank you for asking; try again in a few days."))
    return redirect(activity.url)


@requires(may_look, of=look_held)
def look(request, peer_review):
    """Show another learner's work without a name, and take the judgement."""
    activity = activity_of(peer_review.attempt)
    form = LookForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        judge_as_peer(peer_review, by=request.user, **form.facts())
        messages.success(request, _("Thank you. Your words help another learner."))
        return redirect("pathways:activity", activity.translation_key)
    facts = {
        "look": peer_review,
        "activity": activity,
        "item": get_object_or_404(peer_review.attempt.evidence.select_related("file"), round=peer_review.round),
        "form": form,
    }
    return render(request, "pathways/look.html", facts, status=422 if form.is_bound else 200)


@require_POST
@requires(may_look, of=look_held)
def give_back(request, peer_review):
    """Leave drawn work to somebody else."""
    give_work_back(peer_review, by=request.user)
    messages.success(request, _("Somebody else looks at it now."))
    return redirect("pathways:activity", peer_review.attempt.activity_key)


@requires(may_report, of=judgement_got)
def report(request, peer_review):
    """Report another learner's judgement to the organiser's reviewers."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report_judgement(peer_review, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Reviewers of the organiser look at it."))
        return redirect("pathways:activity", peer_review.attempt.activity_key)
    facts = {"look": peer_review, "activity": activity_of(peer_review.attempt), "form": form}
    return render(request, "pathways/look_report.html", facts, status=422 if form.is_bound else 200)


@require_safe
@requires(may_review, of=organiser_reviewed)
def judged_by_learners(request, organiser):
    """List what learners said of each other's work at an organiser, what was reported on top."""
    page = Paginator(PeerReview.objects.said_at(organiser), 30).get_page(request.GET.get("page"))
    page.object_list = page.object_list.with_titles(Locale.get_active())
    return render(request, "pathways/look_list.html", review_tabs(organiser, request.user) | {"page": page})


@requires(may_moderate, of=judgement_moderated)
def moderate(request, peer_review):
    """Show a learner's judgement of another's work, and let it be set aside."""
    attempt = peer_review.attempt
    form = ReasonForm(request.POST or None, initial={"reason": peer_review.reported_as})
    if request.method == "POST" and form.is_valid():
        set_judgement_aside(peer_review, by=request.user, **form.cleaned_data)
        messages.success(request, _("This judgement counts no more."))
        return redirect("pathways:look-list", attempt.organiser.slug)
    facts = {
        "organiser": attempt.organiser,
        "look": peer_review,
        "activity": activity_of(attempt),
        "reopens": peer_review.has_decided and not has_earned(attempt),
        "stays": peer_review.has_decided and has_earned(attempt),
        "form": form,
    }
    return render(request, "pathways/look_detail.html", facts, status=422 if form.is_bound else 200)
