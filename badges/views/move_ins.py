"""Moving in from another platform: owners bring what they issued there, the network checks it."""

from allauth.core.internal.ratelimit import consume, respond_429
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from badges.actions.moving_in import (
    begin_move_in,
    confirm_move_in,
    drop_move_in,
    hand_in_move_in,
    turn_down_move_in,
)
from badges.forms.move_ins import ConfirmForm, KindsForm, MoveInForm, TurnDownForm
from badges.models import MoveIn
from badges.permissions import may_check_move_in, may_manage_move_in, may_oversee_move_ins, may_see_move_in
from organisers.permissions import may_manage
from organisers.views import organiser_seen
from portal.access import requires
from portal.files.responses import private_response
from portal.workflow import unmet

LIMITS = {"move_in": "30/h/user"}  # reading a large file takes seconds
DECISIONS = {"confirm": (ConfirmForm, confirm_move_in), "turn_down": (TurnDownForm, turn_down_move_in)}


def move_in_seen(user, key) -> MoveIn:
    """Fetch a move-in that a person may follow."""
    return get_object_or_404(MoveIn.objects.with_words().visible_to(user), key=key)


@require_safe
@requires(may_manage, of=organiser_seen)
def move_in_list(request, organiser):
    """List what an organiser brought from other platforms."""
    context = {"organiser": organiser, "moved_in": MoveIn.objects.of(organiser)}
    return render(request, "badges/move_in_list.html", context)


@requires(may_manage, of=organiser_seen)
def move_in_begin(request, organiser):
    """Take the files of another platform and show what was read."""
    if request.method == "POST" and not consume(request, app="badges", action="move_in", config=LIMITS):
        return respond_429(request)
    form = MoveInForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(begin_move_in(organiser, by=request.user, **form.cleaned_data))
        except ValidationError as fault:
            form.add_error(None, fault)
    context = {"organiser": organiser, "form": form}
    return render(request, "badges/move_in_begin.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires(may_see_move_in, of=move_in_seen)
def move_in(request, move_in):
    """Show a move-in to both sides, each with what it may do."""
    return show(request, move_in)


def show(request, move_in, *, forms=None, status=200):
    """Show what was read; to owners with the step that is theirs, to others with the forms of a check."""
    steps = {step.name for step in move_in.get_available_user_state_transitions(request.user)}
    badges = list(move_in.badges.with_counts())
    blank = {name: make() for name, (make, _act) in DECISIONS.items() if name in steps}
    context = {
        "move_in": move_in,
        "organiser": move_in.organiser,
        "badges": badges,
        "steps": steps,
        "reasons": unmet(move_in.hand_in if move_in.is_read else move_in.confirm) if move_in.is_open else [],
        "forms": blank | (forms or {}),
    }
    if may_manage_move_in(move_in, request.user):
        context["place"] = place_of(move_in)
        context["kinds"] = context["forms"].get("hand_in") or KindsForm(badges=badges)
        return render(request, "badges/move_in_own.html", context, status=status)
    context["others"] = MoveIn.objects.of(move_in.organiser).overseen_by(request.user).exclude(pk=move_in.pk)
    return render(request, "badges/move_in_check.html", context, status=status)


@require_POST
@requires(may_manage_move_in, of=move_in_seen)
def move_in_hand_in(request, move_in):
    """Ask the network to check it."""
    form = KindsForm(request.POST, badges=move_in.badges.all())
    if not form.is_valid():
        return show(request, move_in, forms={"hand_in": form}, status=422)
    move_in = hand_in_move_in(move_in, kinds=form.kinds(), by=request.user)
    messages.success(request, _("It is with the network. You get a mail when they have checked it."))
    return redirect(move_in)


@requires(may_manage_move_in, of=move_in_seen)
def move_in_drop(request, move_in):
    """Throw it away, after asking once."""
    if request.method == "POST":
        drop_move_in(move_in, by=request.user)
        messages.success(request, _("It is gone, with its files."))
        return redirect("badges:move-in-list", move_in.organiser.slug)
    context = {"move_in": move_in, "organiser": move_in.organiser, "place": place_of(move_in)}
    return render(request, "badges/move_in_drop.html", context)


def place_of(move_in) -> str:
    """Return where a move-in belongs in the workspace of its organiser."""
    return reverse("badges:issued-list", args=[move_in.organiser.slug])


@require_POST
@requires(may_check_move_in, of=move_in_seen)
def move_in_confirm(request, move_in):
    """Say that it was issued as the files tell."""
    return decide(request, move_in, "confirm", _("It counts and is shown from now on; the owners are told."))


@require_POST
@requires(may_check_move_in, of=move_in_seen)
def move_in_turn_down(request, move_in):
    """Say no, with the reason."""
    return decide(request, move_in, "turn_down", _("The owners are told, with your words."))


def decide(request, move_in, step, said):
    """Take the step that decides about a move-in as its form says."""
    make, act = DECISIONS[step]
    form = make(request.POST)
    if not form.is_valid():
        return show(request, move_in, forms={step: form}, status=422)
    act(move_in, by=request.user, **form.cleaned_data)
    messages.success(request, said)
    return redirect("badges:move-in-queue")


@require_safe
@requires(may_see_move_in, of=move_in_seen)
def move_in_file(request, move_in, name):
    """Hand a file out as it was received, while it is kept."""
    file = {"export": move_in.export, "log": move_in.log}[name]
    if file is None:
        raise Http404
    return private_response(file)


@require_safe
@requires(may_oversee_move_ins)
def queue(request):
    """List what waits to be checked, the longest waiting first, and what was decided."""
    found = MoveIn.objects.with_words().overseen_by(request.user)
    parts = {"": (_("Waiting"), found.handed_in()), "decided": (_("Decided"), found.decided())}
    shown = request.GET.get("show", "")
    shown = shown if shown in parts else ""
    context = {
        "shown": shown,
        "filters": [
            {
                "name": label,
                "url": f"?show={part}" if part else request.path,
                "current": part == shown,
                "count": rows.count(),
            }
            for part, (label, rows) in parts.items()
        ],
        "page": Paginator(parts[shown][1], 30).get_page(request.GET.get("page")),
    }
    return render(request, "badges/move_in_queue.html", context)
