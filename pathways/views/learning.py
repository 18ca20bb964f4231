"""What learners do: one address for each verb, and an overview of their own."""

from pathlib import Path

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Locale

from organisers.models import Organiser
from pathways.actions import (
    answer_quiz,
    ask_for_second_opinion,
    confirm_activity,
    copy_playlist,
    hand_in,
    join_playlist,
    keep_reflection,
    leave_playlist,
    look_at_changes,
    take_back_evidence,
)
from pathways.actions.guests import accept_invitation, invitation_code
from pathways.forms import CopyForm, DoubtForm, EvidenceForm, QuizForm, ReflectionForm
from pathways.models import (
    ActivityPage,
    Attempt,
    Enrolment,
    EvidenceItem,
    PageRole,
    PeerReview,
    PlaylistPage,
    Question,
    Registration,
    lay_routes,
    prerequisites_of,
    work_for,
)
from pathways.permissions import may_learn, may_see_evidence, may_see_evidence_whole
from pathways.views.pages import seed_of, show_activity, spoken
from portal.access import requires
from portal.files.responses import private_response, unnamed_response

NEXT, NEXT_LOOKED_AT = 3, 12  # playlists to go on with that are shown, and looked at


def open_playlist(user, page_pk) -> PlaylistPage:
    return spoken(get_object_or_404(PlaylistPage.objects.open_for_learning().with_facts(), id=page_pk))


def open_activity(user, page_pk) -> ActivityPage:
    return spoken(get_object_or_404(ActivityPage.objects.open_for_learning().with_facts(), id=page_pk))


def back_to(activity):
    """Lead to an activity in the reader's language; whoever opens the address of a refused form again comes here."""
    return redirect("pathways:activity", activity.translation_key)


def may_learn_here(page, user) -> bool:
    """Everybody who has signed in may work on what is open for learning."""
    return may_learn(user)


@requires(may_learn)
def invited(request, key, code):
    """Let somebody into an activity by its invitation link, after a press of a button."""
    activity = ActivityPage.objects.open_for_learning().select_related("locale").by_key([key], Locale.get_active())
    if key not in activity:
        raise Http404
    activity = activity[key]
    if request.method == "POST" and accept_invitation(activity, code, by=request.user):
        messages.success(request, _("You are in. Begin where you like."))
        return redirect(activity.url)
    if request.method == "POST" or not constant_time_compare(code, invitation_code(activity)):
        raise Http404
    return render(request, "pathways/invited.html", {"page": activity})


def may_copy_somewhere(page, user) -> bool:
    """Whoever writes for an organiser may copy what others let them copy."""
    return may_learn(user) and Organiser.objects.held_by(user, "owner", "author").exists()


@require_POST
@requires(may_learn_here, of=open_playlist)
def join(request, playlist):
    """Join a playlist."""
    join_playlist(playlist, by=request.user)
    if playlist.is_in_order:
        messages.success(request, _("You are on the way. Its activities open one after another."))
    else:
        messages.success(request, _("You are on the way. Begin where you like."))
    return redirect(playlist.url)


@require_POST
@requires(may_learn_here, of=open_playlist)
def leave(request, playlist):
    """Leave a playlist."""
    leave_playlist(playlist, by=request.user)
    words = _(
        "You have left. What you passed is kept. What you did not pass is removed after 30 days; join again before."
    )
    messages.success(request, words)
    return redirect(playlist.url)


@requires(may_copy_somewhere, of=open_playlist)
def copy(request, playlist):
    """Copy a playlist into the section of one of one's organisers."""
    form = CopyForm(request.POST or None, organisers=Organiser.objects.held_by(request.user, "owner", "author"))
    if request.method == "POST" and form.is_valid():
        page = copy_playlist(playlist, form.cleaned_data["organiser"], by=request.user)
        messages.success(request, _("The copy is a draft of yours. Change it, and publish it when it is ready."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    status = 422 if form.is_bound else 200
    return render(request, "pathways/copy.html", {"page": playlist, "form": form}, status=status)


@require_POST
@requires(may_learn_here, of=open_playlist)
def changes_read(request, playlist):
    """Note that what changed was read."""
    look_at_changes(playlist, by=request.user)
    return redirect(playlist.url)


@require_POST
@requires(may_learn_here, of=open_activity)
def confirm(request, activity):
    """Confirm that an activity is done."""
    confirm_activity(activity, by=request.user)
    messages.success(request, _("Well done. This activity is yours."))
    return redirect(activity.url)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_learn_here, of=open_activity)
def quiz(request, activity):
    """Answer the quiz."""
    if request.method != "POST":
        return back_to(activity)
    form = QuizForm(request.POST, activity=activity, seed=seed_of(activity, request.user))
    if not form.is_valid():
        return show_activity(request, activity, form=form, status=422)
    answer_quiz(activity, form.answers(), by=request.user)
    return redirect(f"{activity.url}#result")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_learn_here, of=open_activity)
