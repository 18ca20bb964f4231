"""What learners complain of, and the desk of those who hear it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale

from organisers.models import Organiser
from pathways.actions import answer_complaint, complain
from pathways.forms import ComplaintAnswerForm, ComplaintForm
from pathways.models import Complaint, organisers_heard_by
from pathways.permissions import may_answer_complaint, may_run_complaints, may_see_complaint
from pathways.views.learning import back_to, may_learn_here, open_activity
from pathways.views.pages import show_activity
from pathways.views.peers import activity_of
from pathways.views.workspace import review_tabs
from portal.access import requires


def organiser_heard(user, slug) -> Organiser:
    """Fetch an organiser whose complaints a person hears; 404 for everybody else."""
    return get_object_or_404(organisers_heard_by(user).with_words().with_parents(), slug=slug)


def complaint_seen(user, slug, pk) -> Complaint:
    """Fetch a complaint that a person hears; 404 for everybody else."""
    return get_object_or_404(Complaint.objects.at(organiser_heard(user, slug)).visible_to(user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_learn_here, of=open_activity)
def file_complaint(request, activity):
    """Complain about a judgement."""
    if request.method != "POST":
        return back_to(activity)
    form = ComplaintForm(request.POST)
    if not form.is_valid():
        return show_activity(request, activity, complaint=form, status=422)
    complain(activity, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Your complaint is with the organiser. You will get a message with the answer."))
    return redirect(activity.url)


@require_safe
@requires(may_run_complaints, of=organiser_heard)
def complaint_list(request, organiser):
    """List the complaints at an organiser, what waits on top."""
    rows = Complaint.objects.at(organiser).visible_to(request.user).waiting_first()
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    page.object_list = page.object_list.with_titles(Locale.get_active())
    return render(request, "pathways/complaint_list.html", review_tabs(organiser, request.user) | {"page": page})


@requires(may_see_complaint, of=complaint_seen)
def complaint_detail(request, complaint):
    """Show a complaint with the work, and take the answer."""
    may_answer = complaint.is_open and may_answer_complaint(complaint, request.user)
    form = ComplaintAnswerForm(request.POST or None, complaint=complaint)
    if request.method == "POST" and form.is_valid():
        answer_complaint(complaint, by=request.user, **form.facts())
        messages.success(request, _("%(name)s has been told.") % {"name": complaint.attempt.person})
        return redirect("pathways:complaint-list", complaint.attempt.organiser.slug)
    facts = {
        "organiser": complaint.attempt.organiser,
        "complaint": complaint,
        "activity": activity_of(complaint.attempt),
        "evidence": complaint.attempt.evidence.filter(round=complaint.round).as_thread(),
        "has_judged": request.user.pk in complaint.judges(),
        "may_answer": may_answer,
        "form": form,
    }
    return render(request, "pathways/complaint_detail.html", facts, status=422 if form.is_bound else 200)
