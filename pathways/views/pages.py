"""Playlists and activities as everybody sees them; Wagtail's hooks and previews call these with the page."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from pathways.forms import EvidenceForm, QuizForm
from pathways.models import ActivityPage, Attempt, Enrolment, EvidenceItem, PlaylistPage, lay_routes
from portal.access import public


@public
@require_safe
def playlist_page(request, page):
    """Show a playlist as its route, with the reader's progress."""
    person = request.user if request.user.is_authenticated else None
    enrolments = Enrolment.objects.on([page])
    enrolment = enrolments.of(person).first() if person else None
    is_joined = enrolment is not None and enrolment.is_active
    facts = {
        "page": page,
        "route": lay_routes([page], locale=page.locale, person=person, is_joined=is_joined)[0],
        "enrolment": enrolment,
        "figures": enrolments.figures(),
    }
    return render(request, "pathways/playlist_page.html", facts)


@public
@require_safe
def activity_page(request, page):
    """Show an activity with what the reader did and can do next."""
    return show_activity(request, page)


def show_activity(request, page: ActivityPage, *, form=None, status: int = 200):
    """Render an activity; `form` is one that was sent and not taken, with everything typed."""
    attempt = Attempt.objects.of(request.user).on([page]).first() if request.user.is_authenticated else None
    evidence = attempt.evidence.as_thread() if attempt else []
    facts = {
        "page": page,
        "attempt": attempt,
        "form": form or blank_form(page, evidence),
        "evidence": evidence,
        "last_try": last_try(page, attempt),
        "next_try_at": attempt.next_try_at(page.tries_a_day) if attempt and page.is_judged_by_quiz else None,
        "tries_left": attempt.tries_left(page.tries_a_day) if attempt and page.is_judged_by_quiz else page.tries_a_day,
        "playlists": PlaylistPage.objects.on_show(page.locale).containing(page.translation_key).with_facts(),
    }
    return render(request, "pathways/activity_page.html", facts, status=status)


def blank_form(page: ActivityPage, evidence: list[EvidenceItem]):
    """Return the form by which an activity is done, with the words that were taken back in it."""
    if page.is_judged_by_quiz:
        return QuizForm(activity=page)
    taken_back = next((item for item in evidence if item.is_taken_back), None)
    initial = {"text": taken_back.text, "link": taken_back.link} if taken_back else None
    return EvidenceForm(activity=page, initial=initial)


def last_try(page: ActivityPage, attempt: Attempt | None) -> dict | None:
    """Return how the last try at the quiz went, question by question, as the list of checks shows it."""
    made = attempt.quiz_tries.last() if attempt and page.is_judged_by_quiz else None
    if made is None:
        return None
    items = [
        {
            "text": question.text,
            "detail": question.explanation,
            "state": "" if question.is_right(made.answers.get(question.id)) else "failed",
        }
        for question in page.questions()
    ]
    return {"percent": made.percent, "is_passed": made.is_passed, "items": items}


@public
@require_safe
def learning_index(request, page):
    """List the playlists of a language."""
    playlists = PlaylistPage.objects.on_show(page.locale).with_facts().prefetch_related("steps")
    routes = lay_routes(playlists, locale=page.locale)
    return render(request, "pathways/learning_index.html", {"page": page, "routes": routes})


@public
@require_safe
def section_page(request, page):
    """Lead from a section to its organiser."""
    return redirect(page.organiser)


@public
@require_safe
def activity_by_key(request, key):
    """Lead to an activity in the reader's language, else as it was written."""
    return to_page(ActivityPage.objects.open_for_learning(), key)


@public
@require_safe
def playlist_by_key(request, key):
    """Lead to a playlist in the reader's language, else as it was written."""
    return to_page(PlaylistPage.objects.open_for_learning(), key)


def to_page(pages, key):
    """Redirect to the page of a translation key; 404 when none is published."""
    page = pages.select_related("locale").by_key([key], Locale.get_active()).get(key)
    if page is None:
        raise Http404
    return redirect(page.url)
