"""Badges at an address that somebody no longer reads: asking those who issued them, and their answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions import lost_addresses as actions
from badges.forms.assertions import AnswerForm
from badges.forms.lost_addresses import LostAddressForm, MoveForm
from badges.models import AddressRequest
from badges.permissions import may_answer_address, may_see_address_request
from portal.access import requires, signed_in
from portal.workflow import StepRefused


@signed_in
def lost_address(request):
    """Ask for badges that were sent to an address one no longer has, and see what became of it."""
    sent = request.POST if request.method == "POST" else None
    form = LostAddressForm(sent, addresses=request.user.verified_addresses())
    if form.is_valid():
        try:
            actions.ask_for_address(by=request.user, **form.cleaned_data)
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(
                request, _("Your request is on its way. If the organiser finds the badge, it answers you.")
            )
            return redirect("badges:lost-address")
    context = {"form": form, "asked": AddressRequest.objects.by(request.user).with_words()}
    return render(request, "badges/lost_address.html", context, status=422 if form.is_bound else 200)


def address_request_seen(user, key) -> AddressRequest:
    """Fetch a request that a person made or may answer."""
    return get_object_or_404(AddressRequest.objects.visible_to(user).with_words(), key=key)


@requires(may_see_address_request, of=address_request_seen)
def address_request(request, asked):
    """Show a request: to who made it how it stands, to those who issue what they can answer."""
    if asked.organiser is None or not may_answer_address(asked, request.user):
        return render(request, "badges/address_request.html", {"asked": asked})
    return answering(request, asked)


def answering(request, asked, *, move=None, decline=None, status=200):
    """Show those who issue a request, with the badges that it may be about."""
    move = move or MoveForm(found=badges_of(asked))
    place = reverse("badges:issued-list", args=[asked.organiser.slug])
    context = {"organiser": asked.organiser, "place": place, "asked": asked, "move": move}
    context["decline"] = decline or AnswerForm()
    return render(request, "badges/address_answer.html", context, status=status)


def badges_of(asked):
    """Return the badges that a request is about, with what the form names."""
    return list(asked.badges().select_related("badge_version__badge_class"))


@require_POST
@requires(may_answer_address, of=address_request_seen)
def address_confirm(request, asked):
    """Issue the chosen badges anew for the new address."""
    form = MoveForm(request.POST, found=badges_of(asked))
    if form.is_valid():
        try:
            actions.confirm_address(asked, form.cleaned_data["badges"], by=request.user)
        except StepRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(
                request, _("The badges are being made for the new address; they take the place of the old.")
            )
            return redirect("badges:issued-list", asked.organiser.slug)
    return answering(request, asked, move=form, status=422)


@require_POST
@requires(may_answer_address, of=address_request_seen)
def address_decline(request, asked):
    """Say no, with a reason."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        actions.decline_address(asked, by=request.user, text=form.cleaned_data["answer"])
        messages.success(request, _("Your answer is on its way."))
        return redirect("badges:issued-list", asked.organiser.slug)
    return answering(request, asked, decline=form, status=422)