def reflection(request, activity):
    """Keep what a learner writes for themselves."""
    if request.method != "POST":
        return back_to(activity)
    form = ReflectionForm(request.POST)
    if not form.is_valid():
        return show_activity(request, activity, reflection=form, status=422)
    keep_reflection(activity, form.cleaned_data["part"], form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Kept. Only you read it."))
    return redirect(activity.url)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_learn_here, of=open_activity)
def evidence(request, activity):
    """Hand in evidence."""
    if request.method != "POST":
        return back_to(activity)
    form = EvidenceForm(request.POST, request.FILES, activity=activity)
    if not form.is_valid():
        return show_activity(request, activity, form=form, status=422)
    try:
        hand_in(activity, by=request.user, **form.cleaned_data)
    except ValidationError as disk_is_full:
        form.add_error("file", disk_is_full)
        return show_activity(request, activity, form=form, status=422)
    messages.success(request, _("Handed in. You will get a message with the answer."))
    return redirect(activity.url)


@require_POST
@requires(may_learn_here, of=open_activity)
def take_back(request, activity):
    """Take evidence back before it is judged."""
    take_back_evidence(activity, by=request.user)
    messages.success(request, _("You have taken it back. Change it and hand it in again."))
    return redirect(activity.url)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(may_learn_here, of=open_activity)
def second_opinion(request, activity):
    """Put returned work before another reviewer."""
    if request.method != "POST":
        return back_to(activity)
    form = DoubtForm(request.POST)
    if not form.is_valid():
        return show_activity(request, activity, doubt=form, status=422)
    ask_for_second_opinion(activity, by=request.user, doubt=form.cleaned_data["doubt"])
    messages.success(request, _("Somebody else looks at it once more. You will get a message."))
    return redirect(activity.url)


def evidence_seen(user, pk) -> EvidenceItem:
    """Fetch evidence with a file; 404 for those who may not see it."""
    items = EvidenceItem.objects.with_file().visible_to(user)
    return get_object_or_404(items, pk=pk)


@require_safe
@requires(may_see_evidence, of=evidence_seen)
def evidence_file(request, item):
    """Send a private file to its learner or a reviewer; to another learner without its name."""
    if may_see_evidence_whole(item, request.user):
        return private_response(item.file)
    name = _("work")
    return unnamed_response(item.file, name if item.file.is_image else f"{name}{Path(item.file.name).suffix}")


def next_routes(person, known, locale) -> list:
    """Return the playlists that somebody is not on and has the most of already; none to which they may not come."""
    passed = Attempt.objects.of(person).passed().values("activity_key")
    found = PlaylistPage.objects.on_show(locale).sharing(passed).exclude(translation_key__in=known).with_facts()
    open_ones = [
        page
        for page in found.prefetch_related("steps")[:NEXT_LOOKED_AT]
        if all(one.is_met for one in prerequisites_of(page, person))
    ]
    routes = [route for route in lay_routes(open_ones, locale=locale, person=person) if route.next_stop]
    return sorted(routes, key=lambda route: route.done / max(route.needed, 1), reverse=True)[:NEXT]


def work_by_activity(person, locale) -> list:
    """Return the activities at which work of others waits for a learner's look, each with how much."""
    counted = work_for(person).order_by().values("activity_key").annotate(number=Count("pk"))
    numbers = dict(counted.values_list("activity_key", "number"))
    pages = ActivityPage.objects.select_related("locale").by_key(numbers, locale)
    return [(page, numbers[key]) for key, page in pages.items()]


@require_safe
@requires(may_learn)
def learning(request):
    """Show a learner what to go on with, what waits and what is done."""
    locale = Locale.get_active()
    enrolments = list(Enrolment.objects.of(request.user).current().order_by("-joined_at"))
    pages = PlaylistPage.objects.with_facts().prefetch_related("steps")
    playlists = pages.by_key([enrolment.playlist_key for enrolment in enrolments], locale)
    routes = {
        route.playlist.translation_key: route
        for route in lay_routes(playlists.values(), locale=locale, person=request.user, is_joined=True)
    }
    shown = [
        (enrolment, routes[enrolment.playlist_key]) for enrolment in enrolments if enrolment.playlist_key in routes
    ]
    attempts = Attempt.objects.of(request.user)
    facts = {
        "under_way": [route for enrolment, route in shown if not enrolment.is_completed],
        "completed": [(enrolment, route) for enrolment, route in shown if enrolment.is_completed],
        "returned": attempts.returned().with_titles(locale),
        "waiting": attempts.waiting().counting_looks().with_day_handed_in().with_titles(locale),
        "looks": PeerReview.objects.open().by_person(request.user).with_titles(locale),
        "to_look": work_by_activity(request.user, locale),
        "soon": Registration.objects.of(request.user).to_come(locale),
        "to_renew": PlaylistPage.objects.on_show(locale).to_renew(request.user).with_facts(),
        "next": next_routes(request.user, [enrolment.playlist_key for enrolment in enrolments], locale),
        "has_roles": PageRole.objects.concerning(request.user).exists(),
        "to_judge": Attempt.objects.waiting().lent_to(request.user).count(),
        "has_questions": Question.objects.by(request.user).exists(),
        "done": attempts.passed().order_by("-passed_at").with_titles(locale),
    }
    return render(request, "pathways/learning.html", facts)
