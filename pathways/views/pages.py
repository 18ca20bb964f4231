"""Playlists and activities as everybody sees them; Wagtail's hooks and previews call these with the page."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe
from django_countries import countries
from wagtail.models import Locale

from organisers.models import Organiser
from organisers.permissions import may_author
from pathways.actions import lock_of
from pathways.actions.attempts import other_reviewers
from pathways.actions.guests import invitation_link, is_invited
from pathways.forms import ComplaintForm, DoubtForm, EvidenceForm, QuestionForm, QuizForm, ReflectionForm
from pathways.models import (
    ActivityDate,
    ActivityPage,
    Attempt,
    Enrolment,
    EvidenceItem,
    PeerReview,
    PlaylistChange,
    PlaylistPage,
    Question,
    QuizTry,
    Reflection,
    Route,
    date_ahead,
    lay_routes,
    prerequisites_of,
)
from pathways.models.attendance import countries_of
from pathways.permissions import may_see_figures
from pathways.quiz import TRIES
from portal.access import public
from portal.pages import kept_for_strangers
from portal.ui.alternates import versions_of
from portal.versions import kept_part

GATHERINGS = {ActivityPage.Kind.COURSE, ActivityPage.Kind.WORKSHOP, ActivityPage.Kind.EVENT}


@public
@require_safe
@kept_for_strangers
def playlist_page(request, page):
    """Show a playlist as its route, with the reader's progress."""
    return show_playlist(request, page)


def spoken(page):
    """Speak the language of a page from here on: the answer to what was sent from it stays in that language."""
    translation.activate(page.locale.language_code)
    return page


def show_playlist(request, page: PlaylistPage, *, question=None, status: int = 200):
    """Render a playlist; `question` was sent and not taken, and has everything that was typed."""
    person = request.user if request.user.is_authenticated else None
    enrolments = Enrolment.objects.on([page])
    enrolment = enrolments.of(person).first() if person else None
    facts = {
        "page": page,
        "content": [{"block": block} for block in page.body],
        **versions_of(page),
        "route": route_of(page, person, enrolment),
        "prerequisites": prerequisites_of(page, person),
        "changes": changes_for(page, enrolment),
        "may_see_figures": may_see_figures(page, person),
        "may_copy": page.others_may_copy and writes_for_somebody(person),
        "enrolment": enrolment,
        "badge": enrolment.badge_class if enrolment and enrolment.is_completed else page.badge_class,
        "renewal": renewal_of(page, person),
        "figures": enrolments.figures(),
        "questions": Question.objects.shown_on(page),
        "question_form": question or QuestionForm(),
    }
    return render(request, "pathways/playlist_page.html", facts, status=status)


def route_of(page: PlaylistPage, person, enrolment: Enrolment | None) -> Route:
    """Return the route of a playlist with a person's progress; all who have not signed in are shown the same one."""
    if person is None:
        return kept_part(("route", page.pk), lambda: lay_routes([page], locale=page.locale)[0])
    kept, is_joined = (enrolment.kept, enrolment.is_active) if enrolment else ((), False)
    return lay_routes([page], locale=page.locale, person=person, is_joined=is_joined, kept=kept)[0]


def renewal_of(page: PlaylistPage, person) -> PlaylistPage | None:
    """Return the playlist by which a person can renew the badge of this one now."""
    if person is None or page.badge_class_id is None:
        return None
    return PlaylistPage.objects.on_show(page.locale).to_renew(person).filter(badge_class=page.badge_class_id).first()


def may_hand_out(page: ActivityPage, person) -> bool:
    """Say whether a person may give others the invitation link of an activity."""
    return person is not None and may_author(page.organiser, person)


def writes_for_somebody(person) -> bool:
    """Say whether a person is an author of some organiser."""
    return person is not None and Organiser.objects.held_by(person, "owner", "author").exists()


def changes_for(page: PlaylistPage, enrolment: Enrolment | None) -> list[dict]:
    """Return what changed in a playlist since its learner joined or looked, in words."""
    if enrolment is None or not enrolment.is_under_way:
        return []
    since = max(enrolment.joined_at, enrolment.looked_at or enrolment.joined_at)
    changes = list(PlaylistChange.objects.filter(playlist_key=page.translation_key, at__gt=since))
    shown = ActivityPage.objects.by_key({key for change in changes for key in change.added}, page.locale)
    added = {str(key): activity.title for key, activity in shown.items()}
    return [
        {
            "at": change.at,
            "added": [added[key] for key in change.added if key in added],
            "removed": [titles.get(page.language) or next(iter(titles.values())) for titles in change.removed],
            "is_rule_new": change.rule_before != change.rule_after,
        }
        for change in changes
    ]


@public
@require_safe
@kept_for_strangers
def activity_page(request, page):
    """Show an activity with what the reader did and can do next."""
    return show_activity(request, page)


