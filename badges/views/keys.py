"""The keys of issuers, for the network's administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions.keys import report_compromised, rotate_key
from badges.forms.keys import WithdrawKeyForm
from badges.models import Issuer, IssuerKey
from badges.permissions import may_keep_keys
from portal.access import requires


def issuer_kept(key) -> Issuer:
    return get_object_or_404(Issuer.objects.with_words(), key=key)


@requires(may_keep_keys)
def issuer_list(request):
    """List who issues here, with the keys that sign for each."""
    asked = request.GET.get("q", "").strip()
    issuers = Issuer.objects.with_words().with_keys().named(asked)
    page = Paginator(issuers, 50).get_page(request.GET.get("page"))
    return render(request, "badges/issuer_list.html", {"page": page, "asked": asked})


@requires(may_keep_keys)
def key_list(request, key):
    """Show the keys of an issuer, the newest first, and how much each signed."""
    issuer = issuer_kept(key)
    keys = issuer.keys.counted().order_by("-number")
    return render(request, "badges/key_list.html", {"issuer": issuer, "keys": keys})


@require_POST
@requires(may_keep_keys)
def key_rotate(request, key, number):
    """Let a new key sign in the place of one."""
    issuer = issuer_kept(key)
    former = get_object_or_404(issuer.keys.in_use(), number=number)
    newer = rotate_key(issuer, algorithm=former.algorithm, by=request.user)
    messages.success(request, _("Key %(number)d signs from now on.") % {"number": newer.number})
    return redirect("badges:key-list", issuer.key)


@requires(may_keep_keys)
def key_withdraw(request, key, number):
    """Ask once, then withdraw a key that somebody else may hold."""
    issuer = issuer_kept(key)
    found = get_object_or_404(IssuerKey.objects.counted(), issuer=issuer, number=number, compromised_at=None)
    form = WithdrawKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report_compromised(found, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Key %(number)d is withdrawn. What it signed is being signed anew.") % {"number": number}
        )
        return redirect("badges:key-list", issuer.key)
    context = {"issuer": issuer, "key": found, "form": form}
    return render(request, "badges/key_withdraw.html", context, status=422 if form.is_bound else 200)
