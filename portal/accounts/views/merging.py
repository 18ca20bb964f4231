"""Making one account of two, after the person has signed in to both."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.access import signed_in
from portal.accounts.forms import OtherAccountForm, SecondStepForm
from portal.accounts.merging import hindrances, merge_accounts
from portal.accounts.proofs import drop_proof, keep_proof, proved_account, second_step_done

WITH_CODES = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]


@signed_in
@reauthentication_required
def merge(request):
    """Ask for address and password of the other account."""
    sent = request.POST if request.method == "POST" else None
    form = OtherAccountForm(sent, request=request, initial={"email": request.GET.get("email", "")})
    if form.is_valid():
        keep_proof(request, form.person)
        return redirect("accounts:merge-step" if is_mfa_enabled(form.person) else "accounts:merge-confirm")
    return render(request, "accounts/merge.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in
@reauthentication_required
def merge_step(request):
    """Ask for the second step of the other account, where it has one."""
    other, lacks_step = proved_account(request)
    if other is None:
        return begin_again(request)
    if not lacks_step:
        return redirect("accounts:merge-confirm")
    form = SecondStepForm(request.POST if request.method == "POST" else None, user=other)
    if form.is_valid():
        form.authenticator.record_usage()
        second_step_done(request)
        return redirect("accounts:merge-confirm")
    context = {"form": form, "other": other, "has_codes": is_mfa_enabled(other, WITH_CODES)}
    return render(request, "accounts/merge_step.html", context, status=422 if form.is_bound else 200)


@signed_in
@reauthentication_required
def merge_confirm(request):
    """Say what will be together, and make one account of two."""
    other, lacks_step = proved_account(request)
    if other is None or lacks_step:
        return begin_again(request)
    if request.method == "POST":
        merge_accounts(request.user, other, by=request.user)
        drop_proof(request)
        messages.success(request, _("The two accounts are one now. Everything is here."))
        return redirect("account_email")
    context = {"other": other, "reasons": hindrances(request.user, other), "addresses": other.verified_addresses()}
    return render(request, "accounts/merge_confirm.html", context)


def begin_again(request):
    """Lead back to where the other account is proved."""
    messages.info(request, _("Sign in to the other account first."))
    return redirect("accounts:merge")