def show_activity(
    request,
    page: ActivityPage,
    *,
    form=None,
    reflection=None,
    doubt=None,
    complaint=None,
    question=None,
    status: int = 200,
):
    """Render an activity; what is given of the forms was sent and not taken, and has everything that was typed."""
    person = request.user if request.user.is_authenticated else None
    attempt = Attempt.objects.of(person).on([page]).with_day_handed_in().first() if person else None
    evidence = attempt.evidence.as_thread() if attempt else []
    containing = PlaylistPage.objects.on_show(page.locale).containing(page.translation_key)
    dates = ActivityDate.objects.of(page).with_line(request.user)
    playlists = list(containing.with_facts().prefetch_related("steps"))
    facts = {
        "page": page,
        **versions_of(page),
        "content": content_of(page, request.user, reflection),
        "dates": dates,
        "date_ahead": date_ahead(dates),
        "countries": countries if person and page.kind in GATHERINGS else None,
        "came": countries_of(page) if any(date.is_over for date in dates) else None,
        "may_plan": any(date.mine and date.mine.is_attended for date in dates),
        "attempt": attempt,
        "is_invited": is_invited(page, request.user),
        "invitation": invitation_link(page)
        if page.is_by_invitation and person and may_author(page.organiser, person)
        else "",
        "lock": lock_of(page, request.user) if request.user.is_authenticated and attempt is None else "",
        "form": form or blank_form(page, evidence, request.user),
        "doubt_form": doubt or DoubtForm(),
        "may_doubt": attempt is not None and attempt.may_be_doubted and other_reviewers(attempt).exists(),
        "may_complain": attempt is not None and attempt.may_be_complained_of,
        "complaint_form": complaint or ComplaintForm(),
        "complaints": attempt.complaints.order_by("-pk") if attempt and page.takes_evidence else [],
        "look": PeerReview.objects.open().by_person(person).on(page).first()
        if attempt and page.is_judged_by_peer
        else None,
        "evidence": evidence,
        "last_try": last_try(page, attempt),
        "next_try_at": attempt.next_try_at(page.pause_hours) if attempt and page.is_judged_by_quiz else None,
        "tries_left": attempt.tries_left() if attempt and page.is_judged_by_quiz else TRIES,
        "playlists": playlists,
        "questions": Question.objects.shown_on(page),
        "question_form": question or QuestionForm(),
        "onward": onward(attempt, playlists, page.locale) if attempt and attempt.is_passed else None,
    }
    return render(request, "pathways/activity_page.html", facts, status=status)


def onward(attempt: Attempt, playlists, locale) -> dict:
    """Return what follows from a passed activity: the badges earned, the playlists it counts for, where to go now."""
    enrolments = {
        enrolment.playlist_key: enrolment for enrolment in Enrolment.objects.of(attempt.person).current().on(playlists)
    }
    routes = lay_routes(playlists, locale=locale, person=attempt.person)
    ways = [(route, enrolments.get(route.playlist.translation_key)) for route in routes]
    under_way = [route for route, enrolment in ways if enrolment and enrolment.is_under_way]
    completed = [(route, enrolment) for route, enrolment in ways if enrolment and enrolment.is_completed]
    others = [route for route, enrolment in ways if enrolment is None]
    badges = [attempt.badge_class, *(enrolment.badge_class for _route, enrolment in completed)]
    return {
        "badges": [badge for badge in badges if badge],
        "under_way": under_way,
        "completed": [route.playlist for route, _enrolment in completed],
        "joined": next((route for route in under_way if route.next_stop), None),
        "playlist": next((route.playlist for route in [*under_way, *others]), None),
    }


def content_of(page: ActivityPage, user, answered: ReflectionForm | None = None) -> list[dict]:
    """Return the parts of an activity's content; each reflection with its form, filled with what its reader wrote."""
    written = Reflection.objects.of(user, page) if user.is_authenticated else {}
    parts = []
    for block in page.body:
        part = {"block": block}
        if block.block_type == "reflection":
            question = block.value["question"]
            initial = {"part": block.id, "text": written.get(block.id, "")}
            part["form"] = ReflectionForm(initial=initial, question=question, auto_id=f"{block.id}-%s")
            if answered and answered.data.get("part") == block.id:
                answered.fields["text"].label = question
                part["form"] = answered
        parts.append(part)
    return parts


def seed_of(page: ActivityPage, user) -> str:
    """Return by what the options of a quiz are shuffled: anew for each learner and each try."""
    tries = QuizTry.objects.filter(attempt__person=user.pk, attempt__activity_key=page.translation_key).count()
    return f"{user.pk}:{tries}"


def blank_form(page: ActivityPage, evidence: list[EvidenceItem], user):
    """Return the form by which an activity is done, with the words that were taken back in it."""
    if page.is_judged_by_quiz:
        return QuizForm(activity=page, seed=seed_of(page, user))
    taken_back = next((item for item in evidence if item.is_taken_back), None)
    initial = {"text": taken_back.text, "link": taken_back.link} if taken_back else None
    return EvidenceForm(activity=page, initial=initial)


def last_try(page: ActivityPage, attempt: Attempt | None) -> dict | None:
    """Return how the last try at the quiz went, question by question, as the list of checks shows it."""
    made = attempt.quiz_tries.last() if attempt and page.is_judged_by_quiz else None
    if made is None:
        return None
    may_explain = attempt.explains_quiz()
    items = [
        {
            "text": question.title,
            "detail": question.explanation if may_explain else "",
            "state": "" if question.is_right(made.answers.get(question.id)) else "failed",
        }
        for question in page.questions()
    ]
    explains = any(item["detail"] for item in items)
    return {"percent": made.percent, "is_passed": made.is_passed, "items": items, "explains": explains}


@public
@require_safe
@kept_for_strangers
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
