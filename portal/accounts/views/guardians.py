"""Pages of people under age: a guardian's answer, waiting for it, and being old enough at last."""

from allauth.core.internal.ratelimit import consume, respond_429
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.access import public, requires
from portal.accounts.addresses import masked
from portal.accounts.closing import close_for_good
from portal.accounts.guardian_forms import GuardianAddressForm, GuardianForm
from portal.accounts.guardians import (
    agree_for_child,
    come_of_age,
    correct_guardian,
    refuse_for_child,
    withdraw_for_child,
    write_again,
)
from portal.accounts.links import agreed_guardian, asked_guardian
from portal.accounts.models import Guardian, TermsVersion
from portal.accounts.permissions import may_come_of_age, may_wait
from portal.workflow import StepRefused

LIMITS = {"come_of_age": "5/d/user"}
ANSWERS = {"agreed", "refused", "withdrawn"}


def kept_quiet(response):
    """Keep a page with a secret address out of caches and search engines."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


def link_over(request):
    """Say that a link opens nothing, whatever the reason: forged, answered, replaced or too late."""
    return kept_quiet(render(request, "accounts/guardian_link_over.html", status=410))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request, token):
    """Tell a parent or guardian what the portal keeps of a child, and take their answer, once."""
    asked = asked_guardian(token)
    if asked is None:
        return link_over(request)
    form = GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return answered(asked, form)
        except (StepRefused, Guardian.DoesNotExist):
            return link_over(request)
    version = TermsVersion.objects.in_force()
    context = {"child": asked.child, "form": form, "texts": version.words(get_language()).values(), "version": version}
    return kept_quiet(render(request, "accounts/guardian.html", context, status=422 if form.errors else 200))


def answered(asked, form):
    """Do what a guardian answered."""
    if form.agrees:
        agree_for_child(asked, name=form.cleaned_data["name"])
        return redirect("accounts:guardian-answered", "agreed")
    refuse_for_child(asked)
    return redirect("accounts:guardian-answered", "refused")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def guardian_withdraw(request, token):
    """Let a guardian who agreed take it back."""
    agreed = agreed_guardian(token)
    if agreed is None:
        return link_over(request)
    if request.method == "POST":
        try:
            withdraw_for_child(agreed)
        except (StepRefused, Guardian.DoesNotExist):
            return link_over(request)
        return redirect("accounts:guardian-answered", "withdrawn")
    return kept_quiet(render(request, "accounts/guardian_withdraw.html", {"child": agreed.child}))


@public
def guardian_answered(request, answer):
    """Thank a guardian; the page says nothing of any child."""
    if answer not in ANSWERS:
        raise Http404
    return render(request, "accounts/guardian_answered.html", {"answer": answer})


@requires(may_wait)
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request):
    """Show the one page of somebody who waits for their guardian; a POST asks at another address."""
    found = Guardian.objects.filter(child=request.user).first()
    form = GuardianAddressForm(request.POST or None, child=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            correct_guardian(request.user, email=form.cleaned_data["guardian"])
        except StepRefused as refused:
            form.add_error("guardian", str(refused))
        else:
            messages.success(request, _("We wrote to the new address."))
            return redirect("accounts:waiting")
    context = {"guardian": found, "masked": found and masked(found.email), "form": form}
    return render(request, "accounts/waiting.html", context, status=422 if form.errors else 200)


@requires(may_wait)
@require_POST
def waiting_write(request):
    """Write to the guardian once more."""
    try:
        write_again(request.user)
    except StepRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("We wrote again."))
    return redirect("accounts:waiting")


@requires(may_wait)
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_delete(request):
    """Delete the account of somebody who no longer wants to wait."""
    if request.method == "POST":
        close_for_good(request.user, why="own wish")
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("/")
    return render(request, "accounts/waiting_delete.html")


@requires(may_come_of_age)
@require_POST
def of_age(request):
    """Take somebody's word that they are old enough now."""
    if not consume(request, app="accounts", action="come_of_age", config=LIMITS, user=request.user):
        return respond_429(request)
    come_of_age(request.user, by=request.user)
    messages.success(request, _("It is written down. From now on you decide yourself what others see."))
    return redirect("accounts:settings")
