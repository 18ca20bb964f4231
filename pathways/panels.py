"""What learning shows on the pages of other apps."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import Locale

from organisers.panels import waiting_lines
from organisers.permissions import may_answer_questions, may_review
from pathways.models import Attempt, Complaint, Enrolment, PlaylistPage, Question, lay_routes
from pathways.permissions import may_run_complaints

NEXT = 6  # playlists that are looked at


def organiser_playlists(request, organiser):
    """Show an organiser's playlists on its public page."""
    playlists = PlaylistPage.objects.on_show(Locale.get_active()).of(organiser).with_facts().prefetch_related("steps")
    routes = lay_routes(playlists, locale=Locale.get_active())
    return render_to_string("pathways/organiser_playlists.html", {"routes": routes}, request) if routes else None


def next_playlists(request, badge_class):
    """Show the holder of a badge which playlists lead on from it, with how far they are."""
    shown = PlaylistPage.objects.on_show(Locale.get_active()).awarding(badge_class).with_facts()
    routes = lay_routes(shown.prefetch_related("steps")[:NEXT], locale=Locale.get_active(), person=request.user)
    routes = [route for route in routes if route.next_stop]
    return render_to_string("pathways/next_playlists.html", {"routes": routes}, request) if routes else None


def waiting_reviews(request, organiser):
    """Show reviewers how much was handed in and waits for their word."""
    if not may_review(organiser, request.user):
        return None
    count = Attempt.objects.waiting_for(organiser).count()
    text = ngettext("%(count)d piece of work to review", "%(count)d pieces of work to review", count)
    hears = may_run_complaints(organiser, request.user)
    complaints = Complaint.objects.at(organiser).open().count() if hears else 0
    complained = ngettext("%(count)d complaint to answer", "%(count)d complaints to answer", complaints)
    return waiting_lines(
        (count, text % {"count": count}, "eye", reverse("pathways:review-list", args=[organiser.slug])),
        (
            complaints,
            complained % {"count": complaints},
            "warning",
            reverse("pathways:complaint-list", args=[organiser.slug]),
        ),
    )


def waiting_questions(request, organiser):
    """Show those who answer how many questions are open."""
    if not may_answer_questions(organiser, request.user):
        return None
    count = Question.objects.at(organiser).open().count()
    text = ngettext("%(count)d question to answer", "%(count)d questions to answer", count) % {"count": count}
    place = reverse("pathways:question-list", args=[organiser.slug])
    return waiting_lines((count, text, "chat", place))


def account_holds(request, person):
    """Say on how many playlists a person is or was, and how many activities they began."""
    context = {
        "playlists": Enrolment.objects.of(person).current().count(),
        "activities": Attempt.objects.of(person).count(),
    }
    return render_to_string("pathways/account_holds.html", context, request)
