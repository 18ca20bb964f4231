"""Closing an account, and taking it up again."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.access import public, signed_in
from portal.accounts.erasing import close_account, reopen_account
from portal.accounts.forms import CloseForm
from portal.accounts.links import returning_person
from portal.privacy import duties_of


@signed_in
@reauthentication_required
def close(request):
    """Say what goes and what stays, and close the account of whoever agrees; those who are needed hand over first."""
    if duties := list(duties_of(request.user)):
        status = 409 if request.method == "POST" else 200
        return render(request, "accounts/close_duties.html", {"duties": duties}, status=status)
    form = CloseForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        close_account(request.user)
        logout(request)
        return redirect("accounts:closed")
    return render(request, "accounts/close.html", {"form": form}, status=422 if form.is_bound else 200)


@public
def closed(request):
    """Say that an account is closed, to whoever just closed theirs."""
    return render(request, "accounts/closed.html")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def take_up_again(request, token):
    """Let somebody who closed their account keep it after all."""
    person = returning_person(token)
    if person is None:
        return render(request, "accounts/return_over.html", status=410)
    if request.method == "POST":
        reopen_account(person)
        messages.success(request, _("Your account is open again. Sign in to go on."))
        return redirect("account_login")
    return render(request, "accounts/return.html", {"person": person})
