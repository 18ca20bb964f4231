"""An organiser's side: the queue of its reviewers, and what its authors wrote."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from organisers.models import Organiser
from organisers.permissions import may_author, may_enter, may_issue, may_manage, may_review
from organisers.views import organiser_seen
from pathways.actions import judge_attempt
from pathways.forms import JudgementForm
from pathways.models import ActivityPage, Attempt, Complaint, Enrolment, PeerReview, PlaylistPage, SectionPage
from pathways.permissions import may_judge, may_run_complaints
from portal.access import requires


def organiser_reviewed(user, slug) -> Organiser:
    """Fetch an organiser at which a person works or judges; 404 for everybody else."""
    mine = Q(pk__in=Organiser.objects.held_by(user).values("pk"))
    judged = Q(pk__in=Organiser.objects.reviewed_by(user).values("pk"))
    return get_object_or_404(Organiser.objects.with_words().with_parents().filter(mine | judged), slug=slug)


def attempt_seen(user, slug, pk) -> Attempt:
    """Fetch what was handed in where a person works or judges, if only at this activity; 404 for everybody else."""
    attempts = Attempt.objects.reviewable().filter(organiser__slug=slug).select_related("person", "organiser")
    if lent := attempts.lent_to(user).filter(pk=pk).first():
        return lent
    return get_object_or_404(attempts.at(organiser_reviewed(user, slug)), pk=pk)


def review_tabs(organiser: Organiser, user) -> dict:
    """Return what the tabs above an organiser's reviews show."""
    hears = may_run_complaints(organiser, user)
    return {
        "organiser": organiser,
        "waiting_count": Attempt.objects.waiting_for(organiser).count(),
        "peers_count": Attempt.objects.at(organiser).with_peers().count(),
        "reported_count": PeerReview.objects.reported_at(organiser).count(),
        "hears": hears,
        "complaint_count": Complaint.objects.at(organiser).open().count() if hears else 0,
    }


def queue_url(organiser: Organiser, user) -> str:
    """Return where a reviewer finds the rest: at the organiser, or what they judge by roles for single pages."""
    if may_review(organiser, user):
        return reverse("pathways:review-list", args=[organiser.slug])
    return reverse("pathways:work-to-judge")


@require_safe
@requires(may_review, of=organiser_reviewed)
def review_queue(request, organiser):
    """List what waits for a reviewer or for other learners, the oldest first, or what was judged."""
    here = request.GET.get("show")
    here = here if here in {"judged", "peers"} else "waiting"
    at = Attempt.objects.at(organiser)
    found = {"judged": at.judged, "peers": at.with_peers, "waiting": lambda: at.waiting_for(organiser)}[here]()
    page = Paginator(found.with_bars_to(request.user), 30).get_page(request.GET.get("page"))
    page.object_list = page.object_list.with_titles(Locale.get_active())
    facts = review_tabs(organiser, request.user) | {"page": page, "here": here, "judged": here == "judged"}
    return render(request, "pathways/review_queue.html", facts)


@requires(may_judge, of=attempt_seen)
def review(request, attempt):
    """Show what was handed in, and take the reviewer's word."""
    activity = ActivityPage.objects.in_any_state(attempt.activity_key, Locale.get_active())
    if activity is None:
        raise Http404
    form = JudgementForm(request.POST or None, attempt=attempt, activity=activity)
    if request.method == "POST" and form.is_valid():
        judge_attempt(attempt, by=request.user, **form.facts())
        messages.success(request, _("%(name)s has been told.") % {"name": attempt.person})
        return redirect(queue_url(attempt.organiser, request.user))
    facts = {
        "organiser": attempt.organiser,
        "queue_url": queue_url(attempt.organiser, request.user),
        "attempt": attempt,
        "activity": activity,
        "form": form,
        "evidence": attempt.evidence.visible_to(request.user).as_thread(),
    }
    return render(request, "pathways/review_detail.html", facts, status=422 if form.is_bound else 200)


@require_safe
@requires(may_enter, of=organiser_seen)
def content_list(request, organiser):
    """List the playlists and activities of an organiser, each once, with its languages and what state it is in."""
    locale = Locale.get_active()
    playlists = PlaylistPage.objects.of(organiser).with_facts().with_versions(locale)
    activities = ActivityPage.objects.of(organiser).with_facts().with_versions(locale)
    facts = {
        "organiser": organiser,
        "section": SectionPage.objects.for_author(organiser, locale),
        "may_author": may_author(organiser, request.user),
        "may_issue": may_issue(organiser, request.user),
        "may_manage": may_manage(organiser, request.user),
        "playlists": Enrolment.objects.figures_by_page(playlists),
        "activities": Attempt.objects.figures_by_page(activities),
    }
    return render(request, "pathways/content_list.html", facts)
