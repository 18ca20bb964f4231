"""Asking to join an organiser, and answering those who ask."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisers.actions import accept_request, ask_to_join, decline_request, withdraw_request
from organisers.forms.people import GivenRolesForm, JoinRequestForm
from organisers.models import JoinRequest, Organiser
from organisers.permissions import may_answer, may_ask_to_join, may_see_request, may_withdraw
from portal.access import requires


def organiser_shown(user, slug) -> Organiser:
    """Fetch an organiser that a person may look at."""
    return get_object_or_404(Organiser.objects.with_words().visible_to(user), slug=slug)


def request_seen(user, key) -> JoinRequest:
    """Fetch a request that a person made or may answer."""
    return get_object_or_404(JoinRequest.objects.with_words().visible_to(user), key=key)


@requires(may_ask_to_join, of=organiser_shown)
def request_create(request, organiser):
    """Ask to join an organiser."""
    form = JoinRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = ask_to_join(organiser, by=request.user, message=form.cleaned_data["message"])
        messages.success(request, _("Your request is with the owners. You get a mail when they answer."))
        return redirect(asked)
    return render(request, "organisers/request_form.html", {"organiser": organiser, "form": form})


@requires(may_see_request, of=request_seen)
def request_detail(request, asked):
    """Show a request to its writer; let those who answer it choose roles and accept."""
    if not may_answer(asked, request.user):
        return render(request, "organisers/request_detail.html", {"asked": asked})
    form = GivenRolesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = accept_request(asked, roles=form.cleaned_data["roles"], by=request.user)
        messages.success(request, _("%(name)s belongs to you now, and is told so.") % {"name": asked.person})
        return redirect("organisers:members", asked.organiser.slug)
    context = {"organiser": asked.organiser, "asked": asked, "form": form, "place": asked.organiser.people_url}
    return render(request, "organisers/request_answer.html", context)


@requires(may_answer, of=request_seen)
@require_POST
def request_decline(request, asked):
    """Say no."""
    asked = decline_request(asked, by=request.user)
    messages.success(request, _("%(name)s is told that you declined.") % {"name": asked.person})
    return redirect("organisers:members", asked.organiser.slug)


@requires(may_withdraw, of=request_seen)
@require_POST
def request_withdraw(request, asked):
    """Take one's own request back."""
    withdraw_request(asked, by=request.user)
    messages.success(request, _("Your request is withdrawn."))
    return redirect("organisers:workspaces")
